"""Give out result tables as CSV that spreadsheets open safely, or as JSON."""

import csv
import io
import json
import re

import pandas as pd

from innohub.web.reading import plain

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?")


def guard(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers stay as they are.

    Examples
    --------
    >>> [guard(v) for v in ("=1+1", "-0.5", "@sum", "plain", None)]
    ["'=1+1", '-0.5', "'@sum", 'plain', '']
    """
    written = plain(value)
    return f"'{written}" if _FORMULA.match(written) and not _NUMBER.fullmatch(written) else written


def to_csv(table: pd.DataFrame) -> bytes:
    """Write a table as UTF-8 CSV with a byte order mark, so that spreadsheets read Chinese rightly."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(column) for column in table.columns])
    writer.writerows([guard(value) for value in row] for row in table.itertuples(index=False, name=None))
    return out.getvalue().encode("utf-8-sig")


def to_json(table: pd.DataFrame) -> bytes:
    """Write a table as a JSON list of rows; missing values are null."""
    rows = json.loads(table.to_json(orient="records", double_precision=15))
    return json.dumps(rows, ensure_ascii=False, allow_nan=False).encode("utf-8")
