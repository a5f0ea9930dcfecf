"""Method box and source annex: variants, citations, indicators, units, sources, flags, findings."""

from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Paragraph, Section, Text
from innohub.brief.sections import blocks
from innohub.catalog import method, parse_spec
from innohub.catalog.methods import Family

MOST = 40


def method_box(book: Ledger) -> tuple[Paragraph, ...]:
    """Return the method in words: each step with the name of its variant and its citation."""
    facts, rule = book.facts, book.facts.rule
    steps: list[tuple[Family, str]] = [
        ("normalise", rule.normalise), ("weights", rule.weights), ("aggregate", rule.aggregate),
    ]  # fmt: skip
    if facts.intervals:
        steps.append(("draws", rule.uncertainty.vary.weights))
    if facts.tiering is not None:
        steps.append(("tiers", facts.tiering.method))
    found = [_step(book, family, spec) for family, spec in steps]
    found += _uncertainty(book)
    found.append(Paragraph(book.quote(_run_line(book)), book.say("method.run")))
    return tuple(found)


def _step(book: Ledger, family: Family, spec: str) -> Paragraph:
    chosen = method(family, parse_spec(spec, family).name)
    note = chosen.note[book.language].rstrip("。.")
    values = {part: book.quote(text) for part, text in
              {"title": chosen.title(book.language), "spec": spec, "note": note, "citation": chosen.citation}.items()}  # fmt: skip
    key = "method.step_spec" if "(" in spec else "method.step"
    return Paragraph(book.capital(book.say(key, **values)), book.say(f"method.{family}"))


def _uncertainty(book: Ledger) -> list[Paragraph]:
    facts = book.facts
    if not facts.intervals:
        return []
    draws = book.count("draws", facts.rule.uncertainty.draws)
    seed = book.plain_number("seed", facts.settings.study.seed, str(facts.settings.study.seed))
    text = book.say("method.uncertainty_text", draws=draws, level=blocks.level(book), seed=seed)
    found = [Paragraph(text, book.say("method.uncertainty"))]
    if facts.definitions:
        parts = [
            book.say(f"definition.{name}.full", name=book.say(f"definition.{name}.name"))
            for name in facts.definitions
        ]
        found.append(Paragraph(book.join(parts, "clause_end"), book.say("method.definitions")))
    return found


def _run_line(book: Ledger) -> str:
    manifest = book.facts.manifest
    try:
        own = version("innohub")
    except PackageNotFoundError:
        own = str(manifest.get("version", ""))
    run = manifest.get("run") or manifest.get("run_id") or manifest.get("id") or "–"
    return f"{book.facts.settings.study.id} · {run} · innohub {own}".rstrip()


def annex(book: Ledger) -> tuple[Section, ...]:
    """Return the annex: indicators, flagged values, findings, sources."""
    found = [
        blocks.section(book, 2, book.say("annex.indicators"), _indicators(book)),
        blocks.section(book, 2, book.say("annex.flags"), _flags(book)),
        blocks.section(book, 2, book.say("annex.findings"), _findings(book)),
        blocks.section(book, 2, book.say("annex.sources"), _sources(book)),
    ]
    return tuple(section for section in found if section.blocks)


def _indicators(book: Ledger) -> list[blocks.Block]:
    facts = book.facts
    frame = facts.table("framework")
    leaves = frame[frame["indicator"].fillna("") != ""] if not frame.empty else frame
    rows = [_indicator(book, str(row.node), str(row.parent), str(row.indicator)) for row in leaves.itertuples()]
    columns: list[tuple[str, float, Align]] = [
        ("indicator", 0.40, "left"), ("node", 0.18, "left"), ("unit", 0.18, "left"),
        ("weight", 0.12, "center"), ("source", 0.12, "center"),
    ]  # fmt: skip
    return blocks.table(book, "indicators", rows, columns)


def _indicator(book: Ledger, node: str, parent: str, indicator: str) -> list[Piece]:
    facts = book.facts
    weights = facts.table("weights")
    rows = weights[weights["node"] == node] if not weights.empty else weights
    weight: Piece = "–"
    if not rows.empty:
        value = float(rows["effective"].iloc[0])
        weight = book.share(f"weight/{node}", value, 1 if round(1000 * value) % 10 else 0)
    used = facts.used[facts.used["indicator"] == indicator]["source"].dropna().unique()
    named = facts.table("indicators")
    named = named[named["indicator"] == indicator] if not named.empty else named
    unit = str(named["unit"].iloc[0]) if not named.empty else ""
    return [
        book.capital(book.node(indicator)),
        book.node(parent),
        book.quote(unit_name(book, unit)),
        weight,
        book.quote("、".join(_mark(book, str(source)) for source in used) or "–"),
    ]


def unit_name(book: Ledger, unit: str) -> str:
    """Return a unit as tables print it."""
    key = f"unit_name.{unit.replace('.', '')}"
    return book.label(key) if book.has(key) else unit


def _mark(book: Ledger, source: str) -> str:
    listed = list(book.facts.table("sources").get("source", pd.Series(dtype=str)))
    return f"[{listed.index(source) + 1}]" if source in listed else source


def _flags(book: Ledger) -> list[blocks.Block]:
    rows: list[list[Piece]] = []
    for row in book.facts.flagged.head(MOST).itertuples():
        place, indicator = str(row.place), str(row.indicator)
        value: Piece = book.value(place, indicator) if (place, indicator) in book.facts.values else "–"
        note = "" if pd.isna(row.note) else str(row.note)
        flag = book.join([_flag(book, name) for name in str(row.flag).split(";")])
        rows.append([book.name(place), book.capital(book.node(indicator)), value, flag, book.quote(note)])
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.20, "left"), ("indicator", 0.28, "left"), ("value", 0.12, "center"), ("flag", 0.12, "center"),
        ("note", 0.28, "left"),
    ]  # fmt: skip
    return blocks.table(book, "flags", rows, columns)


def _flag(book: Ledger, flag: str) -> Text:
    key = f"flag.{flag.strip()}"
    return book.say(key) if book.has(key) else book.quote(flag.strip())


def _findings(book: Ledger) -> list[blocks.Block]:
    frame = book.facts.table("findings")
    rows: list[list[Piece]] = []
    for row in frame.head(MOST).itertuples():
        at = [str(row.file or "")] + ([book.label("annex.row").format(row=int(row.row))] if pd.notna(row.row) else [])
        text = str(getattr(row, book.language))
        rows.append([book.quote(row.code), book.say(f"finding_level.{row.level}"), book.quote(text),
                     book.quote(book.label("annex.where").join(part for part in at if part) or "–")])  # fmt: skip
    columns: list[tuple[str, float, Align]] = [
        ("code", 0.10, "left"), ("level", 0.12, "left"), ("text", 0.48, "left"), ("where", 0.30, "left"),
    ]  # fmt: skip
    return blocks.table(book, "findings", rows, columns)


def _sources(book: Ledger) -> list[blocks.Block]:
    frame = book.facts.table("sources")
    found: list[blocks.Block] = []
    for position, row in enumerate(frame.itertuples(), 1):
        parts = [str(part) for part in (row.title, row.publisher, row.year, row.url) if part and not pd.isna(part)]
        line = f"[{position}] " + book.label("annex.source_join").join(parts)
        found.append(Paragraph(book.quote(line)))
    return found
