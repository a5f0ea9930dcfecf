"""What the method box says of a preset: which published index is followed, what is unknown, what was changed."""

from innohub.brief.ledger import Ledger
from innohub.brief.model import Paragraph, Text
from innohub.brief.tables import text
from innohub.chart.tables import records

MOST = 12


def preset_box(book: Ledger) -> list[Paragraph]:
    """Return the paragraphs on the preset that an index follows; none where it follows none."""
    found: list[Paragraph] = []
    for row in records(book.facts.table("presets")):
        told = {
            "title": book.quote(row[f"name_{book.language}"]),
            "edition": book.quote(row[f"edition_{book.language}"]),
            "status": book.say(f"preset.status.{row['status']}"),
            "source": book.quote(row["source"]),
        }
        found.append(Paragraph(book.say("preset.follows_text", **told), book.say("preset.follows")))
        found += [
            Paragraph(book.quote(said), book.say(f"preset.{part}"))
            for part in ("verified", "unknown")
            if (said := text(row[f"{part}_{book.language}"]))
        ]
    found += _departures(book)
    return found + _reproduced(book)


def _departures(book: Ledger) -> list[Paragraph]:
    """Name the keys that the study wrote itself."""
    found = []
    rows = records(book.facts.table("departures"))
    for kind in ("departure", "supplied"):
        parts: list[Text] = [
            book.say(
                f"preset.{kind}_item", **{part: book.quote(row[part]) for part in ("key", "said", "used")}
            )
            for row in rows
            if row["kind"] == kind
        ]
        if parts:
            listed = book.say("method.sentence", text=book.join(parts[:MOST], "clause"))
            found.append(Paragraph(listed, book.say(f"preset.{kind}")))
    return found


def _reproduced(book: Ledger) -> list[Paragraph]:
    """Say how many published values come out."""
    table = book.facts.table("reproduced")
    if table.empty:
        return []
    agree = book.count("reproduced/agree", int(table["agrees"].sum()))
    total = book.count("reproduced/total", len(table))
    return [
        Paragraph(book.say("preset.reproduced_text", agree=agree, total=total), book.say("preset.reproduced"))
    ]


def transform_box(book: Ledger) -> list[Paragraph]:
    """Name the indicators that are transformed before they are normalised."""
    indicators, framework = book.facts.table("indicators"), book.facts.table("framework")
    if indicators.empty or "transform" not in indicators or framework.empty:
        return []
    used = indicators[indicators["indicator"].isin(framework["indicator"])]
    parts = [
        book.say(
            f"preset.transform_{kind}", names=book.join([book.node(str(code)) for code in rows["indicator"]])
        )
        for kind, rows in used[used["transform"].fillna("").ne("")].groupby("transform")
    ]
    if not parts:
        return []
    listed = book.say("method.sentence", text=book.join(parts, "clause"))
    return [Paragraph(book.capital(listed), book.say("preset.transform"))]
