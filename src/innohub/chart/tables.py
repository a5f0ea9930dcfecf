"""What figures and briefs alike read from a run: tables that may be absent, the index in view, its tiers."""

import re
from typing import Any, Protocol, cast

import numpy as np
import pandas as pd

from innohub.errors import InnohubError
from innohub.study.index_section import IndexSection
from innohub.study.schema import Settings
from innohub.words import Language


class Results(Protocol):
    """What a figure or a brief needs of a run."""

    @property
    def settings(self) -> Settings:
        """``study.toml`` as it was at the run."""

    def table(self, name: str) -> pd.DataFrame:
        """Return one table of the results."""


def read_table(results: Results, name: str) -> pd.DataFrame:
    """Return a table of a run, empty where the run does not have it; infinite numbers count as missing."""
    try:
        frame = results.table(name)
    except (InnohubError, KeyError, FileNotFoundError):
        return pd.DataFrame()
    return frame.replace({np.inf: np.nan, -np.inf: np.nan})


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each as a mapping."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def title_in(title: str, language: Language) -> str:
    """Return the part of a title in a language where it is given in Chinese and, in brackets, in English.

    >>> title_in("统计年鉴 [Yearbook], 2015", "en"), title_in("Yearbook", "zh")
    ('Yearbook, 2015', 'Yearbook')
    """
    match = re.fullmatch(r"([^\[\]]*[㐀-鿿][^\[\]]*?)\s*\[([^\[\]㐀-鿿]*)\](.*)", title)
    return title if not match else match[1 if language == "zh" else 2] + match[3]


def number(frame: pd.DataFrame, row: object, column: object) -> float:
    """Return one cell of a table as a number."""
    return float(cast("float", frame.loc[row, column]))  # type: ignore[index]


def of_index(frame: pd.DataFrame, index: str) -> pd.DataFrame:
    """Return the rows of one index and of none, of a table that may hold several."""
    # of a model of efficiency, "index" is the measured change of productivity
    named = "index" in frame.columns and "efficiency" not in frame.columns
    return frame[frame["index"].fillna("").isin(("", index))] if named else frame


def chosen_index(settings: Settings, index: str | None = None) -> str:
    """Return the index to show: the one asked for, else the tiers' index, else the first; empty without any."""
    return index or (settings.tiers.index if settings.tiers else next(iter(settings.index), ""))


def root_node(framework: pd.DataFrame, index: str) -> str:
    """Return the top node of the framework of an index."""
    if framework.empty:
        return index
    roots = framework.loc[framework["parent"].fillna("") == "", "node"]
    return str(roots.iloc[0]) if len(roots) else index


def ranking(scores: pd.DataFrame, root: str, year: int) -> pd.DataFrame:
    """Return the scored places of the study's year, else of the last one, best first, indexed by place."""
    if scores.empty:
        return scores
    rows = scores[scores["node"] == root].dropna(subset=["score", "rank"])
    shown = year if (rows["year"] == year).any() else rows["year"].max()
    rows = rows[rows["year"] == shown]
    return rows.sort_values(["rank", "place"], kind="stable").set_index("place")


def assigned_tiers(tiers: pd.DataFrame) -> dict[str, str]:
    """Return the tier of each place that has one."""
    if tiers.empty:
        return {}
    rows = tiers[tiers["assigned"].astype(bool)].drop_duplicates("place")
    return dict(zip(rows["place"], rows["tier"], strict=True))


def varied(section: IndexSection, indicators: pd.DataFrame) -> tuple[str, ...]:
    """Return what the draws of an index vary, errors of the indicators' own included."""
    errors = "noise" in indicators and bool(indicators["noise"].gt(0).any())
    return section.varied(errors=errors)


def common_kind(kinds: pd.Series) -> str:
    """Return what places are called: ``city`` or ``country`` where all of them are, else ``region``."""
    found = set(kinds)
    return str(next(iter(found))) if len(found) == 1 and found <= {"city", "country"} else "region"


def in_sentence(name: str, language: Language) -> str:
    """Return the name of a tier as it stands within a sentence.

    >>> in_sentence("National", "en"), in_sentence("EU", "en"), in_sentence("国家级", "zh")
    ('national', 'EU', '国家级')
    """
    return name if language == "zh" or name.isupper() else name[:1].lower() + name[1:]
