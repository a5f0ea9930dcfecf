"""Places beside models of foreign centres: a mixture with what it leaves out, and what could be borrowed."""

import math
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Claim, Text
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.models import centre_models, model_name, slot_name
from innohub.chart import wording

# A weight that prints as nothing is not told.
LEAST = 0.005
BORROWED = 3
Row = dict[str, Any]


def models(known: Known, pictures: blocks.Pictures) -> list[Block]:
    """Tell of each place which mixture of models describes it, how well, and what could be borrowed."""
    found: list[Block] = []
    for row in known.rows("model_fit"):
        found += blocks.paragraph(known.book, *_place(known, row))
    found += known.figures("models", pictures)
    return found


def _place(known: Known, fit: Row) -> list[Text]:
    book, place = known.book, str(fit["place"])
    mix = sorted(known.rows("model_mix", place=place), key=lambda row: -float(row["weight"]))
    left = [slot for slot in text(fit["left_out"]).split(";") if slot]
    values: dict[str, Piece] = {
        "place": book.name(place),
        "slots": book.count(f"models/{place}/slots", int(fit["slots"])),
        "models": known.count("models", len(mix)),
    }
    if not mix:
        return [book.say("position.models.few", **values)]
    said = [_weights(known, fit, mix, values), _loose(known, fit, mix), _gap(known, fit), _borrow(known, fit)]
    if left:
        number = known.count(f"models/{place}/left", len(left))
        slots = book.join([_slot(known, slot) for slot in left])
        said.append(book.say_of("position.models.left", len(left), number=number, slots=slots))
    return said


def _weights(known: Known, fit: Row, mix: list[Row], values: dict[str, Piece]) -> Text:
    """Say which models a place is most like with what weights; where none fits, that comes first."""
    book, place = known.book, str(fit["place"])
    near = [row for row in mix if row["nearest"]]
    rest = [row for row in mix if not row["nearest"] and float(row["weight"]) >= LEAST]
    section = known.rule.models if known.rule else None
    limit = section.limit if section else 0.25
    share = float(fit["residual"]) / float(fit["norm"])
    values = {
        **values,
        "nearest": book.join([_model(known, str(row["model"])) for row in near]),
        "weight": _weight(known, near[0]),
        "residual": book.fixed(f"models/{place}/residual", float(fit["residual"]), 3, place=place),
        "share": book.share(f"models/{place}/residual share", share, place=place),
        "limit": book.claim("position/model limit", limit, lambda _: wording.level(limit), unit="%"),
    }
    parts = [
        book.say("position.models.part", model=_model(known, str(row["model"])), weight=_weight(known, row))
        for row in rest
    ]
    values["rest"] = book.say("position.models.rest", list=book.join(parts)) if parts else ()
    form = "most" if fit["fits"] else "none_fits"
    return book.say_of(f"position.models.{form}", len(near), **values)


def _weight(known: Known, row: Row) -> Claim:
    key = f"models/{row['place']}/{row['model']}/weight"
    return known.book.fixed(key, float(row["weight"]), 2, place=str(row["place"]))


def _loose(known: Known, fit: Row, mix: list[Row]) -> Text:
    """Say that other weights describe the place as well, with their ranges."""
    if fit["unique"] is None or bool(fit["unique"]):
        return ()
    book = known.book
    parts = [
        book.say("position.models.part", model=_model(known, str(row["model"])), weight=_range(known, row))
        for row in mix
        if float(row["weight_high"]) - float(row["weight_low"]) >= LEAST
    ]
    return book.say("position.models.loose", list=book.join(parts))


def _range(known: Known, row: Row) -> Claim:
    low, high = float(row["weight_low"]), float(row["weight_high"])
    ends = (wording.fixed(low, 2), wording.fixed(high, 2))
    key = f"models/{row['place']}/{row['model']}/range"
    return known.book.claim(key, low, lambda lang: wording.between(*ends, lang), place=str(row["place"]))


