"""Read the column transform of the table of indicators: what is done to a value before it is normalised."""

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.columns import fold
from innohub.study.report import near, shown

CONTEXT = "context"
_NAMES = {
    "": ("none", "-", "–", "无", "不变换"),
    "log": ("ln", "log", "logarithm", "natural logarithm", "对数", "自然对数", "取对数"),
    "sqrt": ("sqrt", "square root", "root", "平方根", "开方", "开平方"),
    CONTEXT: ("context", "背景", "背景指标"),
}
_WORDS = {fold(word): kind for kind, words in _NAMES.items() for word in words}
_LEAST = {"log": "> 0", "sqrt": "≥ 0"}


def read_transforms(frame: pd.DataFrame, found: list[Finding]) -> None:
    """Turn what the column says into ``log``, ``sqrt`` or blank, in place; bounds and targets must be inside.

    Low, high and target are in the unit of the indicator and are transformed with it.
    """
    texts = frame["transform"].tolist()
    kinds = [_WORDS.get(fold(text), "" if not text else None) for text in texts]
    for at, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        if kind is None:
            params = {"id": shown(frame["indicator"].iloc[at]), "near": near(text, ("log", "sqrt", CONTEXT))}
            found.append(Finding("C199", "error", *_where(frame, at), "transform", shown(text), params))
    frame["transform"] = ["" if kind in (None, CONTEXT) else kind for kind in kinds]
    for column in ("low", "high", "target"):
        numbers = frame[column].to_numpy(dtype=float)
        for at, kind in enumerate(frame["transform"]):
            if kind and (numbers[at] < 0 or (kind == "log" and numbers[at] == 0)):
                params = {"id": shown(frame["indicator"].iloc[at]), "transform": kind, "limit": _LEAST[kind]}
                found.append(Finding("C200", "error", *_where(frame, at), column, f"{numbers[at]:g}", params))
                frame.loc[frame.index[at], column] = np.nan


def _where(frame: pd.DataFrame, at: int) -> tuple[str, int]:
    """Return the file and row of an indicator."""
    return str(frame["file"].iloc[at]), int(frame["row"].iloc[at])
