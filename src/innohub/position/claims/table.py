"""Facts and claims as tables: one to be reviewed and imported into a panel, one of the verdicts."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from innohub.position.claims.check import Checked, Claim
from innohub.position.claims.fact import Fact
from innohub.position.claims.link import factor, fits
from innohub.position.claims.quantity import VALUE
from innohub.position.claims.verdict import Step
from innohub.study.units import conversion
from innohub.words import Language, words

FACTS = [
    "place", "indicator", "year", "value", "unit", "qualifier", "quote", "file", "page", "line", "kind", "linked",
]  # fmt: skip
_PHRASE = 40


def facts_table(checked: Checked) -> pd.DataFrame:
    """Lay out the facts of a text in the columns of a panel, with quote and position.

    Returns
    -------
    place and indicator (ids of the study, or the words of the text where it has none), year (``2011-2015`` for a
    period, ``undated`` where it is not told), value, unit, qualifier, quote, file, page, line, kind, linked: ``yes``,
    ``likely`` (to be looked at) or ``no``.
    """
    return pd.DataFrame([_fact_row(fact) for fact in checked.facts], columns=FACTS)


def _fact_row(fact: Fact) -> dict[str, Any]:
    linked = fact.link is not None and fits(fact.quantity, fact.link.indicator)
    value, unit = _stated(fact)
    year = "undated" if fact.year is None else str(fact.year)
    if fact.since is not None:
        year = f"{fact.since}-{fact.year}"
    sure = linked and fact.link is not None and fact.link.sure and bool(fact.place) and fact.place_told
    return {
        "place": fact.place or fact.place_name,
        "indicator": fact.link.indicator.id
        if linked and fact.link
        else " ".join(fact.phrase.split())[:_PHRASE],
        "year": year,
        "value": float(f"{value:.12g}"),
        "unit": unit,
        "qualifier": "target" if fact.planned else fact.quantity.qualifier,
        "quote": " ".join(fact.quote.split()),
        "file": fact.sentence.file,
        "page": fact.sentence.page,
        "line": fact.sentence.line,
        "kind": fact.quantity.kind,
        "linked": "yes" if sure else "likely" if linked and fact.place else "no",
    }


def _stated(fact: Fact) -> tuple[float, str]:
    """Return value and unit as the text has them, in the indicator's unit where a panel could not turn them."""
    quantity = fact.quantity
    if fact.link is None or quantity.kind != VALUE or not fits(quantity, fact.link.indicator):
        return quantity.value, quantity.unit
    unit = fact.link.indicator.unit
    times = factor(quantity.unit, fact.link.indicator)
    if conversion(quantity.unit, unit) is not None or not times:
        return quantity.value, quantity.unit
    return quantity.value / times, unit


def claim_row(number: int, claim: Claim, language: Language) -> dict[str, Any]:
    """Return a claim as plain data."""
    fact, verdict = claim.fact, claim.verdict
    quantity = fact.quantity if fact else None
    return {
        "claim": number,
        "verdict": verdict.word,
        "kind": claim.kind,
        "place": (fact.place or fact.place_name) if fact else "",
        "indicator": fact.link.indicator.id if fact and fact.link else "",
        "year": fact.year if fact else None,
        "stated": _words_of(claim),
        "value": float(f"{quantity.value:.12g}") if quantity else None,
        "unit": quantity.unit if quantity else "",
        "qualifier": quantity.qualifier if quantity else "",
        "computed": None if verdict.computed is None else float(f"{verdict.computed:.10g}"),
        "reason": verdict.reason,
        "because": because(claim, language),
        "chain": [_step(step) for step in verdict.steps],
        "quote": " ".join(claim.quote.split()),
        "file": claim.file,
        "page": claim.page,
        "line": claim.line,
    }


def _words_of(claim: Claim) -> str:
    """Return the words of the text that make the claim."""
    if claim.fact is None:
        return ""
    quantity = claim.fact.quantity
    return claim.fact.sentence.raw[quantity.start : quantity.end].strip()


def _step(step: Step) -> Mapping[str, Any]:
    told = {"file": step.file, "row": step.row, "value": step.value, "unit": step.unit}
    named = {"place": step.place, "indicator": step.indicator, "year": step.year, "quote": step.quote}
    return told | {key: value for key, value in named.items() if value not in ("", None)}


def because(claim: Claim, language: Language) -> str:
    """Say in words why a claim has its verdict."""
    book, verdict = words(language), claim.verdict
    comma = book.say("where.list")
    params = {
        name: comma.join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in verdict.params.items()
    }
    params |= {
        "name": verdict.params.get(f"name_{language}", "–"),
        "computed": shown_number(verdict.computed),
        "relation": book.get("claims.relation").get(str(verdict.params.get("relation", "")), ""),
    }
    return book.say(f"claims.reason.{verdict.reason}", **params)


def shown_number(value: float | None) -> str:
    """Print a computed number to four digits, a whole one in full.

    >>> shown_number(37.2413), shown_number(129118.0), shown_number(None)
    ('37.24', '129118', '–')
    """
    if value is None:
        return "–"
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:.4g}"
