"""The brief as Markdown: plain enough for a mail or a wiki."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from innohub.brief.files import write_whole
from innohub.brief.model import Block, Brief, Paragraph, Section, Table, plain


def write_markdown(brief: Brief, path: str | Path) -> Path:
    """Write the brief as Markdown; figures are named by their descriptions."""
    return write_whole(Path(path), markdown(brief).encode())


def markdown(brief: Brief) -> str:
    """Return the whole text."""
    return "\n\n".join(part for part in _parts(brief) if part) + "\n"


def _parts(brief: Brief) -> Iterator[str]:
    yield f"# {_safe(brief.heading())}"
    yield f"*{_safe(plain(brief.subtitle))}*" if brief.subtitle else ""
    yield _safe(plain(brief.lead))
    if brief.key_messages:
        yield f"## {brief.labels.key_messages}"
        yield "\n".join(f"- {_safe(plain(message))}" for message in brief.key_messages)
    yield from _sections(brief, brief.sections, 1)
    if brief.options:
        yield f"## {brief.labels.options}"
        rows = [[plain(p) for p in o.parts()] for o in brief.options]
        yield _grid(brief.labels.option_head, rows)
    yield f"## {brief.labels.method}" if brief.method else ""
    yield from (_block(brief, paragraph) for paragraph in brief.method)
    yield f"## {brief.labels.annex}"
    yield from _sections(brief, brief.annex, 1)


def _sections(brief: Brief, sections: Iterable[Section], deeper: int) -> Iterator[str]:
    for section in sections:
        yield f"{'#' * (section.level + deeper)} {section.number}{_safe(plain(section.heading))}"
        yield from (_block(brief, block) for block in section.blocks)


def _block(brief: Brief, block: Block) -> str:
    gap = " " if brief.language == "en" else ""
    if isinstance(block, Paragraph):
        lead = f"**{_safe(plain(block.lead))}**{gap or ' '}" if block.lead else ""
        return lead + _safe(plain(block.text))
    if isinstance(block, Table):
        rows = [[plain(cell) for cell in row] for row in block.rows]
        grid = _grid(tuple(plain(text) for text in block.head), rows)
        note = f"\n\n{_safe(plain(block.note))}" if block.note else ""
        return f"**{_safe(plain(block.caption))}**\n\n{grid}{note}"
    return f"*{_safe(plain(block.caption))}* — {_safe(block.alt)}"


def _grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *[list(row) for row in rows]]
    text = [f"| {' | '.join(_safe(cell).replace('|', chr(92) + '|') for cell in line)} |" for line in lines]
    return "\n".join([text[0], f"|{' --- |' * len(lines[0])}", *text[1:]])


def _safe(text: str) -> str:
    """Keep a text from being read as markup."""
    for sign in ("\\", "`", "*", "_", "<", "[", "]"):
        text = text.replace(sign, f"\\{sign}")
    return text
