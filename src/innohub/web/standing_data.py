"""What the page shows of a place's standing: classes, stage, size equivalents, targets, base conditions."""

from collections.abc import Callable
from typing import Any, TypeVar

from innohub.catalog.scheme import scheme, scheme_names
from innohub.web.reading import listed, number, optional, plain, rows, short, text, whole
from innohub.web.run_tables import RunTables
from innohub.web.schema_basic import Text
from innohub.web.schema_standing import (
    Badge,
    Condition,
    ConditionIndicator,
    ConditionPeer,
    EquivalentRow,
    StageRow,
    StageShift,
    StandingTables,
    TargetRow,
    TechnologyState,
)

Row = dict[str, Any]
Shown = TypeVar("Shown")


def standing_data(run: RunTables) -> StandingTables:
    """Return the tables of the standing; those that a run does not have are empty."""

    def read(name: str, show: Callable[[Row], Shown]) -> list[Shown]:
        return [show(row) for row in rows(optional(run, name))]

    return StandingTables(
        classes=read("classes", _badge),
        stages=read("stages", _stage),
        shifts=read("stage_sensitivity", _shift),
        equivalents=read("equivalents", _equivalent),
        targets=read("targets", _target),
        conditions=read("conditions", _condition),
        measures=read("condition_indicators", _measure),
        peers=read("condition_peers", _peer),
        technologies=read("technologies", _technology),
    )


def _badge(row: Row) -> Badge:
    name = plain(row["scheme"])
    known = scheme(name) if name in scheme_names() else None
    grades = {grade.id: grade for grade in known.grades} if known else {}
    after = plain(row["next_class"])
    following = grades.get(after)
    return Badge(
        place=plain(row["place"]),
        scheme=name,
        title=Text(zh=known.label["zh"], en=known.label["en"]) if known else Text(zh=name, en=name),
        edition=plain(row["edition"]),
        status=plain(row["status"]),
        source=known.source if known else "",
        of=plain(row.get("indicator")) or plain(row.get("node")) or plain(row.get("index")),
        value=number(row["value"]),
        order=list(grades).index(plain(row["class"])) if plain(row["class"]) in grades else -1,
        name=Text(zh=plain(row["class_zh"]), en=plain(row["class_en"])),
        rule=Text(zh=plain(row["rule_zh"]), en=plain(row["rule_en"])),
        next=Text(zh=following.title("zh"), en=following.title("en"))
        if following
        else Text(zh=after, en=after),
        distance=short(row["distance"]),
        distance_in=plain(row["distance_in"]),
    )


def _stage(row: Row) -> StageRow:
    return StageRow(
        place=plain(row["place"]),
        scheme=plain(row["scheme"]),
        measure=plain(row["measure"]),
        value=short(row["value"]),
        unit=plain(row["unit"]),
        year=whole(row["year"]),
        name=text(row, "name"),
        next=text(row, "next"),
        threshold=short(row["threshold"]),
        declared=short(row["declared"]),
        base_year=whole(row["base_year"]),
        prices=plain(row["prices"]),
        growth=short(row["growth"]),
        years=short(row["years"]),
        by_year=short(row["by_year"]),
        status=plain(row["status"]),
        fragile=bool(row["fragile"]),
        source=plain(row["source"]),
    )


def _shift(row: Row) -> StageShift:
    return StageShift(
        place=plain(row["place"]),
        measure=plain(row["measure"]),
        prices=plain(row["prices"]),
        shift=short(row["shift"]),
        value=short(row["value"]),
        threshold=short(row["threshold"]),
        name=text(row, "name"),
        years=short(row["years"]),
    )


def _equivalent(row: Row) -> EquivalentRow:
    return EquivalentRow(
        place=plain(row["place"]),
        indicator=plain(row["indicator"]),
        value=number(row["value"]),
        unit=plain(row["unit"]),
        year=whole(row["year"]),
        converted=short(row["converted"]),
        ranking_unit=plain(row["ranking_unit"]),
        rate=short(row["rate"]),
        rank=whole(row["rank"]),
        members=whole(row["members"]),
        above=plain(row["above"]),
        above_value=number(row["above_value"]),
        below=plain(row["below"]),
        below_value=number(row["below_value"]),
        level=listed(row["level"]),
        other_years=whole(row["other_years"]),
    )


def _target(row: Row) -> TargetRow:
    return TargetRow(
        place=plain(row["place"]),
        indicator=plain(row["indicator"]),
        base=number(row["base"]),
        base_year=whole(row["base_year"]),
        target=number(row["target"]),
        deadline=whole(row["deadline"]),
        value=number(row["value"]),
        year=whole(row["year"]),
        progress=short(row["progress"]),
        expected=short(row["expected"]),
        required_growth=short(row["required_growth"]),
        achieved_growth=short(row["achieved_growth"]),
        required_change=short(row["required_change"]),
        achieved_change=short(row["achieved_change"]),
        status=plain(row["status"]),
    )


def _condition(row: Row) -> Condition:
    agrees = plain(row["agrees"])
    return Condition(
        place=plain(row["place"]),
        condition=plain(row["condition"]),
        name=text(row, "name"),
        verdict=plain(row["verdict"]),
        claimed=plain(row["claimed"]),
        agrees="" if not agrees else "yes" if bool(row["agrees"]) else "no",
    )


def _measure(row: Row) -> ConditionIndicator:
    return ConditionIndicator(
        place=plain(row["place"]),
        condition=plain(row["condition"]),
        indicator=plain(row["indicator"]),
        direction=int(row["direction"]),
        value=number(row["value"]),
        unit=plain(row["unit"]),
        year=whole(row["year"]),
        lower=short(row["lower"]),
        upper=short(row["upper"]),
        verdict=plain(row["verdict"]),
    )


def _peer(row: Row) -> ConditionPeer:
    return ConditionPeer(
        place=plain(row["place"]),
        indicator=plain(row["indicator"]),
        peer=plain(row["peer"]),
        value=number(row["peer_value"]),
        year=whole(row["peer_year"]),
        marks=listed(row["marks"]),
    )


def _technology(row: Row) -> TechnologyState:
    return TechnologyState(
        place=plain(row.get("place")),
        year=whole(row.get("year")),
        state=plain(row["state"]),
        name=text(row, "name"),
        count=whole(row["count"]) or 0,
        share=short(row["share"]),
        printed=number(row["printed"]),
    )
