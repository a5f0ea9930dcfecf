"""The method file of ``innohub index``: which steps an index over COINr's tables takes, and how."""

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from innohub.catalog import Spec, parse_spec
from innohub.catalog.methods import Family
from innohub.errors import Finding, InnohubError, ModelError
from innohub.study.grid import guard_file
from innohub.study.index_section import NodeSection, ScreenRule
from innohub.study.lines import key_lines, line_of
from innohub.study.report import shown, unopened
from innohub.study.section import Section, Share, Whole

_BOTH: Final = 2


class Screen(ScreenRule):
    """``screen``: the least shares for a unit to stay, of the values after imputation or of the raw ones."""

    of: Literal["imputed", "raw"] = "imputed"


class Treat(Section):
    """``treat``: the rule by skewness and kurtosis, or any other spec of the catalogue."""

    spec: str = ""
    winsorise: Annotated[Whole, Field(ge=0)] = 5
    skew: Annotated[Share, Field(ge=0)] = 2.0
    kurt: Share = 3.5
    otherwise: str = "log_ct"

    @property
    def text(self) -> str:
        """The spec as written in the catalogue's grammar."""
        return self.spec or f"skew_kurt({self.skew}, {self.kurt}, {self.winsorise}, {self.otherwise})"


class Missing(Section):
    """``missing``: when an aggregate exists; COINr's default is that any child present will do."""

    min_share: Annotated[Share, Field(ge=0, le=1)] = 0.0
    by: Literal["count", "weight"] = "count"


def _rule(data: object) -> object:
    return {"spec": data} if isinstance(data, str) else data


class Method(Section):
    """The whole method file; a step that is left out is not taken."""

    denominate: bool = False
    impute: str | None = None
    screen: Screen | None = None
    treat: Annotated[Treat | None, BeforeValidator(_rule)] = None
    normalise: str = "minmax(0, 100)"
    weights: str = "given"
    aggregate: str = "arithmetic"
    missing: Missing = Missing()
    nodes: Mapping[str, NodeSection] = Field(default_factory=dict)

    @property
    def normaliser(self) -> Spec:
        """The normaliser; z-scores divide by n - 1, as in COINr, unless the file says ``ddof``."""
        spec = parse_spec(self.normalise, "normalise")
        says = "ddof" in self.normalise or self.normalise.count(",") >= _BOTH
        if spec.name != "zscore" or says:
            return spec
        return Spec(spec.family, spec.name, tuple({**spec.arguments, "ddof": 1}.items()))


def read_method(path: Path) -> Method:
    """Read and check a method file.

    Raises
    ------
    ModelError
        M220 no TOML; M221 an unknown key, with the nearest ones; M222 a wrong value; M101 to M103 a spec that the
        catalogue does not know. All at once.
    """
    file = path.name
    try:
        guard_file(path, file)
        text = path.read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text)
    except OSError as problem:
        raise ModelError(unopened(file, problem)) from None
    except (ValueError, RecursionError) as problem:
        raise ModelError(Finding("M220", file=file, params={"problem": shown(problem)})) from None
    lines = key_lines(text)
    try:
        method = Method.model_validate(raw)
    except ValidationError as problem:
        raise ModelError([_finding(mistake, file, lines) for mistake in problem.errors()]) from None
    _check_specs(method, file)
    return method


def _finding(mistake: Any, file: str, lines: Any) -> Finding:
    path = tuple(mistake["loc"])
    key, row = shown(".".join(map(str, path))), line_of(lines, path)
    if mistake["type"] == "extra_forbidden":
        known = _keys(path[:-1])
        near = difflib.get_close_matches(str(path[-1]), known, n=3, cutoff=0.5) or known
        return Finding("M221", "error", file, row, key, shown(path[-1]), {"near": tuple(near)})
    params = {"key": key, "problem": mistake["msg"]}
    return Finding("M222", "error", file, row, key, shown(mistake["input"]), params)


def _keys(path: Sequence[int | str]) -> list[str]:
    """Return the keys of a table of the file."""
    tables: dict[str, type[BaseModel]] = {
        "screen": Screen, "treat": Treat, "missing": Missing, "nodes": NodeSection,
    }  # fmt: skip
    model: type[BaseModel] = tables.get(str(path[0]), Method) if path else Method
    return [name for name in model.model_fields if name != "spec"]


def _check_specs(method: Method, file: str) -> None:
    """Parse every spec, so that a slip is named before anything is computed."""
    asked: list[tuple[str, str | None, Family]] = [
        ("impute", method.impute, "impute"),
        ("treat", method.treat.text if method.treat else None, "treat"),
        ("normalise", method.normalise, "normalise"),
        ("weights", method.weights, "weights"),
        ("aggregate", method.aggregate, "aggregate"),
    ]
    for node, rule in method.nodes.items():
        asked += [(f"nodes.{node}.weights", rule.weights, "weights")]
        asked += [(f"nodes.{node}.aggregate", rule.aggregate, "aggregate")]
    errors: list[Finding] = []
    for key, text, family in asked:
        try:
            if text is not None:
                parse_spec(text, family, where=file, key=key)
        except InnohubError as problem:
            errors += problem.findings
    if errors:
        raise ModelError(errors)
