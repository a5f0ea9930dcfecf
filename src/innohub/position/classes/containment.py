"""Whether higher centres do all that lower ones do, and where a lower centre leads in a niche of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError

Matrix = NDArray[np.float64]
_TINY = 1e-12


@dataclass(frozen=True)
class Containment:
    """How far higher centres reach the general functions of lower ones.

    ``exceptions`` (function, higher, lower, higher_tier, lower_tier, higher_value, lower_value, gap): every
    comparison that fails, ``gap`` = what the higher centre lacks. ``shares`` (function, compared, held, share):
    how many comparisons of pairs hold, a row with function "" for all.
    """

    exceptions: pd.DataFrame
    shares: pd.DataFrame
    findings: tuple[Finding, ...]


def contain(scores: pd.DataFrame, tiers: Mapping[str, int]) -> Containment:
    """Compare the general functions of every pair of centres of which the first is in a higher tier.

    Tiers have no subordination: this tests an expectation, it does not build a tree.

    Parameters
    ----------
    scores : (places, functions), index = places; NaN is not compared.
    tiers : place to tier, 0 = highest. Places without one are left out with a warning N178.

    Returns
    -------
    Exceptions in the order of functions, the largest gap first.
    """
    tier, findings = _tiers(scores, tiers)
    names = np.array(scores.index.astype(str))
    rows: list[tuple[object, ...]] = []
    counts = []
    for function in scores.columns:
        x = scores[function].to_numpy(dtype=float)
        high, low, compared = _pairs(x, tier)
        gap = x[low] - x[high]
        fails = gap > _TINY * np.maximum(1.0, np.abs(x[low]))
        for k in np.flatnonzero(fails)[np.lexsort((names[low[fails]], names[high[fails]], -gap[fails]))]:
            h, l = high[k], low[k]  # noqa: E741
            rows.append((str(function), names[h], names[l], tier[h], tier[l], x[h], x[l], gap[k]))
        counts.append((str(function), compared, compared - int(fails.sum())))
    counts.append(("", sum(c for _, c, _ in counts), sum(h for _, _, h in counts)))
    shares = pd.DataFrame(counts, columns=["function", "compared", "held"])
    shares["share"] = shares["held"] / shares["compared"].where(shares["compared"] > 0)
    columns = [
        "function",
        "higher",
        "lower",
        "higher_tier",
        "lower_tier",
        "higher_value",
        "lower_value",
        "gap",
    ]
    return Containment(pd.DataFrame(rows, columns=columns), shares, findings)


def _tiers(table: pd.DataFrame, tiers: Mapping[str, int]) -> tuple[Matrix, tuple[Finding, ...]]:
    """Return the tier of each row as a float, NaN where there is none."""
    places = list(map(str, table.index))
    without = tuple(place for place in places if place not in tiers)
    findings = (Finding("N178", "warning", params={"places": without}),) if without else ()
    return np.array([float(tiers.get(place, np.nan)) for place in places]), findings


def _pairs(x: Matrix, tier: Matrix) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    """Return the indices of the higher and the lower centre of every pair that can be compared."""
    known = np.flatnonzero(~np.isnan(x) & ~np.isnan(tier))
    above = tier[known][:, None] < tier[known][None, :]
    first, second = np.nonzero(above)
    return known[first], known[second], len(first)


def location_quotients(
    amounts: pd.DataFrame, reference: Mapping[str, float] | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Divide the share of a niche in a place by its share in the reference area.

    Parameters
    ----------
    amounts : (places, niches), not negative, index = places; a NaN leaves the place's whole row undefined, because
        its total is not known.
    reference : niche to amount in the reference area; the sum over the places given by default.

    Returns
    -------
    (places, niches) quotients, NaN where undefined, and warnings N176 for niches or places with a total of zero.

    Raises
    ------
    ModelError
        N179 negative amounts or a niche without reference.
    """
    x = amounts.to_numpy(dtype=float)
    if (x < 0).any():
        low = f"{np.nanmin(x):g}"
        raise ModelError(
            Finding("N179", value=low, params={"name": "amounts", "given": low, "wanted": "≥ 0"})
        )
    missing = [niche for niche in amounts.columns if reference is not None and niche not in reference]
    if missing:
        told = {"name": "reference", "given": "-", "wanted": ", ".join(map(str, missing))}
        raise ModelError(Finding("N179", params=told))
    area = np.nansum(x, axis=0) if reference is None else np.array([reference[n] for n in amounts.columns])
    own = x.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient = (x / own[:, None]) / (area / area.sum())[None, :]
    quotient[~np.isfinite(quotient)] = np.nan
    zeros = [str(name) for name in [*amounts.columns[area == 0], *amounts.index[own == 0]]]
    findings = (Finding("N176", "warning", params={"names": tuple(zeros)}),) if zeros else ()
    return pd.DataFrame(quotient, index=amounts.index, columns=amounts.columns), findings


def special_functions(
    quotients: pd.DataFrame, tiers: Mapping[str, int], *, k: float = 1.5
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """List the niches in which a lower centre is special: LQ above ``k`` where no higher-tier centre has LQ above 1.

    Centres of the highest tier have nobody above them and are not tested.

    Parameters
    ----------
    quotients : (places, niches) location quotients, index = places.
    tiers : place to tier, 0 = highest.

    Returns
    -------
    Columns place, tier, niche, lq, k, higher (the higher-tier centre with the largest quotient), higher_lq,
    special (``yes``, ``no``, ``no data`` where a higher-tier quotient is missing and none known exceeds 1); a
    row for each quotient above ``k``, by place and falling quotient. Warnings N178 for places without a tier.
    """
    tier, findings = _tiers(quotients, tiers)
    x = quotients.to_numpy(dtype=float)
    names = quotients.index.astype(str)
    rows = []
    for p in range(len(x)):
        above = np.flatnonzero(tier < tier[p])
        wanted = np.flatnonzero(x[p] > k) if len(above) else np.empty(0, dtype=np.intp)
        for n in wanted[np.argsort(-x[p, wanted], kind="stable")]:
            rivals = x[above, n]
            best = None if np.isnan(rivals).all() else int(above[np.nanargmax(rivals)])
            strongest = np.nan if best is None else x[best, n]
            verdict = "no" if strongest > 1 else "no data" if np.isnan(rivals).any() else "yes"
            rival = "" if best is None else names[best]
            rows.append(
                (names[p], int(tier[p]), str(quotients.columns[n]), x[p, n], k, rival, strongest, verdict)
            )
    columns = ["place", "tier", "niche", "lq", "k", "higher", "higher_lq", "special"]
    return pd.DataFrame(rows, columns=columns), findings
