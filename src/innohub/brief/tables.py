"""What a brief takes from a run: the tables it knows, read without asking whether they are there."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

import numpy as np
import pandas as pd

from innohub.errors import InnohubError
from innohub.study.schema import Settings

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
