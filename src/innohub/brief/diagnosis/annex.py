"""The annex of a diagnosis: all places, obstacles by indicator, constraints, chains, registers; the method."""

from dataclasses import replace

from innohub.brief.diagnosis.advice import cited
from innohub.brief.diagnosis.card_tables import (
    card_tables,
    field_table,
    firm_table,
    front_table,
    overlap_table,
)
from innohub.brief.diagnosis.flow_tables import gap_rows, level_table, open_table, pair_table, synergy_table
from innohub.brief.diagnosis.joins import chain, field_name
from innohub.brief.diagnosis.known import Known, missing, parts
from innohub.brief.diagnosis.method import ties
from innohub.brief.diagnosis.register_tables import gap_table, pillar_table
from innohub.brief.diagnosis.registers import held
from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Paragraph, Section, Table
from innohub.brief.sections import blocks
from innohub.catalog.coupling import parse_coupling
from innohub.chart import wording
from innohub.ecosystem.chains import CHAINS, scaling_text

MOST = 60
NONE = float("nan")


def annex(known: Known) -> tuple[Section, ...]:
    """Return the annex sections before the method."""
    book = known.book
    every = tuple(str(place) for place in known.found.state.index) if known.coupled else ()
    told = known.places or every[:10]
    rest = every if len(every) > len(told) else ()
    found = [
        ("coupling", _all(known, rest)),
        ("obstacles", _obstacles(known)),
        ("constraints", _constraints(known)),
        ("chains", [*_chains(known), *gap_rows(known)]),
        ("ties", [*synergy_table(known), *open_table(known)]),
        ("tie_pairs", [*pair_table(known), *level_table(known)]),
        ("pillars", pillar_table(known)),
        ("strategies", card_tables(known)),
        ("firms", [*firm_table(known, held(known)), *front_table(known, held(known))]),
        ("fields", [*field_table(known), *overlap_table(known, held(known))]),
        ("gaps", gap_table(known)),
        ("texts", _texts(known)),
    ]
    return tuple(
        blocks.section(book, 2, book.say(f"diagnosis.annex.{name}"), told) for name, told in found if told
    )


def method(known: Known) -> tuple[Paragraph, ...]:
    """Return the method in words: coupling, classes, obstacles, constraints, intervals."""
    book = known.book
    said: list[tuple[str, dict[str, Piece]]] = []
    if known.coupled:
        found = [parse_coupling(name).variant for name in (known.found.variant, *known.found.others)]
        told = [
            book.say(
                "diagnosis.method.variant",
                name=book.quote(one.label[book.language]),
                formula=book.quote(one.formula),
            )
            for one in found
        ]
        said.append(("coupling", {"list": book.join(told, "clause")}))
        if known.scheme is not None:
            said.append(("classes", {}))
    if known.rows("obstacle_groups"):
        said.append(("obstacles", {}))
    if known.rows("constraints"):
        said.append(("constraints", {}))
    if (
        known.coupled
        and not known.found.state.get("coordination_low", known.found.state["level"] * float("nan"))
        .isna()
        .all()
    ):
        level = book.claim(
            "diagnosis/interval level", known.rule.level, lambda _: wording.level(known.rule.level), unit="%"
        )
        said.append(("intervals", {"level": level}))
    if known.rows("chain_fusion"):
        said.append(("chains", _fused(known)))
    said += ties(known)
    if held(known):
        said.append(("registers", {}))
    return tuple(
        Paragraph(book.say(f"diagnosis.method.{key}_text", **values), book.say(f"diagnosis.method.{key}"))
        for key, values in said
    )


def _fused(known: Known) -> dict[str, Piece]:
    """Say how chains came to one scale, and by which variant they are joined."""
    row, book = known.rows("chain_fusion")[0], known.book
    scaling = scaling_text(str(row["scaling"]), str(row["compared"]), book.language)
    variant = parse_coupling(str(row["variant"])).variant.label[book.language]
    return {"scaling": book.quote(scaling), "variant": book.quote(variant)}


def _all(known: Known, places: tuple[str, ...]) -> list[Block]:
    """List coordination of all places, that of the first variant beside it in the same row."""
    book = known.book
    other = next(iter(known.found.others), "")
    rows: list[list[Piece]] = []
    for place in places:
        row, beside = known.state(place), known.state(place, other) if other else None
        if row is None:
            continue
        key = f"all/{place}"
        ends = [
            known.cell(f"{key}/{end}", row.get(f"coordination_{end}", NONE), place=place)
            for end in ("low", "high")
        ]
        cells: list[Piece] = [
            known.place(place),
            *(
                known.cell(f"{key}/{name}", row[name], place=place)
                for name in ("level", "coupling", "coordination")
            ),
            "–" if "–" in ends else book.say("diagnosis.range", low=ends[0], high=ends[1]),
            book.capital(known.grade(row)) if parts(row.get("class")) else "–",
            known.chance_cell(f"{key}/class", row.get("class_probability", NONE), place=place),
        ]
        if other:
            told = beside or {}
            cells.append(known.cell(f"{key}/other", told.get("coordination", NONE), place=place))
            cells.append(book.capital(known.grade(told)) if parts(told.get("class")) else "–")
        rows.append(cells)
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.1, "left"), ("level", 0.11, "center"), ("coupling", 0.09, "center"),
        ("coordination", 0.09, "center"), ("interval", 0.165, "center"), ("class", 0.125, "left"),
        ("chance", 0.09, "center"), ("other", 0.105, "center"), ("other_class", 0.125, "left"),
    ]  # fmt: skip
    name = book.join([known.variant(other)]) if other else ()
    found = blocks.table(book, "diagnosis_all", rows, columns if other else columns[:-2], note=False)
    note = book.say("diagnosis.annex.beside", variant=name) if other else ()
    return [replace(block, note=note) if isinstance(block, Table) else block for block in found]


