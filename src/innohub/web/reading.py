"""Read cells of result tables as plain JSON values."""

import math
from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from innohub.catalog import parse_spec
from innohub.catalog.methods import Family
from innohub.errors import InnohubError
from innohub.web.run_tables import RunTables
from innohub.web.schema_basic import Method, Text
from innohub.words import LANGUAGES


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    return cast("list[dict[str, Any]]", table.to_dict(orient="records"))


def optional(run: RunTables, name: str) -> pd.DataFrame:
    """Return a table that only some studies have; an empty one where it is missing."""
    try:
        return run.table(name)
    except (KeyError, FileNotFoundError, InnohubError):
        return pd.DataFrame()


def plain(value: object) -> str:
    """Return a text; an empty one for a missing value."""
    return (
        ""
        if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))
        else str(value)
    )


def listed(value: object) -> list[str]:
    """Return the parts of a text that semicolons separate."""
    return [part for part in plain(value).split(";") if part]


def number(value: Any) -> float | None:
    """Return a finite number, else ``None``."""
    return None if not plain(value) or not math.isfinite(float(value)) else float(value)


def short(value: Any) -> float | None:
    """Return a finite number in seven significant digits, as many as a chart can use, else ``None``."""
    found = number(value)
    return None if found is None else float(f"{found:.7g}")


def whole(value: Any) -> int | None:
    """Return a whole number, else ``None``."""
    found = number(value)
    return None if found is None else round(found)


def text(row: Mapping[str, Any], stem: str) -> Text:
    """Return the two language columns of a row; each fills in for the other, a single column for both."""
    both = plain(row.get(stem))
    zh, en = (plain(row.get(f"{stem}_{language}")) or both for language in LANGUAGES)
    return Text(zh=zh or en, en=en or zh)


def flat(tree: Mapping[str, Any], stem: str = "") -> dict[str, str]:
    """Flatten a table of texts to dotted keys.

    Examples
    --------
    >>> flat({"view": {"map": "Map"}, "share": "Share"})
    {'view.map': 'Map', 'share': 'Share'}
    """
    found: dict[str, str] = {}
    for key, value in tree.items():
        found.update(
            flat(value, f"{stem}{key}.") if isinstance(value, Mapping) else {f"{stem}{key}": str(value)}
        )
    return found


def describe(spec: str, family: Family) -> Method:
    """Describe a method of the catalogue in both languages."""
    parsed = parse_spec(spec, family)
    entry = parsed.method
    return Method(
        spec=str(parsed),
        title=Text(zh=entry.title("zh"), en=entry.title("en")),
        note=Text(zh=entry.note["zh"], en=entry.note["en"]),
        citation=entry.citation,
    )
