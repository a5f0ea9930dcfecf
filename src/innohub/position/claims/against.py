"""Hold the facts of a text against the values of a study; never a failure where something is left untold."""

import re
from collections.abc import Sequence
from dataclasses import replace

from innohub.catalog.claims import lexicon
from innohub.position.claims.fact import Fact
from innohub.position.claims.ground import Cell, Ground
from innohub.position.claims.link import Indicator, factor, fits
from innohub.position.claims.quantity import GROWTH, MULTIPLE, POINTS, RANK, SHARE
from innohub.position.claims.ranked import test_rank
from innohub.position.claims.verdict import AMBIGUOUS, FAILS, HOLDS, UNTESTED, Fit, Step, Verdict, agrees
from innohub.study.units import is_percent

# So many digits alike are no accident, even where the words leave the indicator in doubt.
_TELLING = 3


def against(fact: Fact, ground: Ground, nation: str) -> Verdict:
    """Test a fact by the study's values.

    Parameters
    ----------
    nation : id of the study's whole nation, empty where it has none.
    """
    if fact.planned or fact.link is None or not fact.place:
        reason = "plan" if fact.planned else "no_indicator" if fact.link is None else "no_place"
        return Verdict(UNTESTED, reason, params={"place": fact.place_name or "–"})
    indicator, quantity = fact.link.indicator, fact.quantity
    if quantity.kind in (GROWTH, POINTS):
        return _change(fact, indicator, ground)
    if fits(quantity, indicator):
        return _level(fact, indicator, ground)
    if quantity.kind == RANK:
        return test_rank(fact, indicator, ground, int(quantity.value), at_most=quantity.qualifier == "<")
    other = _place_of(fact.other_place if quantity.kind == MULTIPLE else fact.whole_place, nation)
    return _quotient(fact, indicator, ground, other, 1.0 if quantity.kind == MULTIPLE else 100.0)


def _place_of(body: str, nation: str) -> str:
    return nation if body == "nation" else "" if body.startswith("?") or body == "world" else body


def doubts(fact: Fact) -> str:
    """Return what a fact leaves untold or in doubt, as the reason of an ambiguous verdict; empty where nothing is."""
    if fact.quantity.kind == SHARE and fact.link and fact.link.indicator.whole and not fact.whole:
        return "denominator"
    if fact.link is None or not fact.link.sure or _is_apart(fact):
        return "indicator"
    if not fact.place_told:
        return "place"
    return "" if fact.year_told else "year_untold"


def _is_apart(fact: Fact) -> bool:
    """Say whether words around the number make it a change, a running total or a part."""
    text, words = fact.scene.text, lexicon().apart
    start = max(text.rfind(sign, 0, fact.quantity.at) for sign in "，,;；：:") + 1
    clause = text[start : fact.quantity.end + 8]
    named = "".join(fact.link.indicator.names) if fact.link else ""
    if fact.sentence.is_chinese:
        return any(word in clause and word not in named for word in words["zh"])
    return any(re.search(rf"\b{word}\b", clause, re.IGNORECASE) and word not in named for word in words["en"])


def _level(fact: Fact, indicator: Indicator, ground: Ground) -> Verdict:
    cells = ground.of(fact.place, indicator)
    if not cells:
        return Verdict(UNTESTED, "no_value")
    times = (
        factor(fact.quantity.unit, indicator) if fact.quantity.kind not in (SHARE, RANK, MULTIPLE) else 1.0
    )
    if times is None:
        return Verdict(UNTESTED, "no_value")
    exact = (
        [c for c in cells if (c.step_taken.year, c.since) == (fact.year, fact.since)]
        if fact.year_told
        else []
    )
    if exact:
        return _compared(fact, exact[-1], times, cells)
    return _undated(fact, cells, times)


def _undated(fact: Fact, cells: Sequence[Cell], times: float) -> Verdict:
    """Judge where text or study leaves the year open, or the study does not have it."""
    open_cells = cells if not fact.year_told else [c for c in cells if c.step_taken.year is None]
    if not open_cells:
        years = [c.step_taken.year for c in cells if c.step_taken.year is not None]
        span = {"year": fact.year, "first": min(years, default="–"), "last": max(years, default="–")}
        return Verdict(UNTESTED, "year_missing", params=span)
    same = [c for c in open_cells if c.step_taken.year == fact.year]
    latest = (same or list(open_cells))[-1]
    # Of many years one is soon found that fits a coarse number: only the latest, or the year carried, may bear it out.
    for cell in (latest, *(reversed(open_cells) if fact.quantity.digits >= _TELLING else ())):
        if _fit(fact, cell, times) == "holds" and _is_telling(fact):
            return Verdict(HOLDS, "value", cell.value * times, (cell.step_taken,))
    reason = doubts(fact) or "year_untold"
    return _told(Verdict(AMBIGUOUS, reason, latest.value * times, (latest.step_taken,)), fact)


def _fit(fact: Fact, cell: Cell, times: float) -> Fit:
    """Hold a fact against a cell; two bounds that say the same (超过12.3 and > 12.3) agree."""
    if cell.qualifier and cell.qualifier == fact.quantity.qualifier:
        return agrees(replace(fact.quantity, qualifier=""), cell.value * times, cell.step * times)
    return agrees(fact.quantity, cell.value * times, cell.step * times)