def _obstacles(known: Known) -> list[Block]:
    """List the obstacles of the places asked for by indicator, or of all places by subsystem."""
    book = known.book
    rows: list[list[Piece]] = []
    for place in known.places:
        own = sorted(
            known.now("obstacles", place),
            key=lambda row: -float(row["degree"]) if not missing(row["degree"]) else 1.0,
        )
        for row in own:
            key = f"annex/{place}/{row['indicator']}"
            rows.append(
                [
                    known.place(place) if len(known.places) > 1 else "",
                    book.capital(known.node(str(row["indicator"]))),
                    book.capital(known.node(str(row["subsystem"]))),
                    known.cell(f"{key}/value", row["value"], 3, place=place),
                    "–"
                    if missing(row["weight"])
                    else known.share(f"{key}/weight", float(row["weight"]), 1, place=place),
                    "–"
                    if missing(row["degree"])
                    else known.share(f"{key}/degree", float(row["degree"]), 1, place=place),
                ]
            )
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.12, "left"), ("indicator", 0.36, "left"), ("subsystem", 0.2, "left"), ("value", 0.11, "center"),
        ("weight", 0.1, "center"), ("degree", 0.11, "center"),
    ]  # fmt: skip
    if len(known.places) < 2:
        rows, columns = [row[1:] for row in rows], columns[1:]
    return blocks.table(book, "diagnosis_obstacles", rows, columns, note=False)


def _constraints(known: Known) -> list[Block]:
    book = known.book
    shown = [row for row in known.now("constraints") if not known.places or row["place"] in known.places]
    rows = [
        [
            known.place(str(row["place"])),
            book.capital(known.group(str(row["group"]))),
            book.capital(book.say(f"diagnosis.verdict.{str(row['verdict']).replace(' ', '_')}")),
            known.cell(f"annex/{row['place']}/{row['group']}/severity", row["severity"], 2),
            known.cell(f"annex/{row['place']}/{row['group']}/score", row["score"], 2),
            known.cell(f"annex/{row['place']}/{row['group']}/median", row["peer_median"], 2),
            known.chance_cell(f"annex/{row['place']}/{row['group']}/confidence", row["confidence"]),
            "–"
            if missing(row["data"])
            else known.share(f"annex/{row['place']}/{row['group']}/data", float(row["data"])),
        ]
        for row in shown[: MOST * 4]
    ]
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.12, "left"), ("group", 0.27, "left"), ("verdict", 0.15, "left"), ("severity", 0.1, "center"),
        ("score", 0.08, "center"), ("median", 0.1, "center"), ("confidence", 0.1, "center"), ("data", 0.08, "center"),
    ]  # fmt: skip
    return blocks.table(book, "diagnosis_constraints", rows, columns)


def _chains(known: Known) -> list[Block]:
    book = known.book
    frame = known.found.table("chain_fusion")
    shown = [row for row in known.rows("chain_fusion") if not known.places or row["place"] in known.places]
    several = "year" in frame and frame["year"].nunique() > 1
    rows: list[list[Piece]] = []
    for row in shown[:MOST]:
        key = f"annex/chains/{row['place']}/{row['field']}/{row.get('year')}"
        year = () if missing(row.get("year")) or not several else book.when(int(row["year"]))
        rows.append(
            [
                known.place(str(row["place"])),
                book.join(
                    [book.capital(field_name(known, str(row["field"]))), *([year] if year else [])],
                    "comma_list",
                ),
                *(known.cell(f"{key}/{name}", row[name], 2) for name in CHAINS),
                known.cell(f"{key}/D", row["coordination"], 2),
                book.join([chain(known, name) for name in parts(row["weakest"])]) or "–",
            ]
        )
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.12, "left"), ("field", 0.22, "left"), *((name, 0.1, "center") for name in CHAINS),
        ("coordination", 0.1, "center"), ("weakest", 0.16, "left"),
    ]  # fmt: skip
    return blocks.table(book, "diagnosis_chains", rows, columns, note=False)


def _texts(known: Known) -> list[Block]:
    """List the texts that the levers are from, by number."""
    book = known.book
    return [
        Paragraph(book.quote(f"{book.label('diagnosis.annex.text').format(number=number)}{source}"))
        for number, source in enumerate(cited(known), 1)
    ]
