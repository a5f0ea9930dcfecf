"""How much a place resembles foreign models of a centre: cosines, a mixture, its gaps, never a bare label."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.catalog.models import model_name, slot_name
from innohub.errors import Finding, ModelError, ScaleError
from innohub.position.models.simplex import NEAR, Mixture, nearest_mixture
from innohub.words import Language, words

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Compare = Literal["levels", "profile"]
COMPARE: tuple[Compare, ...] = ("levels", "profile")


@dataclass(frozen=True)
class Likeness:
    """What a place has in common with each of several models.

    ``models`` and ``slots`` name what was compared, ``left_out`` the slots without a value. ``place`` (slots,) and
    ``patterns`` (models, slots) are the vectors as compared; ``cosine`` (models,) and ``mixture`` follow from
    them. ``nearest`` holds the models with the largest weight: several when they tie, none when nothing could
    be compared, and then ``mixture`` is None.
    """

    models: tuple[str, ...]
    slots: tuple[str, ...]
    left_out: tuple[str, ...]
    compare: Compare
    place: Vector
    patterns: Matrix
    cosine: Vector
    mixture: Mixture | None
    nearest: tuple[str, ...]
    limit: float
    findings: tuple[Finding, ...]

    @property
    def norm(self) -> float:
        """Length of the place's vector."""
        return float(np.linalg.norm(self.place))

    @property
    def fits(self) -> bool:
        """Whether the residual of the mixture is at most ``limit`` times the length of the place's vector."""
        return self.mixture is not None and self.mixture.residual <= self.limit * self.norm

    @property
    def gaps(self) -> Matrix:
        """Return (models, slots) how far each model is above the place; below zero where the place is ahead."""
        return self.patterns - self.place

    @property
    def largest_gap(self) -> tuple[str, str, float] | None:
        """Model, slot and size of the largest gap above the place among the nearest models; None if there is none."""
        rows = [self.models.index(model) for model in self.nearest]
        if not rows:
            return None
        gaps = self.gaps[rows]
        row, column = np.unravel_index(int(gaps.argmax()), gaps.shape)
        size = float(gaps[row, column])
        return (self.nearest[int(row)], self.slots[int(column)], size) if size > 0 else None

    def borrow(self, model: str) -> tuple[tuple[str, float], ...]:
        """Return the slots in which a model is ahead of the place, widest gap first."""
        row = self.gaps[self.models.index(model)]
        ahead = [(slot, float(gap)) for slot, gap in zip(self.slots, row, strict=True) if gap > NEAR]
        return tuple(sorted(ahead, key=lambda item: (-item[1], self.slots.index(item[0]))))


def slot_values(values: Matrix, tags: Sequence[str], slots: Sequence[str]) -> Matrix:
    """Average the indicators that a study tagged for each slot.

    Parameters
    ----------
    values : (places, indicators) on 0-1, NaN where missing.
    tags : (indicators,) the slot of each indicator; a tag that is no slot does not count.

    Returns
    -------
    (places, slots), NaN where a slot has no indicator or the place no value.

    Examples
    --------
    >>> slot_values(np.array([[0.2, 0.6, np.nan]]), ["a", "a", "b"], ["a", "b"]).round(3).tolist()
    [[0.4, nan]]
    """
    member = np.array([[tag == slot for slot in slots] for tag in tags], dtype=float).reshape(-1, len(slots))
    known = np.isfinite(values)
    counts = known.astype(float) @ member
    total = np.where(known, values, 0.0) @ member
    mean: Matrix = np.divide(total, counts, out=np.full(counts.shape, np.nan), where=counts > 0)
    return mean


