"""The brief as a Word file: 公文 in the form of GB/T 9704-2012, or the short policy brief."""

import io
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from innohub.brief.files import write_whole
from innohub.brief.model import Block, Brief, Paragraph, Section, Table, plain
from innohub.brief.wordparts import Sheet

COMMON = (
    "Normal", "Heading 1", "Heading 2", "Title", "Subtitle", "Lead", "Masthead", "Caption", "Figure Caption",
    "Table Text", "Table Head", "Note", "Figure", "Annex Title", "Annex Heading", "Method", "Contact",
)  # fmt: skip
STYLES = {
    "gongwen": (*COMMON, "Mark", "Issue", "Rule", "Annex Mark"),
    "policy": (*COMMON, "Message Head", "Message", "Figure Subtitle", "Method Head"),
}
WIDEST = {"gongwen": 150.0, "policy": 140.0}
TALLEST = 112.0


def write_docx(brief: Brief, path: str | Path, template: str | Path | None = None) -> Path:
    """Write the brief as a Word file on the shipped template, or on one with the same styles.

    Raises
    ------
    ModelError
        B005 when the template lacks a style.
    StoreError
        B008 when the file cannot be written.
    """
    name = f"{brief.kind}.docx"
    shipped = files("innohub.brief").joinpath(f"templates/{name}")
    data = Path(template).read_bytes() if template else shipped.read_bytes()
    sheet = Sheet(io.BytesIO(data), str(template or name), STYLES[brief.kind])
    sheet.properties(brief.heading(), brief.masthead.organ, "zh-CN" if brief.language == "zh" else "en-GB")
    _Writer(brief, sheet).write()
    return write_whole(Path(path), sheet.data())


class _Writer:
    """Walks a brief and puts each part on the sheet."""

    def __init__(self, brief: Brief, sheet: Sheet) -> None:
        self.brief = brief
        self.sheet = sheet
        self.counts = {"figure": 0, "table": 0}
        self.gap = " " if brief.language == "en" else ""

    def write(self) -> None:
        """Write every part in its order."""
        if self.brief.kind == "gongwen":
            self._gongwen()
        else:
            self._policy()

    def _gongwen(self) -> None:
        brief, sheet = self.brief, self.sheet
        mast = brief.masthead
        if mast.mark:
            sheet.paragraph(mast.mark, "Mark")
        sheet.paragraph(mast.kind, "Masthead")
        if mast.issue:
            sheet.paragraph(mast.issue, "Issue")
        sheet.paragraph(f"{mast.organ}\t{mast.date}" if mast.organ or mast.date else "", "Rule")
        sheet.paragraph("\n".join(plain(line) for line in brief.title), "Title")
        if brief.subtitle:
            sheet.paragraph(f"——{plain(brief.subtitle)}", "Subtitle")
        sheet.paragraph(plain(brief.lead), "Lead")
        self._sections(brief.sections)
        sheet.paragraph(brief.labels.annex_mark, "Annex Mark")
        sheet.paragraph(brief.labels.annex, "Annex Title")
        self._sections(brief.annex, annex=True)
        if mast.contact:
            sheet.paragraph(brief.labels.contact + mast.contact, "Contact")

    def _policy(self) -> None:
        brief, sheet = self.brief, self.sheet
        mast = brief.masthead
        about = " · ".join(part for part in (mast.organ, mast.issue, mast.mark, mast.date) if part)
        sheet.paragraph(f"{mast.kind}\t{about}" if about else mast.kind, "Masthead")
        sheet.paragraph(brief.heading(), "Title")
        if brief.subtitle:
            sheet.paragraph(plain(brief.subtitle), "Subtitle")
        sheet.paragraph(plain(brief.lead), "Lead")
        if brief.key_messages:
            sheet.paragraph(brief.labels.key_messages, "Message Head")
            for message in brief.key_messages:
                sheet.paragraph(f"•\t{plain(message)}", "Message")
        self._sections(brief.sections[:-1])
        self._options()
        self._sections(brief.sections[-1:])
        sheet.paragraph(brief.labels.method, "Method Head")
        self._method()
        sheet.paragraph(f"{brief.labels.annex_mark}: {brief.labels.annex}", "Annex Title")
        self._sections(brief.annex, annex=True)
        if mast.contact:
            sheet.paragraph(brief.labels.contact + mast.contact, "Contact")

    def _sections(self, sections: Iterable[Section], *, annex: bool = False) -> None:
        for section in sections:
            style = "Annex Heading" if annex else f"Heading {section.level}"
            self.sheet.paragraph(section.number + plain(section.heading), style)
            for block in section.blocks:
                self._block(block, "Method" if annex and self.brief.kind == "gongwen" else "Normal")

    def _block(self, block: Block, style: str) -> None:
        sheet = self.sheet
        if isinstance(block, Paragraph):
            lead = plain(block.lead)
            sheet.paragraph(plain(block.text), style, lead + self.gap if lead else "")
        elif isinstance(block, Table):
            sheet.paragraph(self._named("table", plain(block.caption)), "Caption")
            head = [plain(text) for text in block.head]
            sheet.table(
                head, [[plain(cell) for cell in row] for row in block.rows], block.widths, block.align
            )
            sheet.paragraph(plain(block.note), "Note")
        else:
            caption = self._named("figure", plain(block.caption))
            above = self.brief.kind == "policy"
            if above:
                sheet.paragraph(caption, "Figure Caption")
                sheet.paragraph(plain(block.subtitle), "Figure Subtitle")
            most = min(WIDEST[self.brief.kind], TALLEST * block.width_mm / block.height_mm)
            sheet.picture(block, most)
            if not above:
                sheet.paragraph(caption, "Figure Caption")
            sheet.paragraph(plain(block.note), "Note")

    def _named(self, kind: str, caption: str) -> str:
        self.counts[kind] += 1
        stop = ". " if self.brief.kind == "policy" and self.brief.language == "en" else "  "
        return f"{getattr(self.brief.labels, kind)}{self.counts[kind]}{stop}{caption}"

    def _method(self) -> None:
        for paragraph in self.brief.method:
            self.sheet.paragraph(plain(paragraph.text), "Method", plain(paragraph.lead) + self.gap)

    def _options(self) -> None:
        options = self.brief.options
        if not options:
            return
        self.sheet.paragraph(self.brief.labels.options, "Heading 1")
        rows = [[plain(p) for p in o.parts()] for o in options]
        self.sheet.table(self.brief.labels.option_head, rows, (1.1, 1.3, 0.9, 1.1, 1.2), ("left",) * 5)
        self.sheet.paragraph("", "Note")
