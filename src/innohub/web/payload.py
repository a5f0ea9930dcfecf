"""Gather what the page shows from the tables of a run."""

from innohub.errors import Finding, ModelError
from innohub.study.schema import Settings
from innohub.study.section import Bilingual
from innohub.web.ecosystem_data import ecosystem_data
from innohub.web.efficiency_data import efficiency_data
from innohub.web.index_data import index_data
from innohub.web.insight_data import catalogue_data, insight_data
from innohub.web.land_data import land_data
from innohub.web.position_data import position_data
from innohub.web.reading import flat, number, optional, plain, rows, text, whole
from innohub.web.run_tables import RunTables
from innohub.web.schema import (
    VERSION,
    Cell,
    Centre,
    Comparison,
    Index,
    Indicator,
    Payload,
    Place,
    Source,
)
from innohub.web.schema_basic import Noted, RunInfo, StudyInfo, Text
from innohub.web.standing_data import standing_data
from innohub.web.tier_data import tier_data
from innohub.words import LANGUAGES, Language, words

# What the page says in the words of the brief.
_DIAGNOSIS = ("stage", "verdict", "registers", "unknowns")


def payload(run: RunTables) -> Payload:
    """Return everything the page shows, as plain data.

    Raises
    ------
    ModelError
        W004 when the run has no index, no position and nothing of an ecosystem to show.
    """
    settings = run.settings
    scores = optional(run, "scores")
    scored = set() if scores.empty else set(scores["index"])
    indices = [index_data(run, name) for name in settings.index if name in scored]
    position = position_data(run)
    ecosystem = ecosystem_data(run)
    if not indices and position is None and ecosystem is None:
        raise ModelError(Finding("W004", file="study.toml"))
    places = _places(run)
    plan = _plan(run)
    land = land_data([*places, *plan] if indices else [])
    return Payload(
        schema=VERSION,
        run=_run_info(run),
        study=_study_info(settings),
        places=places,
        indicators=_indicators(run),
        sources=_sources(run),
        cells=_cells(run, indices),
        indices=indices,
        tiers=tier_data(run, indices),
        plan=plan,
        comparison=_comparison(run),
        efficiencies=efficiency_data(run),
        position=position,
        standing=standing_data(run),
        insights=insight_data(run),
        ecosystem=ecosystem,
        catalogue=catalogue_data(),
        findings=_findings(run),
        meridian=land.meridian,
        land=land.rings,
        words={language: _words(language) for language in LANGUAGES},
    )


def _words(language: Language) -> dict[str, str]:
    """Return the page's own texts, and those that it shares with other rooms: flags, units, parts of the diagnosis."""
    book = words(language)
    shared = {"flag.": "flag", "unit.": "unit", "scaling.": "ecosystem.scaling"} | {
        f"{part}.": f"brief.diagnosis.{part}" for part in _DIAGNOSIS
    }
    return flat(book.get("page")) | {
        key: said for stem, name in shared.items() for key, said in flat(book.get(name), stem).items()
    }


def _both(value: Bilingual) -> Text:
    return Text(zh=value.text("zh"), en=value.text("en"))


def _run_info(run: RunTables) -> RunInfo:
    manifest = run.manifest
    return RunInfo(
        id=str(manifest.get("innohub:run", "")),
        created=str(manifest.get("created", "")),
        version=str(manifest.get("innohub:versions", {}).get("innohub", "")),
        seed=run.settings.study.seed,
    )


def _study_info(settings: Settings) -> StudyInfo:
    study = settings.study
    return StudyInfo(
        id=study.id,
        title=_both(study.title),
        question=_both(study.question),
        note=_both(study.note),
        year=study.year,
        overlaps=study.overlaps,
        cautions=[_both(caution) for caution in settings.brief.cautions],
    )


def _indicators(run: RunTables) -> list[Indicator]:
    return [
        Indicator(
            id=row["indicator"],
            name=text(row, "name"),
            unit=plain(row["unit"]),
            direction=int(row["direction"]),
            note=text(row, "note"),
        )
        for row in rows(run.table("indicators"))
    ]


def _findings(run: RunTables) -> list[Noted]:
    return [
        Noted(
            code=plain(row["code"]),
            level=plain(row["level"]),
            text=Text(zh=plain(row["zh"]), en=plain(row["en"])),
            hint=text(row, "hint"),
            file=plain(row["file"]),
            row=whole(row["row"]),
        )
        for row in rows(optional(run, "findings"))
    ]


def _comparison(run: RunTables) -> list[Comparison]:
    return [
        Comparison(
            place=row["place"],
            planned=plain(row["planned"]),
            assigned=plain(row["assigned"]),
            agrees=bool(row["agrees"]),
        )
        for row in rows(optional(run, "plan_comparison"))
    ]


def _places(run: RunTables) -> list[Place]:
    return [
        Place(
            id=row["place"],
            name=text(row, "name"),
            kind=plain(row["kind"]),
            part_of=plain(row["part_of"]),
            lat=number(row["lat"]),
            lon=number(row["lon"]),
            ranked=bool(row["ranked"]),
        )
        for row in rows(run.table("places"))
    ]


def _sources(run: RunTables) -> list[Source]:
    return [
        Source(
            id=row["source"],
            title=plain(row["title"]),
            publisher=plain(row["publisher"]),
            year=whole(row["year"]),
            url=plain(row["url"]),
            licence=plain(row["licence"]),
            accessed=plain(row["accessed"]),
        )
        for row in rows(run.table("sources"))
    ]


def _cells(run: RunTables, indices: list[Index]) -> list[Cell]:
    """One cell for every place and indicator shown: the latest year up to the study's own."""
    if not indices:
        return []
    panel = run.table("panel")
    shown = {place for index in indices for place in index["places"]}
    used = {node["indicator"] for index in indices for node in index["nodes"] if node["indicator"]}
    panel = panel[panel["place"].isin(shown) & panel["indicator"].isin(used)]
    panel = panel[panel["year"] <= run.settings.study.year].sort_values("year", kind="stable")
    latest = panel.drop_duplicates(["place", "indicator"], keep="last").sort_index()
    return [
        Cell(
            place=row["place"],
            indicator=row["indicator"],
            year=int(row["year"]),
            value=number(row["value"]),
            unit=plain(row["unit"]),
            source=plain(row["source"]),
            flag=plain(row["flag"]),
            note=text(row, "note"),
            file=plain(row["file"]),
            row=int(row["row"]),
            column=plain(row["column"]),
            cell=plain(row["cell"]),
        )
        for row in rows(latest)
    ]


def _plan(run: RunTables) -> list[Centre]:
    return [
        Centre(
            place=plain(row["place"]),
            tier=plain(row["tier"]),
            name=text(row, "centre"),
            scope=text(row, "scope"),
            focus=text(row, "focus"),
            lat=number(row["lat"]),
            lon=number(row["lon"]),
            source=plain(row["source"]),
            note=text(row, "note"),
        )
        for row in rows(optional(run, "plan"))
    ]
