"""Read a published table for an audit: numbers with their decimals and footnote marks, rows of totals set apart."""

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.study.cells import PROBLEMS
from innohub.study.columns import fold
from innohub.study.numbers import INVISIBLE, Number, parse_number
from innohub.study.panel import TOTALS
from innohub.study.report import near, shown
from innohub.study.tables import Table, read_table

Vector = NDArray[np.float64]
_MEANS: Final = frozenset({"平均", "平均值", "均值", "全国平均", "average", "mean", "median", "中位数"})
_POINT = re.compile(r"\d[.．](\d+)")
# A letter after a number of a published table is a note; units are written out.
_LETTER = re.compile(r"[a-z]\)?")
_INSIDE = re.compile(r"(?<=[\d.])[①-⒇*＊†‡※]+(?=[\d.])")
_OUTSIDE = re.compile(r"(?:[①-⒇¹²³⁰⁴-⁹*＊†‡※]|\[\d{1,2}\])+$")
_FULL: Final = 12


@dataclass(frozen=True)
class Column:
    """A column of printed numbers.

    ``values`` (rows,) are NaN where no number is printed; ``decimals`` is the most of any number; ``half`` half a
    unit of the last decimal; ``marks`` (rows,) footnote marks; ``texts`` (rows,) plain numbers as written.
    """

    name: str
    values: Vector
    decimals: int
    half: float
    marks: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """A table as printed: labels and spreadsheet numbers of its rows, and which rows are totals."""

    table: Table
    labels: tuple[str, ...]
    totals: NDArray[np.bool_]
    findings: tuple[Finding, ...]

    @property
    def file(self) -> str:
        """The name of the file in messages."""
        return self.table.file

    def row(self, position: int) -> int:
        """Return the number that a spreadsheet gives a row."""
        return int(self.table.rows[position])

    def find(self, name: str) -> str:
        """Return the head that a name means: as written, else the last level of a head of several levels.

        Raises
        ------
        ModelError
            C100 when no head or more than one matches.
        """
        heads = [str(head) for head in self.table.frame.columns]
        wanted = fold(name)
        for same in (
            [head for head in heads if fold(head) == wanted],
            [head for head in heads if fold(head.rpartition("/")[2]) == wanted],
        ):
            if len(same) == 1:
                return same[0]
        params = {"name": shown(name), "near": near(name, heads)}
        raise ModelError(Finding("C100", file=self.file, value=shown(name), params=params))

    def words(self, name: str) -> tuple[str, ...]:
        """Return the texts of a column."""
        return tuple(str(text).strip() for text in self.table.frame[self.find(name)])

    def numbers(self, name: str, found: list[Finding], decimals: int | None = None) -> Column:
        """Return a column of numbers; cells that are none are named (C106) and left out.

        Raises
        ------
        ModelError
            C114 when the column holds no number.
        """
        head = self.find(name)
        texts = [str(text) for text in self.table.frame[head]]
        read = [_read(text) for text in texts]
        values = np.array([number.value for number in read])
        for position, number in enumerate(read):
            code = PROBLEMS.get(number.problem, "R017" if number.qualifier else "")
            if code and not self.totals[position]:
                told = {"head": head, "reason_code": code}
                where = (self.file, self.row(position), head, shown(texts[position]))
                found.append(Finding("C106", "warning", *where, told))
            if number.problem or number.qualifier:
                values[position] = np.nan
        if not np.isfinite(values[~self.totals]).any():
            raise ModelError(Finding("C114", file=self.file, column=head, params={"name": head}))
        bare = [_bare(text, number) for text, number in zip(texts, read, strict=True)]
        places = _places(bare, values) if decimals is None else decimals
        scale = max((number.scale for number in read if number.scale > 0), default=1.0)
        marks = tuple(number.note or number.unit_hint if _marked(number) else "" for number in read)
        plain = tuple(_plain(text) for text in bare)
        return Column(head, values, places, 0.5 * 10.0**-places * scale, marks, plain)


def read_published(path: str | Path, label: str = "") -> Published:
    """Read a table as it was published.

    Parameters
    ----------
    path : a CSV or XLSX file; ``book.xlsx#Sheet`` names a sheet.
    label : the column that names the rows; without it the first one that holds words.

    Raises
    ------
    RecordError
        When the file cannot be read as a table.
    ModelError
        C100 an unknown label column.
    """
    table = read_table(path)
    nobody = Published(table, (), np.zeros(len(table.rows), dtype=bool), ())
    head = nobody.find(label) if label else _label_head(table)
    labels = tuple(str(text) for text in table.frame[head]) if head else tuple(map(str, table.rows))
    folded = [fold(text.strip("#＃ ")) for text in labels]
    totals = np.array([text in TOTALS or text in _MEANS for text in folded], dtype=bool)
    found = list(table.findings)
    if totals.any():
        rows = tuple(int(row) for row in table.rows[totals])
        names = tuple(shown(label) for label, total in zip(labels, totals, strict=True) if total)
        found.append(
            Finding("C105", "note", table.file, rows[0], params={"names": names, "count": len(rows)})
        )
    return Published(table, labels, totals, tuple(found))


def _label_head(table: Table) -> str:
    """Return the first column in which most cells are words; an empty text where there is none."""
    for head in table.frame.columns:
        texts = [str(text) for text in table.frame[head] if text]
        if texts and sum(parse_number(text).problem == "text" for text in texts) > len(texts) / 2:
            return str(head)
    return ""


def _read(text: str) -> Number:
    """Read a cell; footnote marks that stand inside of a number are taken out and kept as its note."""
    inner = "".join(_INSIDE.findall(text))
    number = parse_number(_INSIDE.sub("", text))
    return replace(number, note=inner + number.note) if inner else number


def _marked(number: Number) -> bool:
    return bool(number.note) or bool(_LETTER.fullmatch(number.unit_hint))


def _bare(text: str, number: Number) -> str:
    """Return a cell without its footnote marks, which would read as further digits."""
    bare = _INSIDE.sub("", text.translate(INVISIBLE)).strip()
    marks = _OUTSIDE.search(bare)
    return unicodedata.normalize("NFKC", bare[: marks.start()] if marks and number.note else bare)


def _places(bare: list[str], values: Vector) -> int:
    """Return the most decimals of any number that was read."""
    known = (text for text, value in zip(bare, values, strict=True) if np.isfinite(value))
    found = (_POINT.search(text) for text in known)
    return min(max((len(match[1]) for match in found if match), default=0), _FULL)


def _plain(text: str) -> str:
    """Return the digits of a cell for exact arithmetic; an empty text where it holds none."""
    match = re.match(r"[+-]?[\d,]*\.?\d+", text)
    return match[0].replace(",", "") if match else ""
