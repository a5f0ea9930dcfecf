"""What the draws of an index vary besides its weights: filled values, methods, errors of values, an indicator less."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec, parse_spec
from innohub.errors import Finding, InnohubError, ModelError
from innohub.index.compute import Nominal
from innohub.index.model import Model
from innohub.index.prepare import Prepared
from innohub.panel import Panel, Table, draw_imputations
from innohub.study.index_section import IndexSection, ScreenRule

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Prepare = Callable[[Panel, IndexSection], Prepared]

_MULTIPLE = "multiple"


@dataclass(frozen=True)
class Completed:
    """One completed data set: the method that filled its gaps, its ``panel``, and (rows, leaves) before treatment."""

    method: str
    panel: Panel
    untreated: Matrix


@dataclass(frozen=True)
class Varied:
    """What varies between draws; a part with one entry, no noise and no indicator left out stands still.

    ``nominal`` is the index over all years; ``weights`` a spec of the family ``draws``; ``filled`` the completed data
    sets by method of imputation (several for multiple imputation); ``normalisers`` and ``aggregates`` the methods to
    choose among; ``treat`` the treatment; ``noise`` (leaves,) the standard deviation of each indicator's values as a
    share of the value; ``leave_out`` whether each draw sets one indicator aside.
    """

    nominal: Nominal
    weights: Spec
    filled: tuple[tuple[Completed, ...], ...]
    normalisers: tuple[Spec, ...]
    aggregates: tuple[Spec, ...]
    treat: Spec
    noise: Vector
    leave_out: bool

    @property
    def sets(self) -> tuple[Completed, ...]:
        """The completed data sets of all methods, in order."""
        return tuple(one for method in self.filled for one in method)

    @property
    def models(self) -> tuple[Model, ...]:
        """The index by every pair of normaliser and aggregation, the aggregation fastest."""
        model = self.nominal.model
        pairs = [(one, other) for one in self.normalisers for other in self.aggregates]
        return tuple(model.with_methods(normaliser, mean) for normaliser, mean in pairs)

    @property
    def noisy(self) -> NDArray[np.intp]:
        """Positions of the leaves whose values have an error."""
        return np.flatnonzero(self.noise > 0)

    @property
    def noisy_rows(self) -> NDArray[np.intp]:
        """Rows whose values enter the scale of the study's year: all years if they are pooled."""
        panel = self.nominal.panel
        if self.nominal.model.pool == "all-years":
            return np.arange(len(panel.places))
        return panel.at(panel.year)

    @property
    def removable(self) -> NDArray[np.intp]:
        """Positions of the leaves that carry weight."""
        return np.flatnonzero(self.nominal.effective[self.nominal.model.tree.leaves] > 0)


def only_methods(nominal: Nominal, normalisers: Sequence[Spec], aggregates: Sequence[Spec]) -> Varied:
    """Return draws that vary weights, normaliser and aggregation alone; none means the index's own."""
    model = nominal.model
    matrix, _ = nominal.panel.columns(model.tree.indicators)
    return Varied(
        nominal,
        parse_spec("dirichlet", "draws"),
        ((Completed("", nominal.panel, matrix),),),
        tuple(normalisers) or (model.normaliser,),
        tuple(aggregates) or (model.default_aggregate,),
        parse_spec("none", "treat"),
        np.zeros(len(model.tree.leaves)),
        leave_out=False,
    )


