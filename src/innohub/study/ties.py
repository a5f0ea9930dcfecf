"""Check and complete the ties between places: weights, directions, and ties that are told twice."""

from collections import defaultdict

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.columns import fold
from innohub.study.report import near, shown

_WORDS = {
    **dict.fromkeys(("", "0", "false", "no", "否", "无向", "undirected"), False),
    **dict.fromkeys(("1", "true", "yes", "是", "有向", "directed"), True),
}


def finish_ties(frame: pd.DataFrame, found: list[Finding]) -> pd.DataFrame:
    """Return ties with a weight (1 unless said) and a direction (none unless said), each tie once.

    ``frame`` has place, other, layer, year, weight (NaN = blank), directed as written, file and row. A negative
    weight is L200, a tie of a place with itself L201, a tie told twice M260 or, turned round, L202.
    """
    directed = [_WORDS.get(fold(str(text))) for text in frame["directed"]]
    spots = list(zip(frame["file"], frame["row"], strict=True))
    for text, known, (file, row) in zip(frame["directed"], directed, spots, strict=True):
        if known is None:
            params = {"column": "directed", "near": near(str(text), _WORDS), "options": ("true", "false")}
            found.append(Finding("M261", "error", str(file), int(row), "directed", shown(text), params))
    frame = frame.assign(weight=frame["weight"].fillna(1.0), directed=[bool(known) for known in directed])
    for at in np.flatnonzero(frame["weight"].to_numpy(float) < 0).tolist():
        file, row = spots[at]
        found.append(Finding("L200", "error", str(file), int(row), "weight", f"{frame['weight'].iloc[at]:g}"))
    alone = frame["place"].eq(frame["other"])
    if alone.any():
        first = frame.loc[alone].iloc[0]
        places = tuple(dict.fromkeys(frame.loc[alone, "place"]))
        about: dict[str, object] = {"count": int(alone.sum()), "places": places}
        found.append(
            Finding("L201", "warning", first["file"], int(first["row"]), "other", first["other"], about)
        )
    return _each_once(frame.loc[~alone].reset_index(drop=True), found)


def _each_once(frame: pd.DataFrame, found: list[Finding]) -> pd.DataFrame:
    """Drop undirected ties that are told again turned round; name those that contradict each other."""
    first: dict[tuple[object, ...], tuple[int, bool, float]] = {}
    turned: dict[str, list[int]] = defaultdict(list)
    dropped = []
    columns = ["place", "other", "weight", "layer", "year", "directed", "file", "row"]
    for at, (place, other, weight, layer, year, directed, file, row) in enumerate(
        frame[columns].itertuples(index=False, name=None)
    ):
        # A year that is blank is NaN, which equals nothing, not even itself.
        when = (layer, year if year == year else "")  # noqa: PLR0124
        known = first.get((place, other, *when))
        back = first.get((other, place, *when))
        if known is not None:
            params = {"what": f"{place}, {other}", "first": known[0]}
            found.append(Finding("M260", "error", str(file), int(row), "other", shown(other), params))
        elif back is not None and not (directed and back[1]):
            if directed != back[1] or weight != back[2]:
                params = {"place": place, "other": other, "first": back[0]}
                found.append(Finding("L202", "error", str(file), int(row), "other", shown(other), params))
            else:
                turned[str(file)].append(int(row))
            dropped.append(at)
        first.setdefault((place, other, *when), (int(row), bool(directed), float(weight)))
    for file, rows in turned.items():
        found.append(Finding("L203", "note", file, rows[0], "other", params={"count": len(rows)}))
    return frame.drop(index=dropped).reset_index(drop=True)
