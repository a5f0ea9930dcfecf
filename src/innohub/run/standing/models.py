"""Places beside models: foreign centres, practice modes, cases, and the hub triangle."""

import numpy as np
import pandas as pd

from innohub.catalog.cases import Case, CaseNumber, cases
from innohub.catalog.models import model_patterns
from innohub.catalog.modes import kind_of
from innohub.errors import Finding
from innohub.position.hub.balance import triangle_balance
from innohub.position.hub.triangle import CORNERS, hub_triangle, triangle_tables
from innohub.position.models.cases import case_table
from innohub.position.models.likeness import liken, slot_values
from innohub.position.models.mode import classify_mode, mode_table
from innohub.position.models.tables import model_tables
from innohub.run.standing.ask import Ask, Found, at, by_range, joined
from innohub.study.standing_section import TriangleSection


def models(ask: Ask) -> Found:
    """Return the tables model_mix, model_fit and model_slots over the indicators that the table of slots names."""
    section, tags = ask.section.models, ask.tables.slots
    if section is None or tags is None:
        return Found({})
    index = ask.index_of(section.index)
    values = _within_unit(ask.normalised(index))
    asked = ask.places(section.places, "position.models.places")
    places = [place for place in asked if place in values.index]
    lost = [
        Finding("L111", "warning", value=place, params={"place": place, "index": index})
        for place in asked
        if place not in values.index
    ]
    known = tags.loc[tags["indicator"].isin(values.columns)]
    names, slots, patterns = model_patterns()
    table = slot_values(values.loc[places, known["indicator"]].to_numpy(float), list(known["slot"]), slots)
    found = {
        place: liken(
            row, np.array(patterns), names, slots,
            compare=section.compare, limit=section.limit, min_share=section.min_share, name=place,
        )
        for place, row in zip(places, table, strict=True)
    }  # fmt: skip
    noticed = [*lost, *(finding for each in found.values() for finding in each.findings)]
    return Found(model_tables(found), at(noticed, "position.models"))


def _within_unit(values: pd.DataFrame) -> pd.DataFrame:
    """Return values on 0-1; a scale of another range is brought to it indicator by indicator."""
    known = values.to_numpy(float)
    known = known[~np.isnan(known)]
    if ((known >= 0) & (known <= 1)).all():
        return values
    return values.apply(lambda column: pd.Series(by_range(column.to_numpy(float)), index=column.index))


def modes(ask: Ask) -> Found:
    """Return the table modes from the tables of actors and of their ties."""
    section, actors = ask.section.modes, ask.tables.actors
    if section is None or actors is None:
        return Found({})
    ties = ask.tables.ties_actors
    ties = pd.DataFrame(columns=["place", "actor", "other", "weight"]) if ties is None else ties
    actors, ties = (
        table.assign(weight=table["weight"].astype(float).fillna(1.0)) for table in (actors, ties)
    )
    parts: list[pd.DataFrame] = []
    findings: list[Finding] = []
    for place, own in actors.groupby("place", sort=False):
        rng = np.random.default_rng(ask.study.settings.study.seed)
        found = classify_mode(
            own.reset_index(drop=True), ties.loc[ties["place"].eq(place)].reset_index(drop=True), rng,
            limit=section.limit, tie_weight=section.tie_weight, draws=section.draws, place=str(place),
        )  # fmt: skip
        parts.append(mode_table(str(place), found))
        findings += found.findings
    return Found({"modes": joined(parts)} if parts else {}, at(findings, "position.modes"))


def case_register(ask: Ask) -> Found:
    """Return the table cases: the catalogue's where the study asks for them, and the study's own."""
    register = list(cases().values()) if ask.section.cases else []
    if ask.tables.cases is not None:
        register += [_case(str(name), rows) for name, rows in ask.tables.cases.groupby("case", sort=False)]
    return Found({"cases": case_table(register)} if register else {})


def _case(name: str, rows: pd.DataFrame) -> Case:
    head = rows.iloc[0]
    return Case(
        id=name,
        label=_both(head, "name", name),
        mode=head["mode"],
        subject=tuple(kind_of(part) or part for part in str(head["subject"]).split(";")),
        way=_both(head, "way", ""),
        place=head["place"],
        source=head["source"],
        section=head["section"],
        numbers={
            row["item"]: CaseNumber(
                row["item"], _both(row, "item", row["item"]), float(row["value"]), row["unit"],
                None if pd.isna(row["year"]) else int(row["year"]), row["qualifier"], row["written"],
            )
            for _, row in rows.iterrows()
        },
        derived=(),
    )  # fmt: skip


def _both(row: "pd.Series[str]", stem: str, other: str) -> dict[str, str]:
    """Return a text in both languages; a missing one is filled with the other."""
    zh, en = row[f"{stem}_zh"], row[f"{stem}_en"]
    return {"zh": zh or en or other, "en": en or zh or other}


def triangle(ask: Ask) -> Found:
    """Return the tables triangle, triangle_loop (five years or more) and balance."""
    section = ask.section.triangle
    if section is None:
        return Found({})
    panel = _corners(ask, section)
    rng = np.random.default_rng(ask.study.settings.study.seed)
    found = hub_triangle(
        panel, rng, lag=section.lag, min_years=section.min_years, decay=section.decay,
        interval=section.interval, draws=section.draws, level=section.level,
    )  # fmt: skip
    balance, noticed = triangle_balance(_scaled(panel))
    tables = {name: table for name, table in triangle_tables(found).items() if len(table)}
    findings: tuple[Finding, ...] = (*found.findings, *noticed)
    return Found({**tables, "balance": balance}, at(findings, "position.triangle"))


def _corners(ask: Ask, section: TriangleSection) -> pd.DataFrame:
    """Return place, year and the three corners: nodes of an index over the years, or indicators as they are."""
    parts = []
    for corner in CORNERS:
        name = getattr(section, corner)
        if section.index:
            history = ask.indices[section.index]["history"]
            own = history.loc[history["node"].eq(name), ["place", "year", "score"]]
        else:
            own = ask.values.loc[ask.values["indicator"].eq(name), ["place", "year", "value"]]
        parts.append(own.set_axis(["place", "year", corner], axis=1).set_index(["place", "year"]))
    panel = pd.concat(parts, axis=1).sort_index().reset_index().astype({"year": "int64"})
    if not section.places and section.index:
        return panel
    kept = section.places and ask.members(section.places, "position.triangle.places")
    return panel.loc[panel["place"].isin(kept or ask.alike(ask.positioned()))].reset_index(drop=True)


def _scaled(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the corners on 0-1 over all places and years; a corner that is on it already stays."""
    scaled = {}
    for corner in CORNERS:
        values = panel[corner].to_numpy(float)
        known = values[~np.isnan(values)]
        inside = ((known >= 0) & (known <= 1)).all()
        scaled[corner] = values if inside else by_range(values)
    return panel.assign(**scaled)
