"""Figures stand behind paragraphs, in their order, and leave no large gap."""

from dataclasses import replace

import pytest

from innohub.brief import Brief
from innohub.brief.flow import Page, Size, settle, tall_blocks
from innohub.brief.model import Figure, Paragraph, Section, Span

LINE = 20.0
HEADING = Size(20.0, 5.0, 5.0)


def lines(number: int) -> Size:
    return Size(number * LINE - 5.0, 5.0, 5.0, LINE)


def figure(name: str) -> Figure:
    return Figure(name, (), "", b"", b"", 100.0, 50.0)


def paragraph(name: str) -> Paragraph:
    return Paragraph((Span(name),))


def laid(plain: Brief, *blocks: Paragraph | Figure) -> Brief:
    return replace(plain, sections=(Section(1, (Span("one"),), blocks),))


def order(brief: Brief) -> str:
    blocks = (block for section in brief.sections for block in section.blocks)
    return " ".join(b.id if isinstance(b, Figure) else b.text[0].text for b in blocks)


@pytest.mark.parametrize(
    ("start", "expected"),
    [(0.0, "a F b c"), (180.0, "a b F c"), (300.0, "a F b c")],
    ids=["it fits", "it waits for the next page", "the paragraph before it turns the page"],
)
def test_a_figure_waits_until_it_fits(plain_briefs: dict[str, Brief], start: float, expected: str) -> None:
    brief = laid(plain_briefs["en"], paragraph("a"), figure("F"), paragraph("b"), paragraph("c"))
    sizes = [HEADING, lines(4), Size(150.0, 10.0, 10.0), lines(6), lines(4)]
    assert order(settle(brief, sizes, 400.0, start)) == expected


def test_figures_keep_their_order_and_none_is_lost(plain_briefs: dict[str, Brief]) -> None:
    brief = laid(plain_briefs["en"], paragraph("a"), figure("F"), figure("G"), paragraph("b"))
    sizes = [HEADING, lines(4), Size(250.0, 10.0, 10.0), Size(20.0, 10.0, 10.0), lines(4)]
    assert order(settle(brief, sizes, 400.0, 150.0)).replace("a", "").replace("b", "").split() == ["F", "G"]


def test_a_figure_that_fills_a_page_takes_the_next_one(plain_briefs: dict[str, Brief]) -> None:
    brief = laid(plain_briefs["en"], paragraph("a"), figure("F"), paragraph("b"))
    sizes = [HEADING, lines(4), Size(380.0, 10.0, 10.0), lines(4)]
    assert tall_blocks(brief, sizes, 400.0) == {"F"}
    assert order(settle(brief, sizes, 400.0, 0.0)) == "a F b"


def test_a_paragraph_is_counted_over_the_page_break() -> None:
    page = Page(400.0, 340.0)
    page.add(lines(5))
    assert page.used == pytest.approx(2 * LINE - 5.0)
