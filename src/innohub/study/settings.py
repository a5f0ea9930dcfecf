"""Read ``study.toml``: every mistake at once, each with its line."""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from innohub.errors import Finding, RecordError
from innohub.study.choices import check_choices
from innohub.study.grid import guard_file
from innohub.study.lines import key_lines, line_of
from innohub.study.preset_indicators import Applied
from innohub.study.presets import lay_presets
from innohub.study.report import near, shown, unopened
from innohub.study.schema import Settings

FILE: Final = "study.toml"
_LARGEST = 2_000_000
_LINE = re.compile(r"at line (\d+)")
_BILINGUAL = '{ zh = "…", en = "…" }'
_BY_KIND = {
    "int": "7", "float": "0.9", "bool": "true", "string": '"text"', "tuple": '["a", "b"]', "model": _BILINGUAL,
}  # fmt: skip
_BY_KEY = {
    "study": "[study]", "index": "[index.centre]", "id": 'id = "my-study"', "title": f"title = {_BILINGUAL}",
    "year": "year = 2020", "names": 'names = ["international", "national", "regional"]',
    "position.places": 'places = ["guangzhou"]', "tiers.index": 'index = "centre"', "panel": 'panel = "panel.csv"',
    "draws": "draws = 10000", "zh": 'zh = "国家级"', "en": 'en = "National"',
}  # fmt: skip
_REPAIRS: Final = 60


@dataclass(frozen=True)
class Configuration:
    """What ``study.toml`` says: settings (mended where wrong, to go on checking), key lines, digest.

    ``year`` is None and ``tiers`` of the settings may be missing where ``study.toml`` has no usable ones;
    ``presets`` are those that indices name, by index.
    """

    settings: Settings
    lines: Mapping[tuple[str, ...], int]
    digest: str
    year: int | None
    presets: Mapping[str, Applied] = field(default_factory=dict)


def read_settings(folder: Path, found: list[Finding]) -> Configuration | None:
    """Read and check ``study.toml``; None when it cannot be read as TOML."""
    data = _read_bytes(folder, found)
    text = _decode(data, found) if data is not None else None
    raw = _parse(text, found) if text is not None else None
    if data is None or text is None or raw is None:
        return None
    lines = key_lines(text)
    presets = lay_presets(raw, lines, found)
    settings, sound_year = _validate(raw, lines, found)
    if settings is None:
        return None
    check_choices(settings, lines, found)
    year = (
        settings.study.year if sound_year and not any(finding.code == "P017" for finding in found) else None
    )
    return Configuration(settings, lines, sha256(data).hexdigest(), year, presets)


def _read_bytes(folder: Path, found: list[Finding]) -> bytes | None:
    try:
        guard_file(folder / FILE, FILE)
        return (folder / FILE).read_bytes()
    except RecordError as problem:
        found += problem.findings
    except OSError as problem:
        found.append(unopened(FILE, problem))
    return None


def _decode(data: bytes, found: list[Finding]) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.append(Finding("M011", file=FILE))
        return None


def _parse(text: str, found: list[Finding]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text) if len(text) <= _LARGEST else {}
    except tomllib.TOMLDecodeError as problem:
        match = _LINE.search(str(problem))
        # A text that ends too early is reported without a line: it is the last one.
        row = int(match[1]) if match else text.count("\n") + 1
        content = text.splitlines()[row - 1] if 0 < row <= len(text.splitlines()) else ""
        params = {"problem": str(problem).split(" (at")[0]}
        found.append(Finding("M001", "error", FILE, row, value=shown(content), params=params))
    except (RecursionError, ValueError) as problem:
        found.append(Finding("M001", file=FILE, value="", params={"problem": type(problem).__name__}))
    return None


def _validate(
    raw: dict[str, Any], lines: Mapping[tuple[str, ...], int], found: list[Finding]
) -> tuple[Settings | None, bool]:
    """Validate, name every mistake, and mend the data so that the tables can be checked too."""
    named: set[str] = set()
    sound_year = isinstance(raw.get("study"), dict) and "year" in raw["study"]
    for _ in range(_REPAIRS):
        try:
            return Settings.model_validate(raw), sound_year
        except ValidationError as problem:
            errors = problem.errors(include_url=False, include_context=True)
            mistakes = [(mistake, _real_path(raw, mistake["loc"])) for mistake in errors]
            for mistake, path in mistakes:
                key = ".".join(map(str, path))
                if key not in named:
                    found.append(_finding(mistake, path, lines))
                named.add(key)
                sound_year = sound_year and path[:2] != ("study", "year")
            # From the last to the first, so that the places in a list stay what they were.
            for mistake, path in reversed(mistakes):
                _mend(raw, path, missing=mistake["type"] == "missing")
        except RecursionError:
            break
    return None, False


