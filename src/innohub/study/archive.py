"""Look into an .xlsx before it is opened: its real size, its extent, and cells whose text readers lose."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from innohub.study.grid import CELL_CHARACTERS, TEXT_BYTES, guard_cells, refuse
from innohub.study.report import shown

_BOMB_BYTES, _BOMB_RATIO = 50_000_000, 200
_BLOCK = 1 << 20
_ROW_BYTES = 64_000_000
_SMALL_PART = 8_000_000

_COLUMN = re.compile(rb'\sr="([A-Z]{1,3})(?=\d)')
_ROW = re.compile(rb'\sr="[A-Z]{0,3}(\d{1,7})"')
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_REFERENCE = rb'[^>]*?\br="([A-Z]{1,3}\d{1,7})"'
_BROKEN = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")'
    + _REFERENCE
    + rb"[^>]*(?<!/)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")'
    + _REFERENCE
    + rb"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass
class Sheet:
    """What the raw XML of a sheet says that a reader of values does not."""

    rows: int = 0
    columns: int = 0
    empty_formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: list[tuple[int, int]] = field(default_factory=list)


def guard_archive(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse a workbook that unpacks to an absurd size, by its directory and by unpacking its parts.

    Raises
    ------
    RecordError
        F009, or R009 for a text cell of absurd length.
    """
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    if total > TEXT_BYTES or (total > _BOMB_BYTES and total / packed > _BOMB_RATIO):
        raise refuse(file, "F009", size=round(total / 1e6), limit=round(TEXT_BYTES / 1e6))
    unpacked = 0
    for part in parts:
        # A directory can lie about sizes: read to the true end, counting.
        part.file_size = TEXT_BYTES + 2 * _BLOCK
        if not part.filename.endswith((".xml", ".rels")):
            continue
        for block in _blocks(archive, part, file):
            unpacked += len(block)
            if unpacked > TEXT_BYTES:
                raise refuse(file, "F009", size=round(unpacked / 1e6), limit=round(TEXT_BYTES / 1e6))


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> Iterator[bytes]:
    try:
        with archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                yield block
    except Exception as problem:  # a forged archive makes the unpackers fail in every way there is
        raise refuse(file, "F010", problem=shown(problem) or "-") from None


def longest_text(archive: zipfile.ZipFile, file: str) -> int:
    """Return the bytes of the longest shared text of a workbook."""
    name = next((name for name in archive.namelist() if name.lower() == "xl/sharedstrings.xml"), None)
    if name is None:
        return 0
    longest, run = 0, 0
    for block in _blocks(archive, archive.getinfo(name), file):
        pieces = block.split(b"</si>")
        for piece in pieces[:-1]:
            longest, run = max(longest, run + len(piece)), 0
        run += len(pieces[-1])
    return max(longest, run if longest == 0 else 0)


def sheet_parts(archive: zipfile.ZipFile, file: str) -> dict[str, str]:
    """Return the archive member of each sheet by the sheet's name."""
    names = {name.lower(): name for name in archive.namelist()}
    book = _small(archive, names.get("xl/workbook.xml"), file)
    links = _small(archive, names.get("xl/_rels/workbook.xml.rels"), file)
    if book is None or links is None:
        return {}
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    sheets: dict[str, str] = {}
    for sheet in book.iter():
        if not sheet.tag.endswith("}sheet"):
            continue
        target = targets.get(next((v for k, v in sheet.attrib.items() if k.endswith("}id")), ""), "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if member.lower() in names:
            sheets[sheet.get("name", "")] = names[member.lower()]
    return sheets


def _small(archive: zipfile.ZipFile, name: str | None, file: str) -> ElementTree.Element | None:
    if name is None:
        return None
    data = b""
    for block in _blocks(archive, archive.getinfo(name), file):
        data += block
        if len(data) > _SMALL_PART:
            raise refuse(file, "F010", problem=name)
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as problem:
        raise refuse(file, "F010", problem=shown(problem) or "-") from None


def percent_styles(archive: zipfile.ZipFile, file: str) -> list[str]:
    """Return the style numbers that show a value as a percentage."""
    name = next((name for name in archive.namelist() if name.lower() == "xl/styles.xml"), None)
    root = _small(archive, name, file)
    if root is None:
        return []
    custom = {
        node.get("numFmtId"): node.get("formatCode", "")
        for node in root.iter()
        if node.tag.endswith("}numFmt")
    }
    percent = {"9", "10"} | {number for number, code in custom.items() if "%" in code}
    formats = next((node for node in root.iter() if node.tag.endswith("}cellXfs")), ())
    return [str(place) for place, style in enumerate(formats) if style.get("numFmtId") in percent]


def scan_sheet(archive: zipfile.ZipFile, member: str, file: str) -> Sheet:
    """Walk once over the XML of a sheet.

    Raises
    ------
    RecordError
        R010 when the cells span more than the limit (a single far cell is enough).
    """
    sheet = Sheet()
    styles = percent_styles(archive, file)
    percent = re.compile(
        rb'<(?:\w+:)?c\b(?=[^>]*\bs="(?:'
        + "|".join(styles).encode()
        + rb')")(?![^>]*\bt="(?!n"))'
        + _REFERENCE
    )
    texts = 0
    for piece in _rows(archive, member, file):
        texts += piece.count(b't="s"')
        _measure(sheet, piece)
        if b"<f" in piece or b":f" in piece:
            sheet.empty_formulas += [_position(ref) for ref in _FORMULA.findall(piece)]
        if b't="e"' in piece:
            for ref, text in _BROKEN.findall(piece):
                sheet.errors[_position(ref)] = text.decode("utf-8", "replace")
        if styles:
            sheet.percents += [_position(ref) for ref in percent.findall(piece)]
        guard_cells(sheet.rows, sheet.columns, file)
    longest = longest_text(archive, file)
    # Readers copy a shared text into each of its cells.
    if longest > CELL_CHARACTERS * 6 or longest * texts > 4 * TEXT_BYTES:
        raise refuse(file, "R009", limit=f"{CELL_CHARACTERS:,}")
    return sheet


def _rows(archive: zipfile.ZipFile, member: str, file: str) -> Iterator[bytes]:
    """Yield the XML of a sheet in pieces that end with whole rows."""
    tail = b""
    for block in _blocks(archive, archive.getinfo(member), file):
        tail += block
        end = max(tail.rfind(b"</row>"), tail.rfind(b":row>"))
        if end >= 0:
            yield tail[: end + 6]
            tail = tail[end + 6 :]
        elif len(tail) > _ROW_BYTES:
            raise refuse(file, "R009", limit=f"{CELL_CHARACTERS:,}")
    yield tail


def _measure(sheet: Sheet, piece: bytes) -> None:
    """Widen the extent of a sheet by a piece of it."""
    columns = _COLUMN.findall(piece)
    sheet.columns = max([sheet.columns, *(_number(name) for name in set(columns))])
    sheet.rows = max([sheet.rows, *(int(row) for row in set(_ROW.findall(piece)))])
    if len(_CELL.findall(piece)) > len(columns):
        rows = re.split(rb"<(?:\w+:)?row\b", piece)
        sheet.columns = max([sheet.columns, *(len(_CELL.findall(row)) for row in rows)])
        sheet.rows += len(rows)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _position(reference: bytes) -> tuple[int, int]:
    letters = reference.rstrip(b"0123456789")
    return int(reference[len(letters) :]) - 1, _number(letters) - 1
