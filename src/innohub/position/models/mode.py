"""Which practice mode a place follows: who leads there, and who works with whom."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.modes import kind_of, kinds, modes
from innohub.errors import Finding, ModelError, ScaleError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
MIXED = "mixed"


@dataclass(frozen=True)
class ModeShares:
    """The mode of a place with the shares behind it.

    ``modes`` names the modes; ``by_actor``, ``by_tie`` and ``share`` (modes,) sum to one each, ``by_tie`` is NaN
    without ties. ``verdict`` is a mode, or "mixed" when no share reaches ``limit``, or "" without data.
    ``certainty`` is the share of resamples of the actors that give the same verdict. ``left_out`` is the weight
    of actors whose kind is not known, as a share of all.
    """

    modes: tuple[str, ...]
    by_actor: Vector
    by_tie: Vector
    share: Vector
    verdict: str
    basis: Literal["actors and ties", "actors", "none"]
    certainty: float
    limit: float
    left_out: float
    findings: tuple[Finding, ...]


def classify_mode(
    actors: pd.DataFrame,
    ties: pd.DataFrame,
    rng: np.random.Generator,
    *,
    limit: float = 0.6,
    tie_weight: float = 0.5,
    draws: int = 999,
    place: str = "",
) -> ModeShares:
    """Tell the practice mode of a place from its actors and their cooperation.

    The share of a mode by actors is the weight of its subjects; by ties, the weight of ties between the kinds of
    actors that count for it. Their mean, with ``tie_weight`` for the ties, decides; below ``limit`` the place is
    mixed. Resampling draws the actors with replacement; a tie counts as often as both its ends.

    Parameters
    ----------
    actors : columns actor, kind, weight (of zero or above).
    ties : columns actor, other, weight; may be empty. Direction does not count; a tie of an actor with itself
        does not either.

    Raises
    ------
    ModelError
        N147 for an actor that is listed twice, or a tie to an actor that is not listed.
    ScaleError
        N159 for a weight below zero or missing.
    """
    _require(actors, ties, place)
    kind = actors["kind"].astype(str).map(kind_of)
    weight = actors["weight"].to_numpy(float)
    known = kind.notna().to_numpy()
    total = weight.sum()
    left_out = float(weight[~known].sum() / total) if total > 0 else 0.0
    findings: tuple[Finding, ...] = ()
    if not known.all():
        odd = tuple(dict.fromkeys(actors.loc[~known, "kind"].astype(str)))
        told = {"place": place, "kinds": odd, "share": left_out}
        findings = (Finding("N146", "warning", params=told),)
    code = {name: number for number, name in enumerate(kinds())}
    numbers = np.array([code.get(name, -1) for name in kind], dtype=np.intp)
    ends = _ends(actors, ties)
    strength = ties["weight"].to_numpy(float)
    once = np.ones((1, len(actors)))
    by_actor, by_tie = _shares(once, numbers, weight, ends, strength)
    share = _join(by_actor, by_tie, tie_weight)
    verdict = _verdict(share, limit)[0]
    times = _draw(len(actors), draws, rng)
    drawn = _verdict(_join(*_shares(times, numbers, weight, ends, strength), tie_weight), limit)
    names = (*modes(), MIXED, "")
    certain = float((drawn == verdict).mean()) if len(drawn) and names[verdict] else np.nan
    basis: Literal["actors and ties", "actors", "none"] = (
        "none" if np.isnan(share[0, 0]) else "actors" if np.isnan(by_tie[0, 0]) else "actors and ties"
    )
    return ModeShares(
        modes=tuple(modes()), by_actor=by_actor[0], by_tie=by_tie[0], share=share[0], verdict=names[verdict],
        basis=basis, certainty=certain, limit=limit, left_out=left_out, findings=findings,
    )  # fmt: skip


def _require(actors: pd.DataFrame, ties: pd.DataFrame, place: str) -> None:
    weights = np.concatenate([actors["weight"].to_numpy(float), ties["weight"].to_numpy(float)])
    wrong = weights[~(np.isfinite(weights) & (weights >= 0))]
    if len(wrong):
        raise ScaleError(Finding("N159", params={"number": float(wrong[0])}))
    listed = actors["actor"]
    twice = listed[listed.duplicated()]
    ends = pd.concat([ties["actor"], ties["other"]])
    strange = ends[~ends.isin(listed)]
    if len(twice) or len(strange):
        told = tuple(dict.fromkeys(map(str, [*twice, *strange])))
        raise ModelError(Finding("N147", params={"place": place, "actors": told[:5], "count": len(told)}))


def _ends(actors: pd.DataFrame, ties: pd.DataFrame) -> NDArray[np.intp]:
    """Return (2, ties): the rows of the actors at both ends."""
    row = pd.Series(np.arange(len(actors)), index=actors["actor"])
    return np.stack([row.reindex(ties[end]).to_numpy(np.intp) for end in ("actor", "other")])


def _draw(actors: int, draws: int, rng: np.random.Generator) -> Matrix:
    if not actors:
        return np.zeros((0, 0))
    return rng.multinomial(actors, np.full(actors, 1 / actors), size=draws).astype(float)


def _counts() -> tuple[Matrix, NDArray[np.float64]]:
    """Return what counts for each mode: (kinds, modes) of actors and (kinds, kinds, modes) of ties."""
    names, kind = kinds(), modes()
    subjects = np.zeros((len(names), len(kind)))
    pairs = np.zeros((len(names), len(names), len(kind)))
    for column, mode in enumerate(kind.values()):
        for subject in mode.subjects:
            subjects[names.index(subject), column] = 1.0
        for (first, second), share in mode.ties.items():
            pairs[names.index(first), names.index(second), column] = share
            pairs[names.index(second), names.index(first), column] = share
    return subjects, pairs


def _shares(
    times: Matrix, kind: NDArray[np.intp], weight: Vector, ends: NDArray[np.intp], strength: Vector
) -> tuple[Matrix, Matrix]:
    """Return (draws, modes) shares by actors and by ties; NaN where nothing counts."""
    subjects, pairs = _counts()
    known = (kind >= 0).astype(float)
    actor = (times * (weight * known)) @ subjects[kind]
    if not ends.shape[1]:
        return _unit(actor), np.full(actor.shape, np.nan)
    first, second = ends
    counts = strength * known[first] * known[second] * (first != second)
    tie = (times[:, first] * times[:, second] * counts) @ pairs[kind[first], kind[second]]
    return _unit(actor), _unit(tie)


def _unit(amounts: Matrix) -> Matrix:
    total = amounts.sum(axis=1, keepdims=True)
    shares: Matrix = np.divide(amounts, total, out=np.full(amounts.shape, np.nan), where=total > 0)
    return shares


def _join(by_actor: Matrix, by_tie: Matrix, tie_weight: float) -> Matrix:
    both = (1 - tie_weight) * by_actor + tie_weight * by_tie
    joined: Matrix = np.where(np.isnan(by_tie), by_actor, np.where(np.isnan(by_actor), by_tie, both))
    return joined


def _verdict(share: Matrix, limit: float) -> NDArray[np.intp]:
    """Return the number of the mode, one past the modes for mixed, two past for no data."""
    count = share.shape[1]
    filled = np.nan_to_num(share, nan=-1.0)
    best = filled.argmax(axis=1)
    top = filled.max(axis=1)
    # A share is a quotient: one that reaches the limit exactly must not miss it by rounding.
    verdict: NDArray[np.intp] = np.where(top < 0, count + 1, np.where(top >= limit - 1e-12, best, count))
    return verdict


def mode_table(place: str, found: ModeShares) -> pd.DataFrame:
    """Lay the shares of a place out as rows of the table modes."""
    return pd.DataFrame(
        {
            "place": place,
            "mode": found.modes,
            "share": found.share,
            "by_actor": found.by_actor,
            "by_tie": found.by_tie,
            "function": [mode.function for mode in modes().values()],
            "verdict": found.verdict,
            "basis": found.basis,
            "certainty": found.certainty,
            "left_out": found.left_out,
        }
    )
