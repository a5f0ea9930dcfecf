"""What ties do not show: why they are what they are, pairs without an interval, works that were left out."""

from innohub.brief.diagnosis.known import Known, missing
from innohub.brief.diagnosis.synergies import known_pairs, latest, wholes
from innohub.brief.ledger import Piece
from innohub.brief.model import Text
from innohub.brief.tables import text
from innohub.ecosystem.bootstrap import FEW_WORKS

Point = tuple[Text, Text]


def ties(known: Known) -> list[Point]:
    """Return the points on ties, those that do not arise empty."""
    book = known.book
    rated = any(not missing(row["ratio"]) for row in wholes(known).values())
    found = {
        "ratio": book.say("diagnosis.unknowns.ratio") if rated else (),
        "pairs": book.say("diagnosis.unknowns.pairs") if len(known_pairs(known)) > 1 else (),
        "few_works": _few(known),
        "left_out": _left_out(known),
    }
    return [(book.say(f"diagnosis.unknowns.{key}_lead"), said) for key, said in found.items()]


def _few(known: Known) -> Text:
    """Say how many places have fewer works than an interval needs."""
    rows = [row for row in latest(known, "triple_helix") or latest(known, "openness") if text(row["place"])]
    number = sum(int(row["works"]) < FEW_WORKS for row in rows)
    if not number:
        return ()
    values: dict[str, Piece] = {
        "number": known.few("few works places", number),
        "least": known.few("few works", FEW_WORKS),
    }
    return known.book.say_of("diagnosis.unknowns.few_works", number, **values)


def _left_out(known: Known) -> Text:
    """Say how many works have no member of the three sides."""
    rows = [row for row in latest(known, "triple_helix", "") if int(row["left_out"])]
    if not rows:
        return ()
    number = known.few("left out", int(rows[0]["left_out"]))
    return known.book.say_of("diagnosis.unknowns.left_out", int(rows[0]["left_out"]), number=number)
