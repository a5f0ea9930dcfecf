"""What the numbers do not say: cautions of the study, substituted values, nested places, findings."""

from innohub.brief.ledger import Ledger
from innohub.brief.model import Section, Text
from innohub.brief.sections import blocks
from innohub.chart.tables import records, varied

# What draws cover only where a study says so, and what none covers.
_NOT_COVERED = ("noise", "leave_out", "definition")


def unknowns(book: Ledger) -> list[Section]:
    """Return the section on what is not known, one paragraph a point."""
    points = [point for point in (*_of_data(book), *_of_method(book)) if point[1]]
    found = blocks.points(book, points)
    return [blocks.section(book, 1, book.say("unknowns.title"), found)] if found else []


def _of_data(book: Ledger) -> list[tuple[Text, Text]]:
    cautions = [
        blocks.first_sentence(book, text.text(book.language))
        for text in book.facts.settings.brief.cautions_on("ranking")
    ]
    lead = book.say
    return [
        *cautions,
        (lead("unknowns.lead_flagged"), _flagged(book)),
        (lead("unknowns.lead_missing"), _missing(book)),
        (lead("unknowns.lead_unscored"), _unscored(book)),
        (lead("unknowns.lead_nested"), _nested(book)),
        (lead("unknowns.lead_findings"), _findings(book)),
    ]


def _of_method(book: Ledger) -> list[tuple[Text, Text]]:
    if not book.facts.intervals:
        return []
    moved = varied(book.facts.rule, book.facts.table("indicators"))
    names = book.join([book.say(f"unknowns.factor.{name}") for name in moved])
    rest = [name for name in _NOT_COVERED if name not in moved]
    other = book.join([book.say(f"unknowns.left.{name}") for name in rest], "either")
    text = book.say("unknowns.covered", list=names, rest=other)
    return [(book.say("unknowns.lead_interval"), text)]


def flag_kinds(book: Ledger) -> dict[str, list[tuple[str, str]]]:
    """Return the flagged cells (place, indicator) that the study uses, by flag."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for row in records(book.facts.flagged):
        for flag in str(row["flag"]).split(";"):
            kinds.setdefault(flag.strip(), []).append((str(row["place"]), str(row["indicator"])))
    return kinds


def flag_name(book: Ledger, flag: str) -> Text:
    """Return the name of a flag; one that the words do not know stands for itself."""
    return book.say(f"flag.{flag}") if book.has(f"flag.{flag}") else book.quote(flag)


def flag_count(book: Ledger, flag: str, number: int) -> Text:
    """Claim how many values carry a flag, as '7 substituted'."""
    claim = book.count(f"flagged values/{flag}", number)
    return book.say("unknowns.flag_count", number=claim, flag=flag_name(book, flag))


def _flagged(book: Ledger) -> Text:
    kinds = flag_kinds(book)
    if not kinds:
        return ()
    used = len(book.facts.used)
    share = book.share("share of flagged values", len(book.facts.flagged) / used)
    parts = [flag_count(book, flag, len(cells)) for flag, cells in kinds.items()]
    total = book.count("values used", used)
    return book.say("unknowns.flagged", total=total, list=book.join(parts), share=share)


def _missing(book: Ledger) -> Text:
    facts = book.facts
    full = len(facts.order) * len(facts.leaves)
    gap = full - len(facts.values)
    if not facts.has("panel") or gap <= 0:
        return ()
    return book.say(
        "unknowns.missing", number=book.count("missing values", gap), total=book.count("cells", full)
    )


def _unscored(book: Ledger) -> Text:
    left = book.facts.unscored
    if not left:
        return ()
    number = book.few("places without a score", len(left))
    return book.say_of("unknowns.unscored", len(left), number=number, places=blocks.some(book, left))


def _nested(book: Ledger) -> Text:
    facts = book.facts
    frame = facts.places
    if "ranked" not in frame:
        return ()
    left = [str(place) for place in frame.index[~frame["ranked"].astype(bool)]]
    if not left:
        return ()
    number = book.few("places left out", len(left))
    return book.say_of("unknowns.nested", len(left), number=number, places=blocks.some(book, left))


def _findings(book: Ledger) -> Text:
    frame = book.facts.table("findings")
    if frame.empty:
        return ()
    return book.say_of("unknowns.findings", len(frame), number=book.few("findings", len(frame)))
