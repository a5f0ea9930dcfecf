"""The annex of a diagnosis: all places, obstacles by indicator, constraints, chains, registers; the method."""

from innohub.brief.diagnosis.advice import cited
from innohub.brief.diagnosis.base import coupling_table
from innohub.brief.diagnosis.joins import chain, field_name
from innohub.brief.diagnosis.known import Known, missing, parts
from innohub.brief.diagnosis.registers import held
from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Paragraph, Section
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.coupling import parse_coupling
from innohub.catalog.registers import pillars, registers, slots
from innohub.chart import wording
from innohub.ecosystem.chains import CHAINS

MOST = 60


def annex(known: Known) -> tuple[Section, ...]:
    """Return the annex sections before the method."""
    book = known.book
    every = tuple(str(place) for place in known.found.state.index) if known.coupled else ()
    told = known.places or every[:10]
    rest = every if len(every) > len(told) else ()
    found = [
        ("coupling", coupling_table(known, rest, "diagnosis_all")),
        ("obstacles", _obstacles(known)),
        ("constraints", _constraints(known)),
        ("chains", _chains(known)),
        ("pillars", _pillars(known)),
        ("gaps", _gaps(known)),
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
                citation=book.quote(one.citation),
            )
            for one in found
        ]
        said.append(("coupling", {"list": book.join(told, "clause")}))
        if known.scheme is not None:
            values = {"scheme": book.quote(known.scheme.label[book.language]), "source": book.quote(known.scheme.source)}
            said.append(("classes", dict(values)))
    if known.rows("obstacle_groups"):
        said.append(("obstacles", {}))
    if known.rows("constraints"):
        said.append(("constraints", {}))
    if known.coupled and not known.found.state.get("coordination_low", known.found.state["level"] * float("nan")).isna().all():
        level = book.claim("diagnosis/interval level", known.rule.level, lambda _: wording.level(known.rule.level), unit="%")
        said.append(("intervals", {"level": level}))
    if known.rows("chain_fusion"):
        said.append(("chains", {}))
    if held(known):
        said.append(("registers", {}))
    return tuple(
        Paragraph(book.say(f"diagnosis.method.{key}_text", **values), book.say(f"diagnosis.method.{key}"))
        for key, values in said
    )


def _obstacles(known: Known) -> list[Block]:
    """List the obstacles of the places asked for by indicator, or of all places by subsystem."""
    book = known.book
    rows: list[list[Piece]] = []
    for place in known.places:
        own = sorted(known.now("obstacles", place), key=lambda row: -float(row["degree"]) if not missing(row["degree"]) else 1.0)
        for row in own:
            key = f"annex/{place}/{row['indicator']}"
            rows.append(
                [
                    known.place(place) if len(known.places) > 1 else "",
                    book.capital(known.node(str(row["indicator"]))),
                    book.capital(known.node(str(row["subsystem"]))),
                    known.cell(f"{key}/value", row["value"], 3, place=place),
                    "–" if missing(row["weight"]) else known.share(f"{key}/weight", float(row["weight"]), 1, place=place),
                    "–" if missing(row["degree"]) else known.share(f"{key}/degree", float(row["degree"]), 1, place=place),
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
            "–" if missing(row["data"]) else known.share(f"annex/{row['place']}/{row['group']}/data", float(row["data"])),
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
                book.join([book.capital(field_name(known, str(row["field"]))), *([year] if year else [])], "comma_list"),
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


def _pillars(known: Known) -> list[Block]:
    """List what stands in the slots of the five pillars, each value linked to its row."""
    book, places = known.book, held(known)
    rows: list[list[Piece]] = []
    for row in known.rows("pillars"):
        if row["place"] not in places or not row["filled"]:
            continue
        rank = row["slot"] == "rank" and not text(row["unit"])
        key = f"pillar/{row['place']}/{row['pillar']}/{row['slot']}/{text(row['entry']) or text(row['indicator'])}/{text(row['column'])}"
        value: Piece = "–" if missing(row["value"]) else (
            book.claim(f"diagnosis/{key}", float(row["value"]), lambda lang, v=float(row["value"]): wording.ordinal(v, lang),
                       place=str(row["place"]), file=text(row["file"]), row=None if missing(row["row"]) else int(row["row"]))
            if rank else known.value(f"{key}/{text(row['register'])}", row, str(row["place"]))
        )  # fmt: skip
        rows.append(
            [
                book.capital(book.quote(pillars()[str(row["pillar"])].label[book.language])),
                book.capital(book.quote(slots()[str(row["slot"])][book.language])),
                book.capital(known.said(row)),
                value,
                "–" if missing(row["year"]) else book.when(int(row["year"])),
            ]
        )
    columns: list[tuple[str, float, Align]] = [
        ("pillar", 0.12, "left"), ("slot", 0.14, "left"), ("entry", 0.44, "left"), ("value", 0.2, "center"),
        ("year", 0.1, "center"),
    ]  # fmt: skip
    return blocks.table(book, "diagnosis_pillars", rows[:MOST], columns, note=False)


def _gaps(known: Known) -> list[Block]:
    book, places = known.book, held(known)
    rows = [
        [
            book.capital(book.quote(registers()[str(row["register"])].label[book.language])),
            *(
                known.few(f"gap/{row['place']}/{row['register']}/{name}", int(row[name]))
                if book.language == "zh"
                else book.count(f"diagnosis/gap/{row['place']}/{row['register']}/{name}", int(row[name]))
                for name in ("entries", "without_source", "without_date", "not_stated")
            ),
        ]
        for row in known.rows("register_gaps")
        if row["place"] in places
    ]
    columns: list[tuple[str, float, Align]] = [
        ("register", 0.4, "left"), ("entries", 0.15, "center"), ("without_source", 0.15, "center"),
        ("without_date", 0.15, "center"), ("not_stated", 0.15, "center"),
    ]  # fmt: skip
    return blocks.table(book, "diagnosis_gaps", rows, columns, note=False)


def _texts(known: Known) -> list[Block]:
    """List the texts that the levers are from, by number."""
    book = known.book
    return [
        Paragraph(book.quote(f"{book.label('diagnosis.annex.text').format(number=number)}{source}"))
        for number, source in enumerate(cited(known), 1)
    ]
