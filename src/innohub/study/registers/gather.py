"""Gather the registers of a study folder, the names of what they say, and what stands in the five pillars."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import pandas as pd

from innohub.catalog.registers import registers
from innohub.errors import Finding
from innohub.study.columns import fit
from innohub.study.files import Shelf
from innohub.study.registers.asked import Query, check_asked
from innohub.study.registers.pillars import read_pillars
from innohub.study.registers.read import read_register
from innohub.study.report import near, some
from innohub.study.settings import FILE, Configuration
from innohub.study.values import Known

LABELS = "labels"
_KEY = ("ecosystem", "registers", "folder")


@dataclass(frozen=True)
class Registers:
    """The registers of a study.

    Attributes
    ----------
    tables : register to its entries, as :func:`innohub.study.registers.read.read_register` returns them.
    labels : names in both languages of texts in the registers: text, name_zh, name_en, file, row.
    pillars : what stands where in the five pillars: pillar, slot, indicator, register, entry, column, name_zh,
        name_en, file, row; None to take what the catalogue says.
    places : ids of the places of the pillars; empty for all of the registers.
    queries : what is asked of sets, places as ids and words by id.
    """

    tables: Mapping[str, pd.DataFrame]
    labels: pd.DataFrame
    pillars: pd.DataFrame | None = None
    places: tuple[str, ...] = ()
    queries: Mapping[str, Query] = field(default_factory=dict)


def read_registers(
    shelf: Shelf, configuration: Configuration, known: Known, found: list[Finding]
) -> Registers | None:
    """Read every register of the folder; None for a study that asks for none, with a note when there are some."""
    ecosystem = configuration.settings.ecosystem
    section = ecosystem.registers if ecosystem else None
    folder = section.folder if section else "registers"
    names = shelf.listed(folder, _KEY) if section or shelf.has_folder(folder) else None
    if section is None:
        there = [name for name in names or () if _stem(name) in registers()]
        if there:
            found.append(Finding("P111", "note", file=f"{folder}/", params={"names": some(there)}))
        return None
    if names is None:
        return None
    tables = {
        name: read_register(name, table, known.places, known.sources, found)
        for name in registers()
        if (table := shelf.table(f"{folder}/{name}.csv", _KEY, needed=False))
    }
    _check_folder(folder, names, found)
    labels = _labels(shelf, folder, found)
    pillars = read_pillars(shelf, configuration, known, tables, found)
    places, queries = check_asked(configuration, known, tables, found)
    return Registers(tables, labels, pillars, places, queries)


def _stem(name: str) -> str:
    return PurePosixPath(name).stem.casefold()


def _check_folder(folder: str, names: list[str], found: list[Finding]) -> None:
    """Name files that are no register, and a folder without any."""
    known = [*registers(), LABELS]
    for name in names:
        if _stem(name) not in known:
            told = {"near": near(_stem(name), known), "known": tuple(known)}
            found.append(Finding("P110", "warning", file=f"{folder}/{name}", params=told))
    if not any(_stem(name) in registers() for name in names):
        params = {"folder": folder, "known": tuple(f"{name}.csv" for name in registers())}
        found.append(Finding("P112", file=FILE, column=".".join(_KEY), params=params))


def _labels(shelf: Shelf, folder: str, found: list[Finding]) -> pd.DataFrame:
    table = shelf.table(f"{folder}/{LABELS}.csv", _KEY, needed=False)
    frame = fit(table, "labels", found) if table else None
    if frame is None:
        return pd.DataFrame(columns=["text", "name_zh", "name_en", "file", "row"], dtype=object)
    frame["name_zh"] = frame["name_zh"].where(frame["name_zh"] != "", frame["text"])
    frame["name_en"] = frame["name_en"].where(frame["name_en"] != "", frame["text"])
    first: dict[str, int] = {}
    for text, file, row in frame[["text", "file", "row"]].itertuples(index=False):
        if text in first:
            params = {"what": text, "first": first[text]}
            found.append(Finding("M260", "error", file, int(row), "text", text, params))
        first.setdefault(text, int(row))
    return frame
