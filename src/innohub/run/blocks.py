"""Blocks: the tables of one step, kept under the fingerprint of all that they depend on."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from innohub.errors import Finding
from innohub.run import store
from innohub.words import LANGUAGES

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Outcome:
    """A step's tables and warnings, its fingerprint, and whether it was computed in this run."""

    step: str
    fingerprint: str
    tables: Tables
    computed: bool


def read_block(block: Path) -> Tables | None:
    """Read a finished block; a damaged one counts as missing."""
    if not block.is_dir():
        return None
    try:
        return store.read_tables(block)
    except (OSError, ValueError):
        return None


@contextmanager
def replacing(block: Path) -> Iterator[Path]:
    """Write a block whole, in place of a stale or damaged one."""
    if block.exists():
        shutil.rmtree(block)
    with store.appearing(block) as folder:
        yield folder


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table with their titles and hints in both languages."""
    columns = ["code", "level", "file", "row", "column", "value", "zh", "en", "hint_zh", "hint_en"]
    rows = [
        (
            f.code, f.level, f.file, f.row, f.column, f.value,
            *(f.text(part, language) for part in ("title", "hint") for language in LANGUAGES),
        )
        for f in findings
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype({"row": "Int64"})
