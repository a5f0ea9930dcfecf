"""The hub triangle: whether agglomeration feeds innovation, innovation diffusion, and diffusion agglomeration."""

import math
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Claim, Section, Text
from innohub.brief.position.known import Known
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.hub import corner_name
from innohub.chart import wording
from innohub.words import Language

Row = dict[str, Any]


def triangle(known: Known, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on the triangle; none where the run has none of its tables."""
    book = known.book
    arrows = known.rows("triangle")
    found = [
        *blocks.paragraph(book, *_arrows(known, arrows)),
        *blocks.figure(book, "triangle", pictures),
        *blocks.paragraph(book, *_loop(known), _not_cause(known, arrows)),
        *blocks.paragraph(book, *_balances(known, arrows)),
    ]
    return [blocks.section(book, 1, book.say("position.triangle.title"), found)] if found else []


def _arrows(known: Known, arrows: list[Row]) -> list[Text]:
    """Tell the arrows with their intervals, by what their intervals say, then the weakest."""
    if not arrows:
        return []
    book = known.book
    values: dict[str, Piece] = {
        "places": book.count("triangle/places", max(int(row["places"]) for row in arrows)),
        "observations": book.count("triangle/observations", max(int(row["observations"]) for row in arrows)),
        "lag": known.count("triangle/lag", int(arrows[0]["lag"])),
        "level": _level(known),
    }
    said = [book.say_of("position.triangle.how", int(arrows[0]["lag"]), **values)]
    for verdict in ("supported", "open", "against"):
        rows = [row for row in arrows if row["verdict"] == verdict]
        if rows:
            parts = [_arrow(known, row) for row in rows]
            number = known.count(f"triangle/{verdict}", len(rows))
            told = book.join(parts, "comma_list")
            form = "supported_all" if verdict == "supported" and len(rows) == len(arrows) == 3 else verdict
            said.append(book.say_of(f"position.triangle.{form}", len(rows), number=number, list=told))
    return [*said, _weakest(known, arrows)]


def _level(known: Known) -> Claim:
    section = known.rule.triangle if known.rule else None
    level = section.level if section else 0.95
    return known.book.claim("position/triangle level", level, lambda _: wording.level(level), unit="%")


def _ends(known: Known, row: Row) -> dict[str, Piece]:
    book = known.book
    return {end: book.quote(corner_name(str(row[end]), book.language)) for end in ("start", "end")}


def _arrow(known: Known, row: Row) -> Text:
    key = f"triangle/{row['start']}/{row['end']}"
    values: dict[str, Piece] = {
        **_ends(known, row),
        "coefficient": known.book.fixed(f"{key}/coefficient", float(row["coefficient"]), 2),
        "interval": _interval(known, f"{key}/interval", float(row["low"]), float(row["high"])),
    }
    return known.book.say("position.triangle.arrow", **values)


def _interval(known: Known, key: str, low: float, high: float, *, share: bool = False) -> Claim:
    first, last = (wording.exact(x, 1) if share else wording.fixed(x, 2) for x in (low, high))

    def show(language: Language) -> str:
        return wording.between(first, last, language)

    return known.book.claim(key, low, show)


def _weakest(known: Known, arrows: list[Row]) -> Text:
    """Name the weakest arrow and in what share of resamples it is the weakest."""
    book = known.book
    row = next((row for row in arrows if row["is_weakest"]), None)
    if row is None:
        return ()
    values: dict[str, Piece] = {
        **_ends(known, row),
        "standardised": book.fixed("triangle/weakest/standardised", float(row["standardised"]), 2),
    }
    share = float(row["weakest"])
    if math.isnan(share):
        return book.say("position.triangle.weakest_bare", **values)
    values["chance"] = book.claim(
        "triangle/weakest/share", share, lambda lang: wording.probability(share, lang)
    )
    return book.say(
        "position.triangle.weakest" if share > 0.5 else "position.triangle.weakest_unsure", **values
    )


def _loop(known: Known) -> list[Text]:
    """Say whether the loop that the arrows close reinforces itself."""
    book = known.book
    rows = known.rows("triangle_loop")
    if not rows:
        return []
    row = rows[0]
    values: dict[str, Piece] = {
        "gain": book.fixed("triangle/gain", float(row["gain"]), 3),
        "decay": book.fixed("triangle/decay", float(row["decay"]), 3),
        "growth": book.claim(
            "triangle/growth", float(row["growth"]), lambda _: wording.signed_percent(float(row["growth"]), 1)
        ),
        "interval": _interval(
            known, "triangle/growth interval", float(row["low"]), float(row["high"]), share=True
        ),
        "level": _level(known),
    }
    given = "given" if row["decay_from"] == "given" else "estimated"
    values["how"] = book.say(f"position.triangle.decay_{given}")
    verdict = text(row["verdict"]).replace("-", "_")
    return [book.say("position.triangle.loop", **values), book.say(f"position.triangle.loop_{verdict}")]


def _not_cause(known: Known, arrows: list[Row]) -> Text:
    return known.book.say("position.triangle.not_cause") if arrows else ()


def _balances(known: Known, arrows: list[Row]) -> list[Text]:
    """Tell of each positioned place how balanced its corners are, and which lags."""
    found = [] if arrows else [known.book.say("position.triangle.short")] if known.rows("balance") else []
    told = [text for place in known.places if (text := _balance(known, place))]
    return [*found, *told] if told else []


def _balance(known: Known, place: str) -> Text:
    book = known.book
    rows = [row for row in known.rows("balance", place=place) if row["D"] == row["D"]]
    rows.sort(key=lambda row: int(row["year"]))
    if not rows:
        return ()
    first, last = rows[0], rows[-1]
    values: dict[str, Piece] = {
        "place": book.name(place),
        "year": book.when(int(last["year"])),
        "value": _degree(known, last),
        "lowest": book.quote(corner_name(str(last["lowest"]), book.language)) if text(last["lowest"]) else "",
        "gap": book.fixed(f"balance/{place}/{last['year']}/gap", float(last["gap"]), 2, place=place),
    }
    form = "balance"
    if len(rows) > 1:
        values |= {"since": book.when(int(first["year"])), "before": _degree(known, first)}
        change = wording.fixed(float(last["D"]), 2) != wording.fixed(float(first["D"]), 2)
        up = float(last["D"]) > float(first["D"])
        form = ("balance_up" if up else "balance_down") if change else "balance_same"
    said = [book.say(f"position.triangle.{form}", **values)]
    if text(last["lowest"]):
        said.append(book.say("position.triangle.lowest", **values))
    return book.sentences(said)


def _degree(known: Known, row: Row) -> Claim:
    key = f"balance/{row['place']}/{row['year']}"
    return known.book.fixed(key, float(row["D"]), 2, place=str(row["place"]), year=whole(row["year"]))


def triangle_table(known: Known) -> list[Block]:
    """Return the arrows with coefficient, interval, standardised coefficient and numbers of observations."""
    book = known.book
    rows: list[list[Piece]] = []
    for row in known.rows("triangle"):
        key = f"triangle/{row['start']}/{row['end']}"
        standard = float(row["standardised"])
        rows.append([
            book.say("position.triangle.pair", **_ends(known, row)),
            book.fixed(f"{key}/coefficient", float(row["coefficient"]), 2),
            _interval(known, f"{key}/interval", float(row["low"]), float(row["high"])),
            book.fixed(f"{key}/standardised", standard, 2) if math.isfinite(standard) else "–",
            book.count(f"{key}/places", int(row["places"])),
            book.count(f"{key}/observations", int(row["observations"])),
        ])  # fmt: skip
    columns: list[tuple[str, float, Align]] = [
        ("pair", 0.3, "left"), ("coefficient", 0.13, "center"), ("interval", 0.19, "center"),
        ("standardised", 0.14, "center"), ("places", 0.11, "center"), ("observations", 0.13, "center"),
    ]  # fmt: skip
    return blocks.table(book, "triangle", rows, columns)
