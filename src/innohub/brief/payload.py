"""The brief as plain data for a page layout: strings only, numbered figures and tables, no markup."""

from collections.abc import Callable, Container, Iterable
from typing import Any

from innohub.brief.model import Block, Brief, Figure, Paragraph, Section, Table, Text, plain

Clean = Callable[[str], str]


def payload(
    brief: Brief, clean: Clean = str, missing: Iterable[str] = (), tall: Container[str] = ()
) -> dict[str, Any]:
    """Return what the layout prints.

    Parameters
    ----------
    brief : the brief.
    clean : applied to every text, to replace what a font cannot show.
    missing : the characters that were replaced, listed on the last page.
    tall : the ids of figures and tables that take the head of the next page instead of a place in the text.
    """
    numbers = {"figure": 0, "table": 0}

    def say(text: Text) -> str:
        return clean(plain(text))

    def sections(parts: Iterable[Section]) -> list[dict[str, Any]]:
        return [
            {
                "level": part.level,
                "number": part.number,
                "heading": say(part.heading),
                "blocks": [_block(brief, block, say, numbers, tall) for block in part.blocks],
            }
            for part in parts
        ]

    return {
        **_fixed(brief, clean),
        "title": [say(line) for line in brief.title],
        "subtitle": say(brief.subtitle),
        "lead": say(brief.lead),
        "messages": [say(message) for message in brief.key_messages],
        "sections": sections(brief.sections),
        "options": [[say(part) for part in option.parts()] for option in brief.options],
        "method": [{"lead": say(part.lead), "text": say(part.text)} for part in brief.method],
        "annex": sections(brief.annex),
        "missing": [f"U+{ord(sign):04X}" for sign in missing],
    }


def _fixed(brief: Brief, clean: Clean) -> dict[str, Any]:
    mast, labels = brief.masthead, brief.labels
    return {
        "language": brief.language,
        "heading": clean(brief.heading()),
        "mast": {name: clean(getattr(mast, name)) for name in mast.__dataclass_fields__},
        "labels": {name: getattr(labels, name) for name in labels.__dataclass_fields__},
        "option_head": list(labels.option_head),
    }


def _block(
    brief: Brief, block: Block, say: Callable[[Text], str], numbers: dict[str, int], tall: Container[str]
) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lead": say(block.lead), "text": say(block.text)}
    kind = "table" if isinstance(block, Table) else "figure"
    numbers[kind] += 1
    named = {
        "kind": kind,
        "number": f"{getattr(brief.labels, kind)}{numbers[kind]}",
        "caption": say(block.caption),
        "tall": block.id in tall,
    }
    if isinstance(block, Table):
        body = {
            "head": [say(text) for text in block.head],
            "rows": [[say(c) for c in row] for row in block.rows],
        }
        return {
            **named,
            **body,
            "widths": list(block.widths),
            "align": list(block.align),
            "note": say(block.note),
        }
    return {**named, **_figure(block), "subtitle": say(block.subtitle), "note": say(block.note)}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "file": f"{figure.id}.svg" if figure.svg else f"{figure.id}.png",
        "alt": figure.alt,
        "width": figure.width_mm,
        "height": figure.height_mm,
    }
