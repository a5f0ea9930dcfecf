"""Which choice of method moves the ranks."""

import pandas as pd

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Block, Section, Text
from innohub.brief.sections import blocks
from innohub.chart import wording
from innohub.chart.causes import SHIFT, Causes, Steadiness, read_causes, read_steadiness


def choices(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on the choices of method; none without a design or a sensitivity analysis."""
    frame = book.facts.table("sensitivity")
    if frame.empty:
        return []
    found: list[Block] = []
    if (exact := read_causes(frame, "exact")) is not None:
        found += blocks.paragraph(book, *_design(book, exact))
        found += blocks.paragraph(book, *_causes(book, exact))
    if (sampled := read_causes(frame, "sampled")) is not None:
        found += blocks.paragraph(book, *_sampled(book, sampled, frame))
    drawn = blocks.figure(book, "sensitivity", pictures)
    return [blocks.section(book, 1, book.say("choices.title"), [*found, *drawn])]


def _design(book: Ledger, causes: Causes) -> list[Text]:
    """Say how many models there are, and how many places none of them moves."""
    facts = book.facts
    sizes = [len(facts.members(tier)) for tier in facts.tier_ids] if facts.assigned else []
    steady = read_steadiness(facts.table("design"), facts.scores.index, sizes)
    if steady is None:
        return []
    factors = book.join([factor_name(book, factor) for factor in causes.factors])
    models = book.count("design/models", steady.models)
    said = [book.say("choices.models", factors=factors, models=models), _same(book, steady)]
    return [*said, _widest(book, steady)]


def _same(book: Ledger, steady: Steadiness) -> Text:
    """Say which share of the places keeps rank and tier in all models."""
    total = len(steady.best)
    ranks = len(steady.same_rank)
    if ranks == total:
        return book.say("choices.all_same")
    values: dict[str, Piece] = {
        "ranks": book.few("design/same rank", ranks),
        "ranks_share": book.share("design/same rank share", ranks / total),
        "all": book.count("ranked places", total),
    }
    said = [book.say_of("choices.same_rank" if ranks else "choices.same_rank_none", ranks, **values)]
    if (kept := steady.same_tier) is not None:
        tiers: dict[str, Piece] = {
            "tiers": book.few("design/same tier", len(kept)),
            "tiers_share": book.share("design/same tier share", len(kept) / total),
        }
        said.append(
            book.say_of("choices.same_tier" if kept else "choices.same_tier_none", len(kept), **tiers)
        )
    return book.sentences(said)


def _widest(book: Ledger, steady: Steadiness) -> Text:
    """Name the place whose rank spans most."""
    spans = steady.worst - steady.best
    if not spans.max() > 0:
        return ()
    place = str(spans.idxmax())
    best, worst = float(steady.best[place]), float(steady.worst[place])
    span = book.claim(
        f"design/span/{place}", worst - best, lambda lang: wording.span(best, worst, lang), place=place
    )
    return book.say("choices.widest", place=book.name(place), span=span)


def _causes(book: Ledger, causes: Causes) -> list[Text]:
    """Say which choice explains most of each result, and which results nothing moves."""
    if not causes.moving:
        return [book.say("choices.nothing")]
    said = []
    if SHIFT in causes.moving:
        said.append(_strongest(book, causes))
    lines = [output for output in causes.moving if output != SHIFT]
    parts = [_line(book, causes, output) for output in lines]
    if parts:
        said.append(book.say_of("choices.lines", len(parts), list=book.join(parts)))
    if causes.still:
        still = book.join([output_name(book, output) for output in causes.still])
        said.append(book.say("choices.still", list=still))
    return said


def _strongest(book: Ledger, causes: Causes) -> Text:
    factor = causes.strongest(SHIFT)
    first, total = (_index(book, causes, SHIFT, factor, part) for part in ("first", "total"))
    return book.say("choices.strongest", factor=factor_name(book, factor), first=first, total=total)


def _line(book: Ledger, causes: Causes, output: str) -> Text:
    factor = causes.strongest(output)
    total = _index(book, causes, output, factor, "total")
    return book.say(
        "choices.line", output=output_name(book, output), factor=factor_name(book, factor), total=total
    )


def _index(book: Ledger, causes: Causes, output: str, factor: str, part: str) -> Piece:
    value = float(getattr(causes, part).loc[output, factor])
    return book.share(f"sensitivity/{causes.analysis}/{output}/{factor}/{part}", min(1.0, max(0.0, value)))


def _sampled(book: Ledger, causes: Causes, frame: pd.DataFrame) -> list[Text]:
    """Tell the sampled analysis; where one thing alone varies there is nothing to apportion."""
    factors = book.join([factor_name(book, factor) for factor in causes.factors])
    if len(causes.factors) == 1:
        return [book.say("choices.sampled_one", factor=factors)]
    said = [book.say("choices.sampled", factors=factors), *_causes(book, causes)]
    rows = frame[(frame["method"] == "sampled") & (frame["output"] != "rank")]
    if rows["total_error"].notna().any():
        error = book.fixed("sensitivity/sampled/error", float(rows["total_error"].max()), 2)
        said.append(book.say("choices.error", error=error))
    return [*said, _settled(book)]


def _settled(book: Ledger) -> Text:
    """Say by how much the sampled indices still moved when the sample last grew."""
    frame = book.facts.table("sensitivity_path")
    if frame.empty or frame["size"].nunique() < 2:
        return ()
    rows = frame[frame["output"] != "rank"]
    before, after = sorted(frame["size"].unique())[-2:]
    keys = ["output", "factor"]
    wide = rows.pivot_table(index=keys, columns="size", values="total", aggfunc="last")
    change = (
        (wide[after] - wide[before]).abs().max() if {before, after} <= set(wide.columns) else float("nan")
    )
    if pd.isna(change):
        return ()
    sizes = {
        name: book.count(f"sensitivity_path/{name}", int(size))
        for name, size in (("before", before), ("after", after))
    }
    return book.say(
        "choices.settled", change=book.fixed("sensitivity_path/change", float(change), 2), **sizes
    )


def factor_name(book: Ledger, factor: str) -> Text:
    """Return the name of a choice; one that the words do not know stands for itself."""
    key = f"choices.factor.{factor}"
    return book.say(key) if book.has(key) else book.quote(factor)


def output_name(book: Ledger, output: str) -> Text:
    """Return what an output measures, as it stands within a sentence."""
    if output == SHIFT:
        return book.say("choices.shift")
    at, tiers = output.removeprefix("boundary_"), book.facts.tier_ids
    if not at.isdigit() or int(at) >= len(tiers):
        return book.quote(output)
    upper, lower = (book.tier(tier) for tier in tiers[int(at) - 1 : int(at) + 1])
    return book.say("choices.boundary", upper=upper, lower=lower)
