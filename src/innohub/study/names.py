"""Resolve what a table calls a place, an indicator or a source: by id, else by an unambiguous name."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, Level
from innohub.study.columns import fold, split_unit
from innohub.study.report import NONE, shown

OFFERS = 50


@dataclass(frozen=True)
class Names:
    """The ids of one kind of thing and every name that leads to them."""

    ids: Mapping[str, str]
    by_name: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    unknown_code: str

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids that a text may mean: none, one, or several when a name is shared."""
        if text in self.ids:
            return (text,)
        key = fold(text)
        return self.by_name.get(key) or self.by_name.get(fold(split_unit(text)[0]), ())

    def near(self, text: str) -> tuple[str, ...]:
        """Name the nearest known things: ids, each with its name."""
        hits = difflib.get_close_matches(fold(text)[:60], self.by_name, n=5, cutoff=0.45)
        ids = list(dict.fromkeys(key for hit in hits for key in self.by_name[hit]))[:3] or list(self.ids)[:6]
        more = ["…"] if not hits and len(self.ids) > 6 else []
        return (*(self.labels.get(key, key) for key in ids), *more) or NONE


def names_of(table: pd.DataFrame, column: str, unknown_code: str) -> Names:
    """Gather the ids and names of a table of places, indicators or sources."""
    ids = {text: text for text in table[column] if text}
    by_name: dict[str, dict[str, None]] = {}
    labels: dict[str, str] = {}
    named = [name for name in ("name_zh", "name_en") if name in table]
    for key, *titles in table[[column, *named]].itertuples(index=False):
        for title in (key, *titles):
            for form in {fold(title), fold(split_unit(title)[0])} - {""}:
                by_name.setdefault(form, {})[key] = None
        title = next((title for title in titles if title and title != key), "")
        labels.setdefault(key, f"{key} ({title})" if title else key)
    # An id outranks a name that looks the same.
    exact = {fold(key): (key,) for key in ids}
    return Names(ids, {name: tuple(keys) for name, keys in by_name.items()} | exact, labels, unknown_code)


def resolve(frame: pd.DataFrame, column: str, names: Names, found: list[Finding]) -> NDArray[np.object_]:
    """Return the id of each text of a column, "" where there is none; each distinct text is looked at once.

    Unknown and ambiguous texts are errors, names used instead of ids are notes; each says where it stands first.
    """
    codes, distinct = pd.factorize(frame[column].to_numpy())
    ids = np.array([_one(text, names) for text in distinct], dtype=object)
    counts = np.bincount(codes, minlength=len(distinct))
    _, first = np.unique(codes, return_index=True)
    files, rows = frame["file"].to_numpy(), frame["row"].to_numpy()
    odd = [place for place, text in enumerate(distinct) if ids[place] != text]
    for nth, place in enumerate(odd):
        hits = names.find(distinct[place])
        code = "P004" if len(hits) == 1 else "P005" if hits else names.unknown_code
        # Comparing thousands of unknown texts with every name would take minutes and help nobody.
        offer = names.near(distinct[place]) if not hits and nth < OFFERS else NONE
        params = {"count": int(counts[place]), "id": hits, "near": offer}
        level: Level = "note" if code == "P004" else "error"
        file, row = files[first[place]], rows[first[place]]
        found.append(Finding(code, level, file, int(row), column, shown(distinct[place]), params))
    return ids[codes] if len(distinct) else np.full(len(frame), "", dtype=object)


def _one(text: str, names: Names) -> str:
    hits = names.find(text) if text else ()
    return hits[0] if len(hits) == 1 else ""
