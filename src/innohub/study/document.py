"""Read a text whose claims are to be checked: plain text, Markdown, Word, PDF; each paragraph with its position."""

import io
import re
import warnings
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from innohub.errors import Finding, RecordError
from innohub.study.encoding import decode, find_garbled
from innohub.study.grid import guard_file, refuse
from innohub.study.wrapped import Line, unwrap

MOST_CHARACTERS = 2_000_000
_MARKED = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_BOOKMARK = re.compile(r"\[(?:bookmark|image):[^\]]*\]")
# A page of fewer characters than this holds a page number or a stamp, not text.
_PAGE_TEXT = 12


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its line ends joined; ``starts`` are the offsets at which its lines begin, ``lines`` their numbers.

    A line is counted in the file for texts, as the number of the paragraph in a Word file, within its page in a PDF.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    page: int | None = None

    def line(self, offset: int) -> int:
        """Return the line in which an offset of the text stands."""
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)]


@dataclass(frozen=True)
class Document:
    """A text as read: paragraphs in order, what was found while reading, the digest of the file."""

    file: str
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]
    digest: str


def read_document(path: str | Path) -> Document:
    """Read a ``.txt``, ``.md``, ``.docx`` or ``.pdf`` file.

    Raises
    ------
    RecordError
        C130 not there, C131 another kind of file, C132 a PDF of pictures only, C133 a damaged or locked file,
        C135 no text, C136 far too long; F007, F008, F012, F018, F021 as for any file.
    """
    path = Path(path)
    file = path.name
    if not path.exists():
        raise refuse(str(path), "C130")
    if path.suffix.lower() not in _READERS:
        raise refuse(str(path), "C131", kind=path.suffix or "–")
    guard_file(path, file)
    data = path.read_bytes()
    found: list[Finding] = []
    pages = list(_READERS[path.suffix.lower()](data, file, found))
    if sum(len(line.text) for _, lines in pages for line in lines) > MOST_CHARACTERS:
        raise refuse(file, "C136", limit=f"{MOST_CHARACTERS:,}")
    rows: list[Line] = []
    paragraphs: list[Paragraph] = []
    for page, lines in pages:
        joined, tables = unwrap(lines)
        rows += tables
        paragraphs += [Paragraph(text, starts, numbers, page) for text, starts, numbers in joined]
    if not paragraphs:
        raise refuse(file, "C135")
    found += find_garbled(((p.lines[0], p.text) for p in paragraphs), file)
    if any(finding.level == "error" for finding in found):
        raise RecordError([finding for finding in found if finding.level == "error"])
    if rows:
        found.append(Finding("C141", "note", file, rows[0].number, params={"count": len(rows)}))
    return Document(file, tuple(paragraphs), tuple(found), sha256(data).hexdigest())


Pages = Iterator[tuple[int | None, list[Line]]]


def _plain(data: bytes, file: str, found: list[Finding]) -> Pages:
    text, encoding = decode(data, file)
    if encoding == "gb18030":
        found.append(Finding("F017", "note", file=file))
    yield None, [Line(number, _BOOKMARK.sub("", line)) for number, line in enumerate(text.splitlines(), 1)]


def _markdown(data: bytes, file: str, found: list[Finding]) -> Pages:
    for page, lines in _plain(data, file, found):
        kept, fenced = [], False
        for line in lines:
            fenced ^= line.text.lstrip().startswith(("```", "~~~"))
            is_row = line.text.lstrip().startswith("|")
            text = "" if fenced or is_row else _MARKED.sub("", _LINKED.sub(r"\1", line.text))
            # A heading is a paragraph of its own, whatever stands next to it.
            gaps = [Line(line.number, "")] if line.text.lstrip().startswith("#") else []
            kept += [*gaps, Line(line.number, text), *gaps]
        yield page, kept


def _word(data: bytes, file: str, found: list[Finding]) -> Pages:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.text.paragraph import Paragraph as WordParagraph

    try:
        content = docx.Document(io.BytesIO(data))
        blocks = list(content.iter_inner_content())
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        raise refuse(file, "C133") from None
    lines = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, WordParagraph):
            lines += [Line(number, block.text.replace("\n", " ")), Line(number, "")]
        else:
            lines += [
                Line(number, "\t".join(cell.text for cell in row.cells), is_row=True) for row in block.rows
            ]
    yield None, lines


def _pdf(data: bytes, file: str, found: list[Finding]) -> Pages:
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[tuple[int, list[Line]]] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise refuse(file, "C134")
            for number, page in enumerate(reader.pages, 1):
                lines = page.extract_text().splitlines()
                pages.append((number, [Line(at, line) for at, line in enumerate(lines, 1)]))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, NotImplementedError, RecursionError):
        raise refuse(file, "C133") from None
    empty = [number for number, lines in pages if sum(len(line.text) for line in lines) < _PAGE_TEXT]
    if len(empty) == len(pages):
        raise refuse(file, "C132", count=len(pages))
    if empty:
        found.append(
            Finding("C137", "warning", file, params={"pages": tuple(empty[:20]), "count": len(empty)})
        )
    yield from pages


_READERS: Mapping[str, Callable[[bytes, str, list[Finding]], Pages]] = {
    ".txt": _plain, ".md": _markdown, ".markdown": _markdown, ".docx": _word, ".pdf": _pdf,
}  # fmt: skip
