"""Take the text out of Word and PDF files."""

import io
import logging
import warnings
import zipfile
from collections.abc import Iterator

import docx
import pypdf
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph as WordParagraph
from pypdf.errors import PyPdfError

from innohub.errors import Finding
from innohub.study.grid import refuse
from innohub.study.wrapped import Line

Pages = Iterator[tuple[int | None, list[Line]]]
# A page of fewer characters than this holds a page number or a stamp, not text.
_PAGE_TEXT = 12
# What damaged files make the two libraries raise, besides their own errors.
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, NotImplementedError, RecursionError)


def read_word(data: bytes, file: str, found: list[Finding]) -> Pages:
    """Read a Word file: its paragraphs, numbered as they come, and the rows of its tables."""
    try:
        blocks = list(docx.Document(io.BytesIO(data)).iter_inner_content())
    except (PackageNotFoundError, zipfile.BadZipFile, *_BROKEN):
        raise refuse(file, "C133") from None
    lines = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, WordParagraph):
            lines += [Line(number, block.text.replace("\n", " ")), Line(number, "")]
        else:
            texts = ("\t".join(cell.text for cell in row.cells) for row in block.rows)
            lines += [Line(number, text, is_row=True) for text in texts]
    yield None, lines


def read_pdf(data: bytes, file: str, found: list[Finding]) -> Pages:
    """Read a PDF page by page; pages without text are named, a PDF without any is refused."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pages = _pages(data, file)
    except (PyPdfError, *_BROKEN):
        raise refuse(file, "C133") from None
    empty = [page for page, lines in pages if sum(len(line.text) for line in lines) < _PAGE_TEXT]
    if len(empty) == len(pages):
        raise refuse(file, "C132", count=len(pages))
    if empty:
        params = {"pages": tuple(empty[:20]), "count": len(empty)}
        found.append(Finding("C137", "warning", file, params=params))
    yield from pages


def _pages(data: bytes, file: str) -> list[tuple[int, list[Line]]]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise refuse(file, "C134")
    texts = (page.extract_text().splitlines() for page in reader.pages)
    return [(page, [Line(n, line) for n, line in enumerate(lines, 1)]) for page, lines in enumerate(texts, 1)]
