"""Read a text whose claims are to be checked: plain text, Markdown, Word, PDF; each paragraph with its position."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from innohub.errors import Finding, RecordError
from innohub.study.encoding import decode, find_garbled
from innohub.study.grid import guard_file, refuse
from innohub.study.printed import Pages, read_pdf, read_word
from innohub.study.wrapped import Line, unwrap

MOST_CHARACTERS = 2_000_000
_MARKED = re.compile(r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_BOOKMARK = re.compile(r"\[(?:bookmark|image):[^\]]*\]")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its line ends joined; ``starts`` are the offsets at which its ``lines`` (their numbers) begin.

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


_READERS: Mapping[str, Callable[[bytes, str, list[Finding]], Pages]] = {
    ".txt": _plain, ".md": _markdown, ".markdown": _markdown, ".docx": read_word, ".pdf": read_pdf,
}  # fmt: skip
