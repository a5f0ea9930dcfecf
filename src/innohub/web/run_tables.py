"""What the page needs of a run."""

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd

from innohub.study.schema import Settings


class RunTables(Protocol):
    """What the page needs of a run: its tables, its settings and its manifest."""

    @property
    def settings(self) -> Settings:
        """``study.toml`` as it was at the run."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Run id, time, seed, versions."""

    @property
    def table_names(self) -> tuple[str, ...]:
        """The names of the result tables."""

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the results."""
