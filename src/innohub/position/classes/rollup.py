"""Roll one set of normalised indicators up into the slots of a frame of functions, groups or pillars."""

import difflib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from innohub.catalog.hierarchies import Hierarchy
from innohub.errors import Finding, ModelError

COLUMNS = ("hierarchy", "slot", "zh", "en", "place", "score", "share", "indicators")


@dataclass(frozen=True)
class Rollup:
    """Slot scores of a frame, and the indicators that it leaves out.

    ``scores`` has :data:`COLUMNS`: one row a slot and place; ``share`` is the share of the slot's weight with data,
    ``indicators`` the number of its indicators. ``untagged`` lists indicators without a slot, in the order given.
    """

    scores: pd.DataFrame
    untagged: tuple[str, ...]
    findings: tuple[Finding, ...]


def roll_up(
    values: pd.DataFrame, tags: pd.DataFrame, hierarchy: Hierarchy, *, min_share: float = 2 / 3
) -> Rollup:
    """Take the weighted mean of the indicators of each slot, place by place.

    Parameters
    ----------
    values : (places, indicators) normalised so that more is better; index = places; NaN for missing.
    tags : columns hierarchy, indicator, slot[, weight]; weight 1 by default. An indicator may serve several slots.
        Rows of other hierarchies are passed over, and so are indicators that ``values`` does not have.
    min_share : least share of a slot's weight that needs data; below it there is no score.

    Returns
    -------
    Scores on the scale of the values, with notes N173 (indicators without a slot) and N175 (slots without an
    indicator).

    Raises
    ------
    ModelError
        N174 a slot that the frame does not have, N179 a weight not above zero or a pair tagged twice.
    """
    own = _own_tags(tags, hierarchy, list(map(str, values.columns)))
    parts, empty = [], []
    for slot, label in hierarchy.slots.items():
        tagged = own[own["slot"] == slot]
        empty += [] if len(tagged) else [slot]
        score, share = _means(values[tagged["indicator"]].to_numpy(float), tagged["weight"].to_numpy(float))
        columns = {
            "hierarchy": hierarchy.id,
            "slot": slot,
            "zh": label["zh"],
            "en": label["en"],
            "place": values.index.astype(str),
            "score": np.where(share >= min_share - 1e-9, score, np.nan),
            "share": share,
            "indicators": len(tagged),
        }
        parts.append(pd.DataFrame(columns))
    untagged = tuple(str(name) for name in values.columns if name not in set(own["indicator"]))
    scores = pd.concat(parts, ignore_index=True)[list(COLUMNS)]
    return Rollup(scores, untagged, _findings(hierarchy, untagged, empty))


def _own_tags(tags: pd.DataFrame, hierarchy: Hierarchy, indicators: list[str]) -> pd.DataFrame:
    own = tags[tags["hierarchy"] == hierarchy.id]
    weight = own["weight"].astype(float).fillna(1.0) if "weight" in own else 1.0
    own = own.assign(weight=weight)
    findings = [
        Finding(
            "N174", value=str(row["slot"]), params=_told(hierarchy, str(row["slot"]), str(row["indicator"]))
        )
        for row in own.to_dict("records")
        if row["slot"] not in hierarchy.slots
    ]
    findings += [
        Finding(
            "N179", value=f"{row['weight']:g}", params=_weight(str(row["indicator"]), float(row["weight"]))
        )
        for row in own.to_dict("records")
        if not 0 < row["weight"] < np.inf
    ]
    twice = own[own.duplicated(["indicator", "slot"])]
    findings += [
        Finding("N179", params={"name": str(name), "given": f"{slot}, {slot}", "wanted": str(slot)})
        for name, slot in zip(twice["indicator"], twice["slot"], strict=True)
    ]
    if findings:
        raise ModelError(findings)
    return own[own["indicator"].isin(indicators)]


def _told(hierarchy: Hierarchy, slot: str, indicator: str) -> dict[str, object]:
    near = difflib.get_close_matches(slot, hierarchy.slots, n=3, cutoff=0.4) or list(hierarchy.slots)
    return {"hierarchy": hierarchy.id, "slot": slot, "indicator": indicator, "near": tuple(near)}


def _weight(indicator: str, weight: float) -> dict[str, object]:
    return {"name": f"weight ({indicator})", "given": f"{weight:g}", "wanted": "> 0"}


def _means(x: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weighted means over the values present, and the share of the weight with data; (places,) each."""
    known = ~np.isnan(x)
    present = (known * weight).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, x, 0.0) @ weight / present
    total = weight.sum()
    return mean, present / total if total > 0 else np.zeros(len(x))


def _findings(hierarchy: Hierarchy, untagged: tuple[str, ...], empty: list[str]) -> tuple[Finding, ...]:
    findings = []
    if untagged:
        told = {"hierarchy": hierarchy.id, "indicators": untagged, "count": len(untagged)}
        findings.append(Finding("N173", "note", params=told))
    if empty:
        findings.append(Finding("N175", "note", params={"hierarchy": hierarchy.id, "slots": tuple(empty)}))
    return tuple(findings)
