"""What a centre is made of and where it comes from: variety of laboratories, and the path to a centre."""

from math import nan
from typing import Any

import numpy as np
import pandas as pd

from innohub.catalog.centres import laboratory_label, role_label
from innohub.errors import Finding
from innohub.position.models.variety import RoleTest, centre_path, variety
from innohub.run.standing.ask import Ask, Found, at, joined, no_value
from innohub.run.standing.dated import Called, called, of_one_year
from innohub.study.centre_section import LaboratoriesSection, PathSection

_VERDICT = {True: "yes", False: "no", None: "no data"}


def laboratories(ask: Ask) -> Found:
    """Return the tables laboratories and laboratory_kinds from the table of laboratories."""
    section, table = ask.section.laboratories, ask.tables.laboratories
    if section is None or table is None:
        return Found({})
    key = "position.laboratories"
    places = (
        ask.members(section.places, f"{key}.places")
        if section.places
        else list(dict.fromkeys(table["place"]))
    )
    kinds: list[pd.DataFrame] = []
    rows: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for place in places:
        own, noticed = _of_place(ask, section, table.loc[table["place"].eq(place)], place)
        findings += noticed
        if len(own):
            found = variety(own["count"].to_numpy(float))
            rows.append(_variety_row(place, own, found.__dict__))
            kinds.append(own)
    if not rows:
        return Found({}, at(findings, key))
    tables = {
        "laboratories": pd.DataFrame(rows).astype({"year": "Int64"}),
        "laboratory_kinds": _kinds_table(joined(kinds)),
    }
    return Found(tables, at(findings, key))


