"""Method box and source annex: variants, citations, indicators, units, sources, flags, findings."""

from importlib.metadata import PackageNotFoundError, version

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Block, Paragraph, Section
from innohub.brief.sections import blocks
from innohub.brief.sections.preset import preset_box, transform_box
from innohub.brief.sections.steps import step_sections
from innohub.brief.sections.unknowns import flag_name
from innohub.brief.tables import text
from innohub.catalog import method, parse_spec
from innohub.catalog.methods import Family
from innohub.chart.tables import records, title_in
from innohub.words import words

MOST = 40


def method_box(book: Ledger) -> tuple[Paragraph, ...]:
    """Return the method in words: each step with the name of its variant and its citation."""
    facts, rule = book.facts, book.facts.rule
    before: list[tuple[Family, str]] = [("impute", rule.impute), ("treat", rule.treat)]
    steps: list[tuple[Family, str]] = [
        *(step for step in before if step[1] != "none"),
        ("normalise", rule.normalise), ("weights", rule.weights), ("aggregate", rule.aggregate),
    ]  # fmt: skip
    if facts.intervals:
        steps.append(("draws", rule.uncertainty.vary.weights))
    if facts.tiering is not None:
        steps.append(("tiers", facts.tiering.method))
    found = [*(_step(book, family, spec) for family, spec in steps), *_rules(book)]
    found += _uncertainty(book)
    return (*preset_box(book), *transform_box(book), *found, run_box(book))


def run_box(book: Ledger) -> Paragraph:
    """Return the line that names study, run and version."""
    return Paragraph(book.quote(_run_line(book)), book.say("method.run"))


def _step(book: Ledger, family: Family, spec: str) -> Paragraph:
    chosen = method(family, parse_spec(spec, family).name)
    note = chosen.note[book.language].rstrip("。.")
    said = {"title": chosen.title(book.language), "spec": spec, "note": note, "citation": chosen.citation}
    values = {part: book.quote(words) for part, words in said.items()}
    key = "method.step_spec" if "(" in spec else "method.step"
    return Paragraph(book.capital(book.say(key, **values)), book.say(f"method.{family}"))


def _rules(book: Ledger) -> list[Paragraph]:
    """Say the rules that bear on ranks without being a method: which years set the bounds, when a score exists."""
    facts = book.facts
    share = book.share("missing/min_share", facts.rule.missing.min_share, 0)
    by = book.say(f"method.missing_by.{facts.rule.missing.by}")
    found = [Paragraph(book.say("method.missing_text", share=share, by=by), book.say("method.missing"))]
    if facts.settings.study.years:
        found.insert(0, Paragraph(book.say(f"method.pool_text.{facts.rule.pool}"), book.say("method.pool")))
    return found


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
        found.append(
            Paragraph(
                book.say("method.sentence", text=book.join(parts, "clause")), book.say("method.definitions")
            )
        )
    return found


def _run_line(book: Ledger) -> str:
    manifest = book.facts.manifest
    try:
        own = version("innohub")
    except PackageNotFoundError:
        own = str(manifest.get("version", ""))
    run = manifest.get("innohub:run") or manifest.get("run") or "–"
    return f"{book.facts.settings.study.id} · {run} · innohub {own}".rstrip()


def before_method(book: Ledger) -> list[Section]:
    """Return what the annex of a ranking shows before the method: the indicators."""
    return _filled(blocks.section(book, 2, book.say("annex.indicators"), _indicators(book)))


def after_method(book: Ledger) -> list[Section]:
    """Return what the annex of a ranking shows after the method: steps, weights, flagged values and the rest."""
    flags = blocks.section(book, 2, book.say("annex.flags"), _flags(book))
    return [*step_sections(book), *_filled(flags), *closing(book)]


def closing(book: Ledger) -> list[Section]:
    """Return what closes the annex of every brief: the findings of the run, and the sources."""
    return _filled(
        blocks.section(book, 2, book.say("annex.findings"), _findings(book)),
        blocks.section(book, 2, book.say("annex.sources"), _sources(book)),
    )


