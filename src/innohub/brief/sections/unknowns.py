"""What the numbers do not say: cautions of the study, substituted values, nested places, findings."""

from innohub.brief.ledger import Ledger
from innohub.brief.model import Section, Text
from innohub.brief.sections import blocks


def unknowns(book: Ledger) -> list[Section]:
    """Return the section on what is not known, one paragraph a point."""
    points = [point for point in (*_of_data(book), *_of_method(book)) if point[1]]
    found = blocks.points(book, points)
    return [blocks.section(book, 1, book.say("unknowns.title"), found)] if found else []


def _of_data(book: Ledger) -> list[tuple[Text, Text]]:
    cautions = [
        blocks.first_sentence(book, text.text(book.language)) for text in book.facts.settings.brief.cautions
    ]
    lead = book.say
    return [
        *cautions,
        (lead("unknowns.lead_substituted"), _substituted(book)),
        (lead("unknowns.lead_missing"), _missing(book)),
        (lead("unknowns.lead_nested"), _nested(book)),
        (lead("unknowns.lead_findings"), _findings(book)),
    ]


def _of_method(book: Ledger) -> list[tuple[Text, Text]]:
    vary = book.facts.rule.uncertainty.vary
    only = book.facts.intervals and not vary.normalise and not vary.aggregate
    text = book.say("unknowns.weights_only" if only else "unknowns.not_data") if book.facts.intervals else ()
    return [(book.say("unknowns.lead_interval"), text)]


def _substituted(book: Ledger) -> Text:
    rows = book.facts.flagged
    if rows.empty:
        return ()
    cells = [
        book.say("unknowns.cell", place=book.name(str(row.place)), indicator=book.node(str(row.indicator)))
        for row in rows.itertuples()
    ]
    number = book.count("flagged values", len(rows))
    total = book.count("values used", len(book.facts.used))
    share = book.share("share of flagged values", len(rows) / len(book.facts.used))
    if len(cells) > 10:
        return book.say("unknowns.many_substituted", number=number, total=total, share=share)
    return book.say("unknowns.substituted", number=number, total=total, share=share, list=book.join(cells))


def _missing(book: Ledger) -> Text:
    facts = book.facts
    full = len(facts.order) * len(facts.leaves)
    gap = full - len(facts.values)
    if not facts.has("panel") or gap <= 0:
        return ()
    return book.say("unknowns.missing", number=book.count("missing values", gap), total=book.count("cells", full))


def _nested(book: Ledger) -> Text:
    facts = book.facts
    frame = facts.places
    if "ranked" not in frame:
        return ()
    left = [str(place) for place in frame.index[~frame["ranked"].astype(bool)]]
    if not left:
        return ()
    return book.say("unknowns.nested", number=book.count("places left out", len(left)), places=book.names(left))


def _findings(book: Ledger) -> Text:
    frame = book.facts.table("findings")
    if frame.empty:
        return ()
    return book.say("unknowns.findings", number=book.count("findings", len(frame)))
