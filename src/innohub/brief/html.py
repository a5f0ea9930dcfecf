"""The brief as one HTML file: no outside request, every number marked with its claim."""

import base64
import json
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from pathlib import Path

from innohub.brief.files import write_whole
from innohub.brief.model import Block, Brief, Figure, Paragraph, Section, Table, Text


def write_html(brief: Brief, path: str | Path) -> Path:
    """Write the brief as a single HTML file."""
    return write_whole(Path(path), html(brief).encode())


def html(brief: Brief) -> str:
    """Return the whole page."""
    lang = "zh-CN" if brief.language == "zh" else "en"
    style = files("innohub.brief").joinpath("templates/brief.css").read_text(encoding="utf-8")
    body = "\n".join(_body(brief))
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(brief.heading())}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="{brief.kind} {brief.language}">\n<main>\n{body}\n</main>\n'
        f'<script type="application/json" id="claims">{_claims(brief)}</script>\n</body>\n</html>\n'
    )


def _body(brief: Brief) -> Iterator[str]:
    yield from _head(brief)
    numbers = _Numbers(brief)
    yield from _sections(brief, brief.sections, numbers)
    yield from _options(brief)
    if brief.method:
        yield f'<section class="method"><h2>{escape(brief.labels.method)}</h2>'
        yield from (_block(brief, paragraph, numbers) for paragraph in brief.method)
        yield "</section>"
    mark = escape(brief.labels.annex_mark)
    yield f'<section class="annex"><p class="mark">{mark}</p><h2>{escape(brief.labels.annex)}</h2>'
    yield from _sections(brief, brief.annex, numbers)
    yield "</section>"
    if brief.masthead.contact:
        yield f'<p class="contact">{escape(brief.labels.contact + brief.masthead.contact)}</p>'


def _head(brief: Brief) -> Iterator[str]:
    mast = brief.masthead
    line = "".join(
        f"<span>{escape(part)}</span>" for part in (mast.organ, mast.issue, mast.mark, mast.date) if part
    )
    yield f'<header><p class="kind">{escape(mast.kind)}</p><p class="line">{line}</p></header>'
    gap = "<br>" if brief.language == "zh" else " "
    yield f"<h1>{gap.join(_text(brief, line) for line in brief.title)}</h1>"
    if brief.subtitle:
        yield f'<p class="subtitle">{_text(brief, brief.subtitle)}</p>'
    yield f'<p class="lead">{_text(brief, brief.lead)}</p>'
    if brief.key_messages:
        items = "".join(f"<li>{_text(brief, message)}</li>" for message in brief.key_messages)
        yield f'<aside class="messages"><h2>{escape(brief.labels.key_messages)}</h2><ul>{items}</ul></aside>'


class _Numbers:
    """Counts figures and tables as they come."""

    def __init__(self, brief: Brief) -> None:
        self._labels = {"table": brief.labels.table, "figure": brief.labels.figure}
        self._counts = {"table": 0, "figure": 0}

    def next(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{self._labels[kind]}{self._counts[kind]}"


def _sections(brief: Brief, sections: Iterable[Section], numbers: _Numbers) -> Iterator[str]:
    for section in sections:
        level = section.level + 1
        yield f"<h{level}>{escape(section.number)}{_text(brief, section.heading)}</h{level}>"
        yield from (_block(brief, block, numbers) for block in section.blocks)


def _block(brief: Brief, block: Block, numbers: _Numbers) -> str:
    if isinstance(block, Paragraph):
        gap = " " if brief.language == "en" else ""
        lead = f"<strong>{_text(brief, block.lead)}</strong>{gap}" if block.lead else ""
        return f"<p>{lead}{_text(brief, block.text)}</p>"
    return _table(brief, block, numbers) if isinstance(block, Table) else _figure(brief, block, numbers)


def _table(brief: Brief, table: Table, numbers: _Numbers) -> str:
    pairs = list(zip(table.head, table.align, strict=True))
    head = "".join(f'<th scope="col" class="{align}">{_text(brief, text)}</th>' for text, align in pairs)
    rows = "".join(
        "<tr>"
        + "".join(f'<td class="{a}">{_text(brief, c)}</td>' for c, a in zip(row, table.align, strict=True))
        + "</tr>"
        for row in table.rows
    )
    note = f'<p class="note">{_text(brief, table.note)}</p>' if table.note else ""
    caption = f"{escape(numbers.next('table'))} {_text(brief, table.caption)}"
    return (
        f'<div class="table" tabindex="0"><table id="table-{table.id}"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
    )


def _figure(brief: Brief, figure: Figure, numbers: _Numbers) -> str:
    data = base64.b64encode(figure.png).decode()
    caption = f"{escape(numbers.next('figure'))} {_text(brief, figure.caption)}"
    subtitle = f"<br><small>{_text(brief, figure.subtitle)}</small>" if figure.subtitle else ""
    note = f'<p class="note">{_text(brief, figure.note)}</p>' if figure.note else ""
    return (
        f'<figure id="figure-{figure.id}"><img src="data:image/png;base64,{data}" alt="{escape(figure.alt)}">'
        f"<figcaption>{caption}{subtitle}</figcaption>{note}</figure>"
    )


def _options(brief: Brief) -> Iterator[str]:
    if not brief.options:
        return
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in brief.labels.option_head)
    rows = "".join(
        f'<tr><th scope="row">{_text(brief, o.name)}</th>'
        + "".join(f"<td>{_text(brief, part)}</td>" for part in o.parts()[1:])
        + "</tr>"
        for o in brief.options
    )
    yield f"<h2>{escape(brief.labels.options)}</h2>"
    yield f'<div class="table" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _text(brief: Brief, text: Text) -> str:
    pieces = []
    for span in text:
        if span.kind == "claim":
            claim = brief.claims[span.claim]
            pieces.append(
                f'<data data-claim="{escape(claim.id)}" value="{escape(str(claim.value))}">{escape(span.text)}</data>'
            )
        else:
            pieces.append(escape(span.text))
    return "".join(pieces)


def _claims(brief: Brief) -> str:
    entries = {
        claim.id: {
            "value": None if claim.value != claim.value else claim.value,
            "unit": claim.unit,
            "year": claim.year,
            "place": claim.place,
            "sources": list(claim.sources),
            "printed": claim.printed[brief.language],
        }
        | ({"file": claim.file, "row": claim.row} if claim.file else {})
        for claim in brief.claims.values()
    }
    text = json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
