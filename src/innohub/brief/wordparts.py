"""Pieces of a Word file: runs with their East Asian font, tables with repeated heads, pictures with descriptions."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from innohub.brief.model import Align, Figure
from innohub.errors import Finding, ModelError

# a table of so many rows stays on one page
WHOLE = 16


@dataclass(frozen=True)
class Faces:
    """The fonts of one style as its definition names them."""

    latin: str
    east: str


class Sheet:
    """A Word file in the making: thin verbs over python-docx, each run with its fonts."""

    def __init__(self, template: io.BytesIO, name: str, wanted: Sequence[str]) -> None:
        self.document: Any = Document(template)
        known = {style.name: style for style in self.document.styles}
        for style in wanted:
            if style not in known:
                raise ModelError(Finding("B005", params={"style": style, "template": name}))
        self._faces = {style: _faces(known[style]) for style in wanted}
        section: Any = self.document.sections[0]
        self.width = int(section.page_width.twips - section.left_margin.twips - section.right_margin.twips)

    def paragraph(self, text: str, style: str, lead: str = "", *, where: Any = None) -> Any:
        """Add a paragraph; ``lead`` is set bold before the text; line feeds and tabs are kept."""
        paragraph = (where or self.document).add_paragraph(style=style)
        if lead:
            self._run(paragraph, lead, style).bold = True
        if text:
            self._run(paragraph, text, style)
        return paragraph

    def _run(self, paragraph: Any, text: str, style: str) -> Any:
        run = paragraph.add_run(text)
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        faces = self._faces[style]
        names = {"ascii": faces.latin, "hAnsi": faces.latin, "eastAsia": faces.east, "cs": faces.latin}
        for name, face in names.items():
            fonts.set(qn(f"w:{name}"), face)
        if any(sign >= "\u2e80" for sign in text):
            # quotation marks and dashes exist in both worlds: the hint makes Word take the Chinese ones
            fonts.set(qn("w:hint"), "eastAsia")
        return run

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        align: Sequence[Align],
    ) -> None:
        """Add a three-rule table whose head is repeated on every page and whose rows stay whole."""
        total = sum(widths)
        twips = [round(self.width * width / total) for width in widths]
        table = self.document.add_table(rows=0, cols=len(head))
        table.autofit = False
        _table_properties(table, self.width)
        for column, width in zip(table.columns, twips, strict=True):
            column.width = Twips(width)
        for position, row in enumerate([head, *rows]):
            style = "Table Head" if position == 0 else "Table Text"
            self._row(table, row, twips, align, style, last=position == len(rows), keep=len(rows) <= WHOLE)

    def _row(
        self,
        table: Any,
        row: Sequence[str],
        twips: Sequence[int],
        align: Sequence[Align],
        style: str,
        *,
        last: bool,
        keep: bool,
    ) -> None:
        added = table.add_row()
        properties = added._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if style == "Table Head":
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width, side in zip(added.cells, row, twips, align, strict=True):
            cell.width = Twips(width)
            cell.vertical_alignment = 1
            if style == "Table Head":
                _cell_borders(cell, top=12, bottom=6)
            elif last:
                _cell_borders(cell, bottom=12)
            paragraph = cell.paragraphs[0]
            paragraph.style = self.document.styles[style]
            paragraph.paragraph_format.keep_with_next = True if keep and not last else None
            if text:
                self._run(paragraph, text, style)
            if side == "center" or style != "Table Head":
                paragraph.alignment = {"left": 0, "center": 1, "right": 2}[side]

    def picture(self, figure: Figure, most_mm: float) -> None:
        """Add a picture in a paragraph of its own, with its description for readers who do not see it."""
        paragraph = self.document.add_paragraph(style="Figure")
        # what is said under a picture stays on its page
        paragraph.paragraph_format.keep_with_next = True
        width = min(figure.width_mm, most_mm, self.width / 56.7)
        shape = paragraph.add_run().add_picture(io.BytesIO(figure.png), width=Mm(width))
        shape._inline.docPr.set("descr", figure.alt)
        shape._inline.docPr.set("name", figure.id)

    def properties(self, title: str, author: str, language: str) -> None:
        """Set the file's properties."""
        core = self.document.core_properties
        core.title, core.author, core.language = title[:255], author[:255], language

    def data(self) -> bytes:
        """Return the file; the same content gives the same bytes."""
        stream = io.BytesIO()
        self.document.save(stream)
        fixed = io.BytesIO()
        with zipfile.ZipFile(stream) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                plain = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
                target.writestr(plain, source.read(entry), zipfile.ZIP_DEFLATED)
        return fixed.getvalue()


def _faces(style: Any) -> Faces:
    fonts = style.element.rPr.rFonts if style.element.rPr is not None else None
    latin = fonts.get(qn("w:ascii"), "") if fonts is not None else ""
    return Faces(latin, fonts.get(qn("w:eastAsia"), "") if fonts is not None else "")


def _table_properties(table: Any, width: int) -> None:
    properties = table._tbl.tblPr
    size = properties.find(qn("w:tblW"))
    if size is None:
        size = OxmlElement("w:tblW")
        properties.append(size)
    size.set(qn("w:type"), "dxa")
    size.set(qn("w:w"), str(width))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "50")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.addprevious(margins)
    else:
        properties.append(margins)


def _cell_borders(cell: Any, **edges: int) -> None:
    borders = OxmlElement("w:tcBorders")
    for edge, size in edges.items():
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = cell._tc.get_or_add_tcPr()
    before = properties.find(qn("w:vAlign"))
    if before is not None:
        before.addprevious(borders)
    else:
        properties.append(borders)
