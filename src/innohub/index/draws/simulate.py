"""Monte-Carlo uncertainty in array form: every draw is a row, no loop over draws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.errors import Finding, InnohubError, ModelError
from innohub.index.compute import Nominal, compute
from innohub.index.draws.perturb import perturbed
from innohub.index.draws.sample import Numbers, Sample
from innohub.index.draws.score import score_draws, set_aside
from innohub.index.draws.vary import Varied, only_methods
from innohub.index.model import Model
from innohub.index.rank import rank_draws

Matrix = NDArray[np.float64]
Array = NDArray[np.float64]
Ranks = NDArray[np.int16]
Rows = NDArray[np.intp]
Whole = NDArray[np.int64]
Key = tuple[int, int, int]

# Values with an error worked on at a time: few enough to stay in the processor's cache; and held at a time.
_BLOCK, _HELD = 60_000, 4_000_000
_MOST_NAMED = 40


@dataclass(frozen=True)
class Draws:
    """A Monte-Carlo sample of an index over the places that have a score.

    ``places`` (places,); ``weights`` (draws, leaves) effective; ``scores`` and ``ranks`` (draws, places);
    ``on_scale`` (draws,) marks the draws made with the index's own normaliser and aggregation, whose
    scores may be compared with the nominal score; ``choices`` names the combinations of methods drawn.
    """

    places: tuple[str, ...]
    weights: Matrix
    scores: Matrix
    ranks: Ranks
    on_scale: NDArray[np.bool_]
    choices: tuple[str, ...]


def simulate(
    nominal: Nominal,
    weights: Matrix,
    rng: np.random.Generator,
    normalisers: Sequence[Spec] = (),
    aggregates: Sequence[Spec] = (),
) -> Draws:
    """Score and rank the places of an index under every draw of weights and methods.

    Parameters
    ----------
    nominal : the index as defined; the places are drawn in the study's year.
    weights : (draws, leaves) effective weights.
    rng : chooses a combination of methods for each draw, when there are several.
    normalisers, aggregates : the methods to choose among; none means the index's own.
    """
    varied = only_methods(nominal, normalisers, aggregates)
    still = np.zeros(len(weights), dtype=np.int64)
    ways = len(varied.models)
    way = rng.integers(ways, size=len(weights)) if ways > 1 else still
    return evaluate(Bench(varied), Sample(weights, still, way, still - 1))


class Bench:
    """The index by every combination of completed data set and methods, computed once for all draws.

    ``parts`` holds each in the study's year by the numbers of data set and methods, ``failed`` the reason of each that
    cannot be computed.
    """

    def __init__(self, varied: Varied) -> None:
        self.varied, self.models, self.sets = varied, varied.models, varied.sets
        self.parts: dict[tuple[int, int], Nominal] = {}
        self.failed: dict[Key, str] = {}
        nominal = varied.nominal
        self.scored = ~np.isnan(nominal.now.index_scores)
        for number, one in enumerate(self.sets):
            for way, model in enumerate(self.models):
                if one.panel is nominal.panel and _same_methods(model, nominal.model):
                    self.parts[number, way] = nominal.now
                    continue
                try:
                    self.parts[number, way] = compute(model, one.panel).now
                except InnohubError as problem:
                    self.failed[number, way, -1] = _reason(problem)

    @property
    def places(self) -> tuple[str, ...]:
        """The places that have a score."""
        places = self.varied.nominal.now.panel.places
        return tuple(place for place, has in zip(places, self.scored, strict=True) if has)


def _same_methods(one: Model, other: Model) -> bool:
    return (one.normaliser, one.default_aggregate) == (other.normaliser, other.default_aggregate)


def _reason(problem: InnohubError) -> str:
    return problem.findings[0].text("title")


def evaluate(bench: Bench, sample: Sample) -> Draws:
    """Score and rank the places under every draw of a sample.

    Parameters
    ----------
    bench : the index by every combination of data set and methods.
    sample : one row a draw.

    Raises
    ------
    ModelError
        M142 names every combination that cannot be computed, with its reason: none is dropped in silence.
    """
    varied, weights, removed = bench.varied, sample.weights, None
    if (sample.left >= 0).any():
        weights, removed = set_aside(varied.nominal, weights, sample.left)
    scores = np.empty((len(weights), int(bench.scored.sum())))
    failed = dict(bench.failed)
    for rows, key, numbers in _blocks(bench, sample):
        some = _Block(
            bench, key, weights[rows], None if removed is None else removed[rows], sample.left[rows]
        )
        try:
            values = some.values(numbers)
        except InnohubError as problem:
            failed[*key, -1] = _reason(problem)
            continue
        try:
            found = some.scores(values)
        except InnohubError as problem:
            failed |= some.blame(values, problem)
            continue
        if isinstance(rows, slice) and found.shape == scores.shape:
            scores = found
        else:
            scores[rows] = found
    if failed:
        raise ModelError(_named(bench, failed))
    own = np.array([_same_methods(model, varied.nominal.model) for model in bench.models])
    return Draws(
        places=bench.places,
        weights=weights,
        scores=scores,
        ranks=rank_draws(scores),
        on_scale=np.broadcast_to(own[sample.way], len(weights)),
        choices=tuple(f"{model.normaliser} · {model.default_aggregate}" for model in bench.models),
    )


@dataclass(frozen=True)
class _Block:
    """Some draws of one combination of data set and methods."""

    bench: Bench
    key: tuple[int, int]
    weights: Matrix
    removed: Whole | None
    left: Whole

    def values(self, numbers: Numbers | None) -> Array:
        """Return the normalised values, by draw if they have errors."""
        part = self.bench.parts[self.key]
        if numbers is None:
            return part.normalised
        return perturbed(self.bench.varied, self.bench.sets[self.key[0]], part, numbers)

    def scores(self, values: Array) -> Matrix:
        """Score the places; one without a score in any draw is an error."""
        scores = score_draws(
            self.bench.parts[self.key], self.weights, self.bench.scored, values, self.removed
        )
        # The sum over draws, quicker than a look at each, is missing where any is.
        if (gone := np.isnan(scores.sum(axis=0))).any():
            lost = tuple(place for place, has in zip(self.bench.places, gone, strict=True) if has)
            raise ModelError(Finding("M141", params={"places": lost}))
        return scores

    def blame(self, values: Array, problem: InnohubError) -> dict[Key, str]:
        """Say which indicators, set aside, make the draws fail; all of them if none is."""
        failed: dict[Key, str] = {}
        if self.removed is None:
            return {(*self.key, -1): _reason(problem)}
        for leaf in np.unique(self.left).tolist():
            rows = np.flatnonzero(self.left == leaf)
            part = _Block(self.bench, self.key, self.weights[rows], self.removed[rows], self.left[rows])
            try:
                part.scores(values[rows] if values.ndim == 3 else values)
            except InnohubError as own:
                failed[*self.key, leaf] = _reason(own)
        return failed or {(*self.key, -1): _reason(problem)}


def _blocks(bench: Bench, sample: Sample) -> Iterator[tuple[slice | Rows, tuple[int, int], Numbers | None]]:
    """Yield draws of one combination: which, of what combination, with what numbers for the errors of values."""
    draws = len(sample.weights)
    if sample.noise is None:
        for rows, key in _alike(sample, slice(0, draws)):
            if key in bench.parts:
                yield rows, key, None
        return
    cells = len(bench.varied.noisy_rows) * len(bench.varied.noisy)
    held, step = max(1, _HELD // cells), max(1, _BLOCK // cells)
    for start in range(0, draws, held):
        stop = min(start + held, draws)
        numbers = sample.noise(stop - start)
        for rows, key in _alike(sample, slice(start, stop)):
            at = np.arange(start, stop) if isinstance(rows, slice) else rows
            for first in range(0, len(at) if key in bench.parts else 0, step):
                some = at[first : first + step]
                yield some, key, numbers[some - start]


def _alike(sample: Sample, some: slice) -> Iterator[tuple[slice | Rows, tuple[int, int]]]:
    """Group draws by data set and methods, inside a group by the indicator left out."""
    filled, way, left = sample.filled[some], sample.way[some], sample.left[some]
    if not filled.any() and not way.any() and (left < 0).all():
        yield some, (0, 0)
        return
    order = np.lexsort((left, way, filled))
    keys = np.column_stack([filled, way])[order]
    starts = np.flatnonzero(np.concatenate([[True], (keys[1:] != keys[:-1]).any(axis=1)]))
    for rows in np.split(order, starts[1:]):
        yield rows + some.start, (int(filled[rows[0]]), int(way[rows[0]]))


def _named(bench: Bench, failed: dict[Key, str]) -> Finding:
    """Name all that fails; a choice that makes no difference to a failure is not repeated for each of its levels."""
    varied = bench.varied
    lines: dict[str, None] = {}
    for (number, way, left), why in sorted(failed.items()):
        every_set = all(failed.get((other, way, left)) == why for other in range(len(bench.sets)))
        every_leaf = all(failed.get((number, way, leaf)) == why for leaf in varied.removable.tolist())
        name = [str(bench.models[way].normaliser), str(bench.models[way].default_aggregate)]
        name += [] if every_set else [bench.sets[number].method]
        name += [] if left < 0 or every_leaf else [f"− {varied.nominal.model.tree.indicators[left]}"]
        lines[f"{' · '.join(name)}: {why}"] = None
    shown = [*list(lines)[:_MOST_NAMED], *(["…"] if len(lines) > _MOST_NAMED else [])]
    index = varied.nominal.model.name
    params = {"index": index, "count": len(lines), "which": "\n".join(shown)}
    return Finding("M142", file="study.toml", column=f"index.{index}.uncertainty.vary", params=params)
