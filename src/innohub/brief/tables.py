"""What a brief takes from a run: the tables it knows, read without asking whether they are there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

import numpy as np
import pandas as pd

from innohub.errors import InnohubError
from innohub.study.schema import IndexSection, Settings, TiersSection

Definition = Literal["places", "thresholds", "refitted"]
DEFINITIONS: tuple[Definition, ...] = ("places", "thresholds", "refitted")


class RunLike(Protocol):
    """What a brief needs of a run: settings, manifest and tables."""

    @property
    def settings(self) -> Settings:
        """``study.toml`` as it was at the run."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Run id, versions, hashes."""

    def table(self, name: str) -> pd.DataFrame:
        """Return one table of the results."""


TABLES = (
    "places", "indicators", "sources", "panel", "framework", "weights", "steps", "scores", "wins", "tiers",
    "tier_sizes", "tier_limits", "alternatives", "plan", "plan_comparison", "findings",
)  # fmt: skip


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each as a mapping."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def text(value: object) -> str:
    """Return a cell as text; a missing one is empty."""
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - only NaN differs from itself


def read_table(run: RunLike, name: str) -> pd.DataFrame:
    """Return a table of a run, empty where the run does not have it; infinite numbers count as missing."""
    try:
        frame = run.table(name)
    except (InnohubError, KeyError, FileNotFoundError):
        return pd.DataFrame()
    return frame.replace({np.inf: np.nan, -np.inf: np.nan})


@dataclass(frozen=True)
class Tables:
    """The tables of a run behind one index; a table that the run does not have is empty."""

    settings: Settings
    manifest: Mapping[str, Any]
    index: str
    tables: Mapping[str, pd.DataFrame]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, of this index where the table has several."""
        frame = self.tables.get(name, pd.DataFrame())
        return frame[frame["index"] == self.index] if "index" in frame.columns else frame

    def has(self, name: str) -> bool:
        """Say whether a table exists and has rows."""
        return not self.table(name).empty

    @property
    def rule(self) -> IndexSection:
        """The index's own section of ``study.toml``."""
        return self.settings.index[self.index]

    @property
    def tiering(self) -> TiersSection | None:
        """The tiers' section of ``study.toml``, if this index has tiers in the results."""
        section = self.settings.tiers
        return section if section and section.index == self.index and self.has("tiers") else None

    @cached_property
    def root(self) -> str:
        """The top node of the framework."""
        frame = self.table("framework")
        roots = (
            frame.loc[frame["parent"].fillna("") == "", "node"]
            if not frame.empty
            else pd.Series([self.index])
        )
        return str(roots.iloc[0])

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The indicators of the framework, in its order."""
        frame = self.table("framework")
        named = frame.loc[frame["indicator"].fillna("") != "", "indicator"] if not frame.empty else ()
        return tuple(dict.fromkeys(named))
