"""More of the registers: finance, talent, external ranks, and flows across borders."""

from collections.abc import Iterator

from innohub.brief.diagnosis.known import Known, Row, missing
from innohub.brief.diagnosis.labels import label, word
from innohub.brief.ledger import Piece
from innohub.brief.model import Text
from innohub.brief.position.values import whole
from innohub.brief.tables import text
from innohub.catalog.registers import word_list
from innohub.chart import wording
from innohub.position.evidence.amount import amount
from innohub.words import Language

MOST = 8
_SIZES = ((1e8, "hundred million "), (1e4, "ten thousand "))


def finance(known: Known, place: str) -> Iterator[Text]:
    """Tell which slots of finance have entries, and the leverage and amounts they state."""
    book = known.book
    rows = known.rows("finance_coverage", place)
    if rows:
        filled = dict.fromkeys(str(row["slot"]) for row in rows if int(row["entries"]))
        empty = [slot for slot in word_list("finance-slot") if slot not in filled]
        values: dict[str, Piece] = {
            "place": known.place(place),
            "number": known.few(f"finance/{place}", len(filled)),
            "all": known.few("finance slots", len(word_list("finance-slot"))),
            "empty": book.join([word(known, "finance-slot", slot) for slot in empty]),
        }
        yield book.say(f"diagnosis.registers.slots_of_finance{'_empty' if empty else ''}", **values)
    ratios = [row for row in known.rows("finance_ratios", place) if not missing(row["value"])]
    told = [_ratio(known, row) for row in ratios[:MOST]]
    if told:
        yield book.say("diagnosis.registers.ratios", list=book.join(told, "clause"))


def _ratio(known: Known, row: Row) -> Text:
    """Tell a leverage, or an amount for each fund or firm."""
    book, measure = known.book, str(row["measure"]).replace(" ", "_")
    value, unit = float(row["value"]), text(row["unit"])
    plain = unit in ("ratio", "projects")
    key = f"diagnosis/finance/{row['entry']}/{measure}"

    def show(language: Language) -> str:
        return wording.fixed(value, 2) if plain else rounded(value, unit, language)

    claim = book.claim(key, value, show, unit="" if plain else unit, place=text(row["place"]),
                       file=text(row["file"]), row=whole(row["row"]))  # fmt: skip
    return book.say(f"diagnosis.registers.{measure}", name=known.said(row), value=claim)


def rounded(value: float, unit: str, language: Language) -> str:
    """Print an amount of money with three significant digits, in Chinese by ten thousands or hundred millions.

    >>> rounded(619047619.0, "CNY", "zh"), rounded(12500000.0, "CNY", "zh"), rounded(619047619.0, "CNY", "en")
    ('6.19亿元', '1250万元', 'CNY 619 million')
    """
    return money(float(f"{value:.3g}"), unit, language)


def money(value: float, unit: str, language: Language) -> str:
    """Print an amount of money as it is, in Chinese by ten thousands or hundred millions.

    >>> money(1.234e10, "CNY", "zh"), money(1.234e10, "CNY", "en")
    ('123.4亿元', 'CNY 12.34 billion')
    """
    size, name = next(((s, n) for s, n in _SIZES if abs(value) >= s), (1.0, ""))
    return (
        amount(value / size, f"{name}{unit}", language) if language == "zh" else amount(value, unit, language)
    )


def talent(known: Known, place: str) -> Iterator[Text]:
    """Tell the rungs of the talent ladder, and whether one is wider than that below it."""
    book = known.book
    rows = [row for row in known.rows("talent_pyramid", place) if not missing(row["count"])]
    years = sorted({int(row["year"]) for row in rows if not missing(row["year"])})
    rows = [row for row in rows if not years or missing(row["year"]) or int(row["year"]) == years[-1]]
    if not rows:
        return
    told = [
        book.say(
            "diagnosis.registers.rung",
            rung=word(known, "talent-rung", str(row["rung"])),
            number=known.book.count(f"diagnosis/rung/{place}/{row['rung']}", int(row["count"])),
        )
        for row in rows
    ]
    yield book.say("diagnosis.registers.ladder", place=known.place(place), list=book.join(told))
    wide = [row for row in rows if row["inverted"] is True or str(row["inverted"]) == "True"]
    if wide:
        names = book.join([word(known, "talent-rung", str(row["rung"])) for row in wide])
        yield book.say("diagnosis.registers.inverted", rungs=names)


def ranks(known: Known, place: str) -> Iterator[Text]:
    """Tell the latest external rank of each series with edition and boundary."""
    book = known.book
    # a cluster's ranks are its own, and are told with its name
    bearers = [text(row["bearer"]) for row in known.rows("pillars", place, slot="rank")]
    whose = list(dict.fromkeys([place, *(bearer for bearer in bearers if bearer)]))
    rows = [row for one in whose for row in known.rows("rank_series", one) if not missing(row["rank"])]
    latest: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        latest[str(row["place"]), str(row["index"]), f"{row['boundary']}/{row['series']}"] = row
    told = [_rank(known, row, place) for row in list(latest.values())[:MOST]]
    if told:
        yield book.say("diagnosis.registers.ranked", place=known.place(place), list=book.join(told, "clause"))
        yield book.say("diagnosis.registers.apart")


def _rank(known: Known, row: Row, own: str) -> Text:
    book = known.book
    place, rank = text(row["place"]), float(row["rank"])
    key = f"diagnosis/rank/{row['entry']}"
    about = {"place": place, "file": text(row["file"]), "row": whole(row["row"])}
    values: dict[str, Piece] = {
        "index": label(known, str(row["index"])),
        "boundary": _boundary(known, row, own),
        "rank": book.claim(key, rank, lambda language: wording.ordinal(rank, language), **about),
    }
    if not missing(row["change"]) and int(row["change"]):
        change = int(row["change"])
        values["places"] = book.few(f"{key}/change", abs(change))
        values["edition"] = book.quote(text(row["previous_edition"]))
        moved = book.say(f"diagnosis.registers.{'up' if change > 0 else 'down'}", **values)
    else:
        moved = ()
    edition = text(row["edition"])
    form = "rank" if edition else "rank_undated"
    return book.say(
        f"diagnosis.registers.{form}", edition=book.quote(edition), moved=moved, **_without(values, "edition")
    )


def _boundary(known: Known, row: Row, own: str) -> Text:
    """Name the boundary that was ranked, with the place where it is another one."""
    boundary = word(known, "boundary", text(row["boundary"]))
    if text(row["place"]) == own:
        return boundary
    return known.book.say(
        "diagnosis.registers.bearer", place=known.place(text(row["place"])), boundary=boundary
    )


def _without(values: dict[str, Piece], name: str) -> dict[str, Piece]:
    return {key: value for key, value in values.items() if key != name}


def flows(known: Known, place: str) -> Iterator[Text]:
    """Tell how freely people, equipment, money and information cross to other places."""
    book = known.book
    rows = [row for row in known.rows("barrier_matrix", place) if str(row["state"]) != "not known"]
    for other in dict.fromkeys(str(row["other"]) for row in rows):
        told = [
            book.say(
                "diagnosis.registers.flow",
                resource=word(known, "resource", str(row["resource"])),
                state=word(known, "barrier", str(row["state"])),
            )
            for row in rows
            if row["other"] == other
        ]
        yield book.say("diagnosis.registers.flows_to", place=known.place(place), other=known.place(other),
                       list=book.join(told))  # fmt: skip
