"""What the page shows beside grid and standing: similar places, frames, models, modes, the hub."""

import re
from collections.abc import Mapping
from typing import Any, cast, get_args, get_type_hints

from innohub.catalog.cases import case_source, cases
from innohub.catalog.checklists import checklists
from innohub.catalog.hierarchies import hierarchies
from innohub.catalog.hub import corner_name
from innohub.catalog.local_types import local_types
from innohub.catalog.models import centre_models, slots
from innohub.catalog.modes import function_name, modes
from innohub.position.evidence.amount import amount
from innohub.position.hub.triangle import CORNERS
from innohub.web.ecosystem_data import ecosystem_names
from innohub.web.reading import listed, optional, plain, rows, short, text, whole
from innohub.web.run_tables import RunTables
from innohub.web.schema_basic import Text
from innohub.web.schema_insight import Borrow, Catalogue, Insights
from innohub.words import LANGUAGES

Row = Mapping[str, Any]

_MEASURE_WORD = re.compile(r"\s*[㐀-鿿]+$")

# Fields that are named otherwise than the column, or the stem of the columns, that they show.
_COLUMNS = {
    ("cases", "label"): "item",
    ("centre_roles", "name"): "role",
    ("hub_position", "grade"): "class",
    ("hub_position", "name"): "class",
    ("hub_limits", "grade"): "class",
    ("hub_limits", "name"): "class",
}


def insight_data(run: RunTables) -> Insights:
    """Return the tables, each row with the declared fields; a table that the run does not have is empty."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, kind in get_type_hints(Insights).items():
        fields = get_type_hints(get_args(kind)[0])
        found[name] = [
            {field: _read(row, _COLUMNS.get((name, field), field), hint) for field, hint in fields.items()}
            for row in rows(optional(run, name))
        ]
    for case in found["cases"]:
        case["told"] = _amount(case["value"], case["unit"])
    return cast("Insights", found)


def _amount(value: float | None, unit: str) -> Text:
    """Write a number of a case with its unit; English has no word for Chinese measure words of its own."""
    if value is None:
        return Text(zh="", en="")
    zh, en = (amount(value, unit, language) for language in LANGUAGES)
    return Text(zh=zh, en=_MEASURE_WORD.sub("", en))


def _read(row: Row, column: str, hint: Any) -> Any:
    """Return a cell as its field declares it; a missing column reads as a missing value."""
    value = row.get(column)
    if hint is Text:
        return _text(row, column)
    if hint is str:
        return plain(value)
    if hint is bool:
        return bool(plain(value)) and bool(value)
    if hint == list[str]:
        return listed(value)
    if hint is int:
        return whole(value) or 0
    return short(value) if float in get_args(hint) else whole(value)


def _text(row: Row, stem: str) -> Text:
    """Return the two language columns of a stem; tables with one text name them by language alone."""
    if any(f"{stem}_{language}" in row for language in LANGUAGES):
        return text(row, stem)
    zh, en = (plain(row.get(language)) for language in LANGUAGES)
    return Text(zh=zh or en, en=en or zh)


def catalogue_data() -> Catalogue:
    """Return the names of the catalogue's ids by family, and what to borrow of the models."""
    functions = dict.fromkeys(mode.function for mode in modes().values())
    sources = dict.fromkeys(case.source for case in cases().values())
    families: dict[str, dict[str, Mapping[str, str]]] = {
        "model": {name: model.label for name, model in centre_models().items()},
        "formula": {name: model.formula for name, model in centre_models().items()},
        "slot": {name: slot.label for name, slot in slots().items()},
        "mode": {name: mode.label for name, mode in modes().items()},
        "way": {name: mode.way for name, mode in modes().items()},
        "strategic": {name: {lang: function_name(name, lang) for lang in LANGUAGES} for name in functions},
        "hierarchy": {name: frame.label for name, frame in hierarchies().items()},
        "checklist": {name: checklist.label for name, checklist in checklists().items()},
        "type": {name: kind.label for name, kind in local_types().items()},
        "source": {name: {lang: case_source(name, lang) for lang in LANGUAGES} for name in sources},
        "corner": {name: {lang: corner_name(name, lang) for lang in LANGUAGES} for name in CORNERS},
        **ecosystem_names(),
    }
    return Catalogue(
        names={
            family: {name: _both(label) for name, label in told.items()} for family, told in families.items()
        },
        borrow=[
            Borrow(model=name, slot=slot, text=_both(stress.borrow))
            for name, model in centre_models().items()
            for slot, stress in model.stress.items()
        ],
    )


def _both(label: Mapping[str, str]) -> Text:
    return Text(zh=label["zh"], en=label["en"])