def _gap(known: Known, fit: Row) -> Text:
    """Name the slot in which the nearest model is farthest ahead."""
    book, place, model = known.book, str(fit["place"]), text(fit["gap_model"])
    if not model or math.isnan(float(fit["gap"])):
        return book.say("position.models.no_gap", place=book.name(place))
    slot = text(fit["gap_slot"])
    (row,) = known.rows("model_slots", place=place, model=model, slot=slot)
    values: dict[str, Piece] = {
        "model": _model(known, model),
        "slot": _slot(known, slot),
        "own": _level(known, row, "value"),
        "other": _level(known, row, "model_value"),
    }
    return book.say("position.models.gap", **values)


def _level(known: Known, row: Row, column: str) -> Claim:
    key = f"models/{row['place']}/{row['model']}/{row['slot']}/{column}"
    return known.book.fixed(key, float(row[column]), 2, place=str(row["place"]))


def _borrow(known: Known, fit: Row) -> Text:
    """Say what could be borrowed from the nearest models, where they are ahead and in what order."""
    book = known.book
    near = text(fit["nearest"]).split(";")
    rows = [
        row
        for model in near
        for row in known.rows("model_slots", place=str(fit["place"]), model=model)
        if float(row["gap"]) > 0 and _way(known, row)
    ]
    rows.sort(key=lambda row: -float(row["gap"]))
    parts = [
        book.say("position.models.way", slot=_slot(known, str(row["slot"])), way=book.quote(_way(known, row)))
        for row in rows[:BORROWED]
    ]
    return book.say("position.models.borrow", list=book.join(parts, "clause")) if parts else ()


def _way(known: Known, row: Row) -> str:
    """Return what another place could borrow from a model in a slot, as the catalogue has it."""
    stress = centre_models()[row["model"]].stress if row["model"] in centre_models() else {}
    told = stress.get(str(row["slot"]))
    return told.borrow[known.book.language] if told else ""


def _model(known: Known, model: str) -> Text:
    return known.book.quote(model_name(model, known.book.language))


def _slot(known: Known, slot: str) -> Text:
    return known.book.quote(slot_name(slot, known.book.language))


def model_tables(known: Known) -> list[Block]:
    """Return the mixture model by model, and the slots beside the nearest model."""
    book = known.book
    mix: list[list[Piece]] = [
        [
            known.whose(str(row["place"]), _model(known, str(row["model"]))),
            _formula(known, str(row["model"])),
            _weight(known, row) if row["weight_low"] == row["weight_high"] else _range(known, row),
            _cosine(known, row),
        ]
        for row in known.rows("model_mix")
    ]
    near = {(row["place"], row["model"]) for row in known.rows("model_mix", nearest=True)}
    slots: list[list[Piece]] = [
        [
            known.whose(str(row["place"]), _slot(known, str(row["slot"]))),
            _model(known, str(row["model"])),
            *(_level(known, row, column) for column in ("value", "model_value", "gap")),
        ]
        for row in known.rows("model_slots")
        if (row["place"], row["model"]) in near
    ]
    head: list[tuple[str, float, Align]] = [
        ("model", 0.26, "left"), ("formula", 0.44, "left"), ("weight", 0.15, "center"), ("cosine", 0.15, "center"),
    ]  # fmt: skip
    columns: list[tuple[str, float, Align]] = [
        ("slot", 0.34, "left"), ("model", 0.27, "left"), ("own", 0.13, "center"), ("other", 0.13, "center"),
        ("gap", 0.13, "center"),
    ]  # fmt: skip
    return [
        *blocks.table(book, "model_mix", mix, head),
        *blocks.table(book, "model_slots", slots, columns),
    ]


def _formula(known: Known, model: str) -> Text:
    found = centre_models().get(model)
    return known.book.quote(found.formula[known.book.language]) if found else ()


def _cosine(known: Known, row: Row) -> Piece:
    if math.isnan(float(row["cosine"])):
        return "–"
    key = f"models/{row['place']}/{row['model']}/cosine"
    return known.book.fixed(key, float(row["cosine"]), 2, place=str(row["place"]))
