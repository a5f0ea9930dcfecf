"""How the ranking has changed over the years."""

import math

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Section, Text
from innohub.brief.sections import blocks
from innohub.chart import wording
from innohub.chart.tables import number
from innohub.chart.years import Course

TOLD = 3
STEADY = 1


def history(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on the ranks over the years; none for a study of a single year."""
    course = book.facts.course
    if course is None:
        return []
    steady = float(course.moves.abs().median()) <= STEADY if len(course.moves) else True
    told = blocks.paragraph(book, _span(book, course), _moves(book, course))
    movers = blocks.paragraph(
        book,
        _movers(book, course, "risen", course.risen(TOLD)),
        _movers(book, course, "fallen", course.fallen(TOLD)),
        _slower(book, course),
        book.say("history.caution"),
    )
    title = book.say("history.title_steady" if steady else "history.title_moved")
    return [blocks.section(book, 1, title, [*told, *movers, *blocks.figure(book, "history", pictures)])]


def _span(book: Ledger, course: Course) -> Text:
    """Say which years are compared, and whether their scores are."""
    first, last = course.years[0], course.years[-1]
    number = book.few("years of the study", len(course.years))
    form = "span" if comparable(book) else "span_ranks"
    return book.say(f"history.{form}", years=number, first=book.when(first), last=book.when(last))


def comparable(book: Ledger) -> bool:
    """Say whether the scores of different years stand on one scale."""
    return book.facts.rule.pool == "all-years"


def _moves(book: Ledger, course: Course) -> Text:
    moves = course.moves
    counts = {"up": int((moves > 0).sum()), "down": int((moves < 0).sum()), "same": int((moves == 0).sum())}
    if counts["same"] == len(moves):
        return book.say("history.all_same")
    number: dict[str, Piece] = {key: book.few(f"ranks that go {key}", value) for key, value in counts.items()}
    return book.say("history.moves", all=book.count("places in both years", len(moves)), **number)


def _movers(book: Ledger, course: Course, way: str, places: list[str]) -> Text:
    """Tell how far some places moved, with rank and, where years compare, score."""
    if not places:
        return ()
    form = "mover" if comparable(book) else "mover_ranks"
    ends = (course.years[0], course.years[-1])
    parts = []
    for place in places:
        values: dict[str, Piece] = {"place": book.name(place)}
        for end, year in zip(("from", "to"), ends, strict=True):
            values[f"rank_{end}"] = _rank(book, course, place, year)
            values[f"score_{end}"] = _score(book, course, place, year)
        parts.append(book.say(f"history.{form}", **values))
    return book.say(f"history.{way}", list=book.join(parts, "clause"))


def _rank(book: Ledger, course: Course, place: str, year: int) -> Piece:
    rank = number(course.ranks, place, year)
    return book.claim(
        f"history/rank/{place}/{year}", rank, lambda lang: wording.ordinal(rank, lang), place=place, year=year
    )


def _score(book: Ledger, course: Course, place: str, year: int) -> Piece:
    score = number(course.scores, place, year)
    text = wording.score(score, book.facts.spread)
    return book.plain_number(f"history/score/{place}/{year}", score, text, place=place, year=year)


def _slower(book: Ledger, course: Course) -> Text:
    """Say that those that fell scored higher all the same, where that is so."""
    fallen = course.fallen(len(course.moves))
    if not comparable(book) or not fallen:
        return ()
    gains = course.scores.loc[fallen].iloc[:, -1] - course.scores.loc[fallen].iloc[:, 0]
    known = [float(gain) for gain in gains if not math.isnan(gain)]
    return book.say("history.slower") if known and min(known) > 0 else ()