def _filled(*sections: Section) -> list[Section]:
    return [section for section in sections if section.blocks]


def _indicators(book: Ledger) -> list[Block]:
    facts = book.facts
    frame = facts.table("framework")
    leaves = frame[frame["indicator"].fillna("") != ""] if not frame.empty else frame
    rows = [
        _indicator(book, str(row.node), str(row.parent), str(row.indicator), text(getattr(row, "unit", "")))
        for row in leaves.itertuples()
    ]
    columns: list[tuple[str, float, Align]] = [
        ("indicator", 0.37, "left"), ("node", 0.18, "left"), ("unit", 0.22, "left"),
        ("weight", 0.11, "center"), ("source", 0.12, "center"),
    ]  # fmt: skip
    return blocks.table(book, "indicators", rows, columns)


def _indicator(book: Ledger, node: str, parent: str, indicator: str, unit: str) -> list[Piece]:
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
    unit = unit or (str(named["unit"].iloc[0]) if not named.empty else "")
    return [
        book.capital(book.node(indicator)),
        book.node(parent),
        book.quote(unit_name(book, unit)),
        weight,
        book.quote("".join(blocks.mark(book, str(source)) for source in used) or "–"),
    ]


def unit_name(book: Ledger, unit: str) -> str:
    """Return a unit as tables print it."""
    key = f"unit_name.{unit.replace('.', '')}"
    return book.label(key) if book.has(key) else words(book.language).unit(unit) if " / " in unit else unit


def _flags(book: Ledger) -> list[Block]:
    rows: list[list[Piece]] = []
    for row in records(book.facts.flagged.head(MOST)):
        place, indicator = str(row["place"]), str(row["indicator"])
        value: Piece = book.value(place, indicator) if (place, indicator) in book.facts.values else "–"
        flag = book.join([flag_name(book, name.strip()) for name in str(row["flag"]).split(";")])
        note = book.quote(text(row.get(f"note_{book.language}")) or text(row.get("note")))
        rows.append([book.name(place), book.capital(book.node(indicator)), value, flag, note])
    # English names are long, Chinese remarks are
    names, terms, remarks = (0.12, 0.26, 0.42) if book.language == "zh" else (0.21, 0.25, 0.32)
    columns: list[tuple[str, float, Align]] = [
        ("place", names, "left"), ("indicator", terms, "left"), ("value", 0.095, "center"),
        ("flag", 0.12, "center"), ("remark", remarks, "left"),
    ]  # fmt: skip
    if not any(row[-1] for row in rows):
        rows, columns = [row[:-1] for row in rows], columns[:-1]
    return blocks.table(book, "flags", rows, columns)


def _findings(book: Ledger) -> list[Block]:
    rows: list[list[Piece]] = []
    for row in records(book.facts.table("findings").head(MOST)):
        where = text(row["file"])
        if line := text(row["row"]):
            where += book.label("annex.where") + book.label("annex.row").format(row=round(float(line)))
        level = book.say(f"finding_level.{row['level']}")
        rows.append(
            [book.quote(row["code"]), level, book.quote(text(row[book.language])), book.quote(where or "–")]
        )
    columns: list[tuple[str, float, Align]] = [
        ("code", 0.10, "left"), ("level", 0.12, "left"), ("text", 0.48, "left"), ("where", 0.30, "left"),
    ]  # fmt: skip
    return blocks.table(book, "findings", rows, columns)


def _sources(book: Ledger) -> list[Block]:
    found: list[Block] = []
    for position, row in enumerate(records(book.facts.table("sources")), 1):
        parts = [
            title_in(text(row.get(name)), book.language) for name in ("title", "publisher", "year", "url")
        ]
        line = f"[{position}] " + book.label("annex.source_join").join(part for part in parts if part)
        found.append(Paragraph(book.quote(line)))
    return found