def _real_path(raw: object, location: Sequence[int | str]) -> tuple[int | str, ...]:
    """Cut off what pydantic adds to a location for the branches of a choice between types."""
    path: list[int | str] = []
    node = raw
    location = [part for part in location if part != "[key]"]
    for place, part in enumerate(location):
        if _holds(node, part):
            node = node[part]  # type: ignore[index]
        elif not isinstance(node, dict) or place < len(location) - 1:
            break
        path.append(part)
    return tuple(path)


def _finding(mistake: Any, path: tuple[int | str, ...], lines: Mapping[tuple[str, ...], int]) -> Finding:
    kind, key = str(mistake["type"]), ".".join(map(str, path))
    value = None if kind == "missing" else shown(mistake["input"])
    context = mistake.get("ctx", {})
    code = "M004"
    params: dict[str, object] = {"key": shown(key), "example": _example(kind, path)}
    if kind == "extra_forbidden":
        code, params["near"] = "M002", _near_key(path)
        value = str(path[-1])
    elif kind in ("missing", "too_short", "string_too_short"):
        code = "M003"
    elif kind == "literal_error":
        options = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        nearest = difflib.get_close_matches(value or "", options, n=1, cutoff=0.5)
        code, params["options"], params["near"] = "M009", tuple(options), (nearest or options)[0]
    elif kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        limit = next(iter(context.values()), "")
        sign = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}[
            kind
        ]
        code, params["limit"] = "M012", f"{sign} {limit}"
    elif kind == "string_pattern_mismatch":
        code = "M013"
    if code in ("M004", "M013"):
        params["value"] = _written(mistake["input"])
    return Finding(code, "error", FILE, line_of(lines, path), shown(key) or None, value, params)


def _written(value: object) -> str:
    """Return a value as TOML writes it: text in quotes, so that "2020" and 2020 look different."""
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{shown(value)}"' if isinstance(value, str) else shown(value)


def _example(kind: str, path: tuple[int | str, ...]) -> str:
    """Return how a right entry would look."""
    last = next((part for part in reversed(path) if isinstance(part, str)), "")
    if known := _BY_KEY.get(".".join(map(str, path))) or _BY_KEY.get(last):
        return known
    return f"{last} = {_BY_KIND.get(kind.partition('_')[0], _BY_KIND['string'])}"


def _near_key(path: tuple[int | str, ...]) -> tuple[str, ...]:
    """Name the keys most like an unknown one: those of its own table first, then the whole file's."""
    model: Any = Settings
    for part in path[:-1]:
        model = _inner(model, part)
    own = list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []
    return near(str(path[-1]), own)


def _inner(model: Any, part: int | str) -> Any:
    """Return the model inside a field; a table of tables and a list lead on to the model of their entries."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        model = model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
        for inner in getattr(model, "__args__", ()):
            if isinstance(inner, type) and issubclass(inner, BaseModel) and type(None) in model.__args__:
                return inner
        return model
    return next(
        (
            inner
            for inner in getattr(model, "__args__", ())
            if isinstance(inner, type) and issubclass(inner, BaseModel)
        ),
        None,
    )


def _mend(raw: dict[str, Any], path: tuple[int | str, ...], *, missing: bool) -> None:
    """Take a wrong entry out, or put a stand-in where a needed one is missing."""
    stand_ins: dict[tuple[int | str, ...], Any] = {
        ("study",): {}, ("study", "id"): "study", ("study", "title"): "", ("study", "year"): 2000, ("index",): {},
    }  # fmt: skip
    if path[:1] == ("tiers",) and (missing or len(path) < 2):
        raw.pop("tiers", None)
        return
    if path[:1] == ("position",) and (missing or len(path) < 2 or path[1] == "places"):
        raw.pop("position", None)
        return
    node: Any = raw
    for part in path[:-1]:
        if not _holds(node, part):
            return
        node = node[part]
    if path in stand_ins:
        node[path[-1]] = stand_ins[path]
    elif path and _holds(node, path[-1]):
        del node[path[-1]]


def _holds(node: object, part: int | str) -> bool:
    """Say whether a table has a key or a list a place."""
    if isinstance(node, list):
        return isinstance(part, int) and part < len(node)
    return isinstance(node, dict) and part in node
