"""The framework: the subsystems, what coupling, level and coordination mean, which variant and which classes."""

from collections.abc import Iterator

from innohub.brief.diagnosis.known import Known, missing
from innohub.brief.diagnosis.synergies import kind_name, latest, wholes
from innohub.brief.model import Block, Section, Text
from innohub.brief.sections import blocks
from innohub.catalog.constraints import constraint_groups
from innohub.catalog.coupling import parse_coupling


def framework(known: Known) -> list[Section]:
    """Return the section on the framework."""
    book = known.book
    found: list[Block] = []
    if known.found.subsystems:
        found += blocks.paragraph(book, _subsystems(known), book.say("diagnosis.framework.reading"))
    if known.coupled:
        found += blocks.paragraph(book, _variant(known), _scheme(known), _squeezed(known))
    if known.rows("constraints"):
        found += blocks.paragraph(book, _constraints(known))
    if known.rows("register_gaps"):
        key = "registers_too" if found else "registers"
        found += blocks.paragraph(book, book.say(f"diagnosis.framework.{key}"))
    found += blocks.paragraph(book, *_ties(known))
    return [blocks.section(book, 1, book.say("diagnosis.framework.title"), found)] if found else []


def _subsystems(known: Known) -> Text:
    names = known.found.subsystems
    frame = known.found.table("obstacles")
    indicators = frame["indicator"].nunique() if not frame.empty else 0
    key = "diagnosis.framework.subsystems" if indicators else "diagnosis.framework.subsystems_bare"
    return known.book.say(
        key,
        number=known.few("subsystems", len(names)),
        names=known.nodes(names),
        indicators=known.few("indicators", indicators),
    )


def _variant(known: Known) -> Text:
    """Name the variant with its citation, and those beside it."""
    book = known.book
    said = [_cited(known, "variant", known.found.variant)]
    said += [_cited(known, "beside", name) for name in known.found.others]
    return book.sentences(said)


def _cited(known: Known, key: str, variant: str) -> Text:
    book = known.book
    found = parse_coupling(variant).variant
    note = found.note[book.language].rstrip("。.")
    return book.say(
        f"diagnosis.framework.{key}",
        variant=known.variant(variant),
        note=book.quote(note),
        citation=book.quote(found.citation.split("; common errors")[0]),
    )


def _scheme(known: Known) -> Text:
    """Name the class scheme and say to which class a value on a limit belongs."""
    book, scheme = known.book, known.scheme
    if scheme is None:
        return ()
    side = (scheme.sides[0] if scheme.sides else "") or known.rule.closed
    closed = book.say(f"diagnosis.framework.closed_{side}") if side else ()
    values = {"scheme": book.quote(scheme.label[book.language]), "source": book.quote(scheme.source)}
    return book.say("diagnosis.framework.scheme", closed=closed, **values)


def _squeezed(known: Known) -> Text:
    span = known.rule.squeezed
    if span is None:
        return ()
    ends = [known.book.plain_number(f"diagnosis/squeeze/{end:g}", end, f"{end:g}") for end in span]
    return known.book.say("diagnosis.framework.squeezed", low=ends[0], high=ends[1])


def _ties(known: Known) -> Iterator[Text]:
    """Say what is expected of each kind of tie, how ties count, and how to read the triple helix."""
    book = known.book
    rows = wholes(known)
    told = [
        book.say(
            "diagnosis.framework.expected",
            kind=kind_name(known, kind),
            null=book.say(f"diagnosis.framework.null.{row['null']}"),
        )
        for kind, row in rows.items()
        if not missing(row["ratio"])
    ]
    if told:
        yield book.say("diagnosis.framework.synergy", list=book.join(told, "clause"))
    decays = [row["decay"] for row in rows.values() if row["null"] == "gravity" and not missing(row["decay"])]
    if decays:
        yield book.say("diagnosis.framework.decay", decay=known.number("decay", float(decays[0]), 2))
    section = known.rule.synergy
    if section and any(kind != "levels" for kind in rows):
        yield book.say(f"diagnosis.framework.counting_{section.counting}")
    if latest(known, "triple_helix"):
        yield book.say("diagnosis.framework.helix")


def _constraints(known: Known) -> Text:
    found = dict.fromkeys(str(row["group"]) for row in known.rows("constraints"))
    groups = sorted(
        found, key=lambda name: list(constraint_groups()).index(name) if name in constraint_groups() else 99
    )
    return known.book.say(
        "diagnosis.framework.constraints",
        number=known.few("groups", len(groups)),
        names=known.book.join([known.group(group) for group in groups], "clause"),
    )