def build_varied(
    nominal: Nominal,
    prepared: Prepared,
    section: IndexSection,
    panel: Panel,
    *,
    prepare: Prepare,
    rng: np.random.Generator,
) -> Varied:
    """Lay out what ``[index.<name>.uncertainty]`` varies.

    Parameters
    ----------
    nominal : the index over all years; prepared : what it was computed from.
    section : the index as the study defines it.
    panel : the values as read.
    prepare : screens, fills and treats a panel by the rules of a section.
    rng : draws multiple imputations.

    Raises
    ------
    ModelError
        M142 names every imputation that fails; M143 when an indicator is to be left out of an index of one.
    """
    vary = section.uncertainty.vary
    methods = vary.impute or ((section.impute,) if _is_multiple(section.impute) else ())
    own = (Completed(section.impute, prepared.panel, _untreated(prepared)),)
    others = _complete_all(nominal.model.name, methods, section, panel, prepare=prepare, rng=rng)
    varied = replace(
        only_methods(
            nominal,
            [parse_spec(text, "normalise") for text in vary.normalise],
            [parse_spec(text, "aggregate") for text in vary.aggregate],
        ),
        weights=parse_spec(vary.weights, "draws"),
        filled=tuple(others) or (own,),
        treat=parse_spec(section.treat, "treat"),
        noise=_errors(prepared.panel, vary.noise),
        leave_out=vary.leave_out,
    )
    if vary.leave_out and len(varied.removable) < 2:
        raise ModelError(Finding("M143", file="study.toml", params={"index": nominal.model.name}))
    return varied


def _errors(panel: Panel, usual: float | None) -> Vector:
    """Return the error of each indicator: its own, or else the one that the study gives for all."""
    return np.where(np.isnan(panel.noise), usual or 0.0, panel.noise)


def _is_multiple(text: str) -> bool:
    return parse_spec(text, "impute").name == _MULTIPLE


def _untreated(prepared: Prepared) -> Matrix:
    """Return the values as they stood before they were transformed and outliers treated."""
    return [values for name, values in prepared.stages.items() if name not in ("transformed", "treated")][-1]


def _complete_all(
    index: str,
    methods: Sequence[str],
    section: IndexSection,
    panel: Panel,
    *,
    prepare: Prepare,
    rng: np.random.Generator,
) -> list[tuple[Completed, ...]]:
    """Return the data sets of each method; those that fail are named together."""
    done, failed = [], []
    for method in methods:
        try:
            done.append(_complete(method, section, panel, prepare, rng))
        except InnohubError as problem:
            failed.append(f"{method}: {problem.findings[0].text('title')}")
    if failed:
        params = {"index": index, "count": len(failed), "which": "\n".join(failed)}
        where = f"index.{index}.uncertainty.vary.impute"
        raise ModelError(Finding("M142", file="study.toml", column=where, params=params))
    return done


def _complete(
    method: str, section: IndexSection, panel: Panel, prepare: Prepare, rng: np.random.Generator
) -> tuple[Completed, ...]:
    """Return the data sets that a method of imputation gives: one, or as many as it draws."""
    if not _is_multiple(method):
        done = prepare(panel, section.model_copy(update={"impute": method}))
        return (Completed(method, done.panel, _untreated(done)),)
    plain = replace(panel, transforms={})
    bare = prepare(plain, section.model_copy(update={"impute": "none", "treat": "none"})).panel
    bare = replace(bare, transforms=panel.transforms)
    after = {"impute": "none", "screen": ScreenRule(), "denominate": False}
    rest = section.model_copy(update=after)
    drawn = _draw_sets(bare, parse_spec(method, "impute"), section.pool == "each-year", rng)
    return tuple(
        Completed(method, prepare(replace(bare, matrix=values), rest).panel, values) for values in drawn
    )


def _draw_sets(panel: Panel, spec: Spec, by_year: bool, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw completed values (sets, rows, leaves), each year from its own rows if asked."""
    table = Table(panel.matrix, panel.places, panel.indicators)
    if not by_year:
        return draw_imputations(table, spec, rng)
    drawn = np.repeat(panel.matrix[None], spec["draws"], axis=0)
    for year in panel.calendar:
        rows = panel.at(year)
        if np.isnan(panel.matrix[rows]).any():
            drawn[:, rows] = draw_imputations(table.take(rows), spec, rng)
    return drawn