def liken(
    place: Vector,
    patterns: Matrix,
    models: Sequence[str],
    slots: Sequence[str],
    *,
    compare: Compare = "levels",
    limit: float = 0.25,
    min_share: float = 2 / 3,
    name: str = "",
) -> Likeness:
    """Set a place beside models that are vectors over slots.

    Cosine compares direction only. The mixture gives weights that sum to one and says by its residual how well
    all models together describe the place. ``levels`` compares the values as they are; ``profile`` divides
    place and models by their sums first, so that only the emphasis counts.

    Parameters
    ----------
    place : (slots,) on 0-1, NaN where there is no value.
    patterns : (models, slots) on 0-1.
    limit : share of the place's length above which the residual says that no model fits.
    min_share : least share of slots with a value.
    name : the place's name in findings.

    Raises
    ------
    ModelError
        N143 without models.
    ScaleError
        N141 for a value outside 0-1.
    """
    if not len(patterns):
        raise ModelError(Finding("N143"))
    _require_unit(place, patterns, name)
    known = np.isfinite(place)
    left_out = tuple(slot for slot, has in zip(slots, known, strict=True) if not has)
    compared = tuple(slot for slot, has in zip(slots, known, strict=True) if has)
    here, there = place[known], patterns[:, known]
    said = {"place": name, "known": len(compared), "slots": len(slots), "left_out": partial(_slots, left_out)}
    mixture: Mixture | None = None
    nearest: tuple[str, ...] = ()
    findings: tuple[Finding, ...]
    if known.sum() < min_share * len(slots) - NEAR or here.sum() == 0:
        findings = (Finding("N144", "warning", params=said),)
    else:
        if compare == "profile":
            here, there = _profile(here), np.array([_profile(row) for row in there])
        mixture = nearest_mixture(there, here)
        top = mixture.weights >= mixture.weights.max() - NEAR
        nearest = tuple(model for model, is_top in zip(models, top, strict=True) if is_top)
        findings = (Finding("N145", "note", params=said),) if left_out else ()
        findings += _doubts(mixture, tuple(models), float(np.linalg.norm(here)), limit, name)
    return Likeness(
        models=tuple(models), slots=compared, left_out=left_out, compare=compare, place=here,
        patterns=there, cosine=_cosines(there, here), mixture=mixture, nearest=nearest, limit=limit,
        findings=findings,
    )  # fmt: skip


def _require_unit(place: Vector, patterns: Matrix, name: str) -> None:
    every = np.concatenate([place[~np.isnan(place)], patterns.ravel()])
    wrong = ~((every >= 0) & (every <= 1))
    if wrong.any():
        raise ScaleError(Finding("N141", params={"place": name, "number": float(every[wrong][0])}))


def _profile(vector: Vector) -> Vector:
    total = vector.sum()
    return vector / total if total > 0 else vector


def _cosines(patterns: Matrix, place: Vector) -> Vector:
    lengths = np.linalg.norm(patterns, axis=1) * np.linalg.norm(place)
    cosine: Vector = np.divide(
        patterns @ place, lengths, out=np.full(len(patterns), np.nan), where=lengths > 0
    )
    return cosine


def _doubts(
    mixture: Mixture, models: tuple[str, ...], norm: float, limit: float, name: str
) -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = ()
    if mixture.residual > limit * norm:
        params = {
            "place": name,
            "residual": mixture.residual,
            "share": mixture.residual / norm,
            "limit": limit,
        }
        findings += (Finding("N140", "warning", params=params),)
    if not mixture.unique:
        every = zip(models, mixture.low, mixture.high, strict=True)
        loose = tuple((model, low, high) for model, low, high in every if high - low >= NEAR)
        findings += (Finding("N142", "warning", params={"place": name, "models": partial(_ranges, loose)}),)
    return findings


def _slots(names: tuple[str, ...], language: Language) -> str:
    return words(language).say("where.list").join(slot_name(name, language) for name in names) or "–"


def _ranges(loose: tuple[tuple[str, float, float], ...], language: Language) -> str:
    told = (f"{model_name(model, language)} {low:.2f}–{high:.2f}" for model, low, high in loose)
    return words(language).say("where.list").join(told)