def _of_place(
    ask: Ask, section: LaboratoriesSection, own: pd.DataFrame, place: str
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return a place's rows of one year with their shares, and what is to be said of them."""
    if own.empty:
        return own, [Finding("L215", "warning", value=place, params={"place": place})]
    year = ask.year if section.year is None else section.year
    gap = ask.max_gap if section.max_gap is None else section.max_gap
    own, findings = of_one_year(own, year, gap, what=_laboratories_of(ask, place))
    total = float(own["count"].sum())
    if len(own) and not total > 0:
        first = own.iloc[0]
        spot = (str(first["file"]), int(first["row"]), "count")
        findings.append(Finding("L214", "warning", *spot, params={"place": place}))
    return own.assign(share=own["count"] / total if total > 0 else nan), findings


def _laboratories_of(ask: Ask, place: str) -> Called:
    about: Any = ask.study.places.set_index("place").loc[place]
    return called("place", zh=about["name_zh"] or place, en=about["name_en"] or place)


def _variety_row(place: str, own: pd.DataFrame, found: dict[str, float]) -> dict[str, Any]:
    """Return the row of a place: how many, how various, and which kind there is most of."""
    counts = own["count"].to_numpy(float)
    first = own.iloc[int(np.argmax(counts))]
    largest = {"largest": first["kind"], "largest_share": first["share"]} if counts.sum() > 0 else {}
    told = {name: found[name] for name in ("kinds", "entropy", "evenness", "equivalent")}
    head = {"place": place, "year": own["year"].iloc[0], "total": float(counts.sum())}
    return {**head, **told, "largest": "", "largest_share": nan, **largest}


def _kinds_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the kinds with their names: the study's own, else those of the catalogue, else the kind as written."""
    names = [_names(*row) for row in rows[["kind", "name_zh", "name_en"]].itertuples(index=False, name=None)]
    rows = rows.assign(name_zh=[zh for zh, _ in names], name_en=[en for _, en in names])
    columns = ["place", "kind", "name_zh", "name_en", "count", "share", "year", "source", "file", "row"]
    return rows[columns].reset_index(drop=True).astype({"year": "Int64"})


def _names(kind: str, zh: str, en: str) -> tuple[str, str]:
    label = laboratory_label(kind)
    if label["zh"] != label["en"]:
        return zh or label["zh"], en or label["en"]
    # A kind that only the study knows: its name in the other language says more than an id does.
    return zh or (en if kind.isascii() else "") or kind, en or (zh if not kind.isascii() else "") or kind


def paths(ask: Ask) -> Found:
    """Return the tables centre_path and centre_roles."""
    section = ask.section.path
    if section is None:
        return Found({})
    key = "position.path"
    places = ask.places(section.places, f"{key}.places")
    tested: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    findings: list[Finding] = []
    planned = _planned(ask, section)
    for place in places:
        own, tests, noticed = _roles(ask, section, place)
        tested += own
        plan = planned(place)
        if plan["planned"] is None:
            noticed.append(Finding("L216", "note", value=place, params={"place": place}))
        rows.append(
            {
                "place": place,
                "path": centre_path(tests, plan["planned"]),
                **plan,
                "planned": _VERDICT[plan["planned"]],
                "roles": ";".join(test.role for test in tests if test.passed),
            }
        )
        findings += noticed
    columns = ["place", "path", "planned", "planned_from", "roles", "file", "row"]
    tables = {
        "centre_path": pd.DataFrame(rows, columns=columns).astype({"row": "Int64"}),
        "centre_roles": pd.DataFrame(tested).astype({"year": "Int64", "row": "Int64"}),
    }
    return Found(tables if rows else {}, at(findings, key))


def _planned(ask: Ask, section: PathSection) -> Any:
    """Return a function from a place to whether it is planned as a centre, and what says so."""
    told, plan = section.planned, ask.study.plan
    nothing = {"planned": None, "planned_from": "", "file": "", "row": pd.NA}
    given = dict.fromkeys(ask.kinds, told) if isinstance(told, bool) else {}
    if isinstance(told, dict):
        names = [(ask.members([name], "position.path.planned"), answer) for name, answer in told.items()]
        given = {place: answer for found, answer in names for place in found}

    def answer(place: str) -> dict[str, Any]:
        if place in given:
            return {**nothing, "planned": given[place], "planned_from": "study", "file": "study.toml"}
        if plan is None:
            return nothing
        rows = plan.loc[plan["place"].eq(place)]
        if rows.empty:
            return {**nothing, "planned": False, "planned_from": "plan", "file": str(plan["file"].iloc[0])}
        first: Any = rows.iloc[0]
        return {"planned": True, "planned_from": "plan", "file": first["file"], "row": int(first["row"])}

    return answer


def _roles(
    ask: Ask, section: PathSection, place: str
) -> tuple[list[dict[str, Any]], tuple[RoleTest, ...], list[Finding]]:
    """Test a place for every role of a centre: its value near the year of the study against the bar."""
    year = ask.year if section.year is None else section.year
    gap = ask.max_gap if section.max_gap is None else section.max_gap
    rows, tests, findings = [], [], []
    for role, rule in section.roles.items():
        known = ask.nearest(rule.indicator, year, gap)
        spot: Any = (
            known.loc[place] if place in known.index else {"value": nan, "unit": ask.unit(rule.indicator)}
        )
        direction = ask.direction(rule.indicator)
        test = RoleTest(role, float(spot["value"]), rule.bar, direction)
        if test.passed is None:
            findings.append(no_value(place, rule.indicator, year, gap))
        label = role_label(role)
        rows.append(
            {
                "place": place,
                "role": role,
                "role_zh": rule.name.text("zh") or label["zh"],
                "role_en": rule.name.text("en") or label["en"],
                "indicator": rule.indicator,
                "value": test.value,
                "unit": str(spot["unit"]),
                "relation": "<=" if direction < 0 else ">=",
                "bar": rule.bar,
                "verdict": _VERDICT[test.passed],
                "year": spot.get("year", pd.NA),
                "file": spot.get("file", ""),
                "row": spot.get("row", pd.NA),
            }
        )
        tests.append(test)
    return rows, tuple(tests), findings