def _is_telling(fact: Fact) -> bool:
    return bool(fact.link and fact.link.sure) or fact.quantity.digits >= _TELLING


def _told(verdict: Verdict, fact: Fact) -> Verdict:
    named = fact.link.indicator.names if fact.link else ("", "")
    return replace(verdict, params={**verdict.params, "name_zh": named[0], "name_en": named[1]})


def _judged(
    fact: Fact, reason: str, value: float, steps: tuple[Step, ...], fit: Fit, *, doubted: bool
) -> Verdict:
    """Give the verdict of one test: a failure only where nothing is untold, in doubt or on the bound."""
    doubt = doubts(replace(fact, whole=fact.whole or fact.other))
    if fit == "holds" and _is_telling(fact):
        return Verdict(HOLDS, reason, value, steps)
    if doubt or fit == "holds":
        return _told(Verdict(AMBIGUOUS, doubt or "indicator", value, steps), fact)
    if fit == "close" or doubted:
        return Verdict(AMBIGUOUS, "rounding" if fit == "close" else "doubted", value, steps)
    return Verdict(FAILS, reason, value, steps)


def _compared(fact: Fact, cell: Cell, times: float, cells: Sequence[Cell]) -> Verdict:
    value, steps = cell.value * times, (cell.step_taken,)
    doubted = bool(cell.qualifier) or cell.doubted
    verdict = _judged(fact, "value", value, steps, _fit(fact, cell, times), doubted=doubted)
    for other in cells if verdict.word == FAILS else ():
        if other is not cell and agrees(fact.quantity, other.value * times, other.step * times) == "holds":
            year = {"year": other.step_taken.year or "–"}
            return Verdict(FAILS, "other_year", value, (*steps, other.step_taken), year)
    return verdict


def _quotient(fact: Fact, indicator: Indicator, ground: Ground, other: str, times: float) -> Verdict:
    """Divide the place's value by another place's of the same year: a share of it, or a multiple."""
    named = fact.whole or fact.other
    pairs = [
        (cell, ground.at(other, indicator.id, cell.step_taken.year, cell.since))
        for cell in ground.of(fact.place, indicator)
        if not fact.year_told or (cell.step_taken.year, cell.since) == (fact.year, fact.since)
    ]
    usable = [(above, below) for above, below in pairs if below is not None and below.value]
    is_share_of_share = times != 1.0 and is_percent(indicator.unit)
    if not usable or other in ("", fact.place) or is_share_of_share:
        reason = "no_indicator" if is_share_of_share else "no_other" if named else "other_untold"
        return Verdict(UNTESTED, reason, params={"other": named})
    above, below = usable[-1]
    for pair in reversed(usable) if fact.quantity.digits >= _TELLING else ():
        if agrees(fact.quantity, times * pair[0].value / pair[1].value) == "holds":
            above, below = pair
            break
    value, steps = times * above.value / below.value, (above.step_taken, below.step_taken)
    doubted = bool(above.qualifier or below.qualifier) or above.doubted or below.doubted
    return _judged(fact, "quotient", value, steps, agrees(fact.quantity, value), doubted=doubted)


def _change(fact: Fact, indicator: Indicator, ground: Ground) -> Verdict:
    """Work out growth in per cent, or a change in points, from the year told and the year it is told against."""
    text, base = fact.scene.text, [year.last for year in fact.scene.years if year.is_base]
    since = base[0] if base else None
    if (
        since is None
        and fact.year is not None
        and re.search(r"同比|比上年|较上年|year on year|year-on-year", text)
    ):
        since = fact.year - 1
    if since is None or fact.year is None or not fact.year_told:
        return Verdict(AMBIGUOUS, "base_untold")
    now, then = ground.at(fact.place, indicator.id, fact.year), ground.at(fact.place, indicator.id, since)
    if now is None or then is None or not then.value:
        return Verdict(UNTESTED, "no_value")
    is_share = is_percent(indicator.unit)
    if fact.quantity.kind == POINTS and not is_share:
        return Verdict(UNTESTED, "no_indicator")
    value = now.value - then.value if fact.quantity.kind == POINTS else 100 * (now.value / then.value - 1)
    if re.search(
        r"(?:下降|减少|降低)\D{0,4}$|(?:fell|decreased|down|drop\w*) (?:by )?\D{0,8}$",
        text[: fact.quantity.at],
    ):
        value = -value
    steps: tuple[Step, ...] = (now.step_taken, then.step_taken)
    fit = agrees(fact.quantity, value)
    if fit == "holds":
        return Verdict(HOLDS, "change", value, steps)
    if fact.link is None or not fact.link.sure or not fact.place_told:
        return _told(Verdict(AMBIGUOUS, "indicator", value, steps), fact)
    # Growth is often told at constant prices, which a study of current values cannot judge.
    money = indicator.unit.endswith(("元", "CNY", "USD", "EUR"))
    word = AMBIGUOUS if fit == "close" or money else FAILS
    return Verdict(word, "rounding" if fit == "close" else "prices" if money else "change", value, steps)
