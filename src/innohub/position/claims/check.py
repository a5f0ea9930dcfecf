"""Check a text: its facts beside a study, its claims with a verdict each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from innohub.catalog.claims import lexicon
from innohub.position.claims.against import against
from innohub.position.claims.fact import Fact, Known
from innohub.position.claims.gather import read_facts
from innohub.position.claims.ground import Ground
from innohub.position.claims.headings import compare_headings
from innohub.position.claims.link import best_link, core, read_indicators, size
from innohub.position.claims.mention import gazetteer
from innohub.position.claims.quantity import (
    COMPARISON,
    LIST,
    SHARE,
    SUM,
    SUPERLATIVE,
    VALUE,
    Quantity,
)
from innohub.position.claims.ranked import scope_at, test_rank
from innohub.position.claims.scene import Scene
from innohub.position.claims.signs import sentences
from innohub.position.claims.verdict import AMBIGUOUS, SCOPE, UNTESTED, Verdict, worst
from innohub.position.claims.within import (
    comparisons_within,
    multiple_within,
    share_within,
    step_of,
    sum_within,
)
from innohub.study import Study
from innohub.study.document import Document


@dataclass(frozen=True)
class Claim:
    """Something that a text says and its verdict; ``fact`` is the number that it is about, none for a list."""

    kind: str
    quote: str
    file: str
    line: int
    page: int | None
    verdict: Verdict
    fact: Fact | None = None


@dataclass(frozen=True)
class Checked:
    """What a text says: facts in order, claims in order; ``texts`` are the documents read."""

    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    texts: tuple[Document, ...]


def check_texts(texts: Sequence[Document], study: Study) -> Checked:
    """Read the facts of texts and test every claim, within the text, between the texts and against a study."""
    known = Known(gazetteer(study.places), read_indicators(study.indicators))
    ground = Ground(study.values, study.places)
    facts: list[Fact] = []
    claims: list[Claim] = []
    for document in texts:
        for scene, told in read_facts(sentences(document), known):
            facts += told
            claims += _claims(scene, told, known, ground)
        for listed in compare_headings(document):
            claims.append(Claim(LIST, listed.quote, document.file, listed.line, listed.page, listed.verdict))
    claims += _between(facts)
    return Checked(tuple(facts), tuple(claims), tuple(texts))


def _claims(scene: Scene, facts: Sequence[Fact], known: Known, ground: Ground) -> Iterable[Claim]:
    nation = known.names.nation
    for fact in facts:
        tests = [against(fact, ground, nation)]
        within = share_within(fact, facts) if fact.quantity.kind == SHARE else multiple_within(fact, facts)
        yield _claim(fact.quantity.kind, fact, worst([*([within] if within else []), *tests]))
    for fact in _superlatives(scene, facts, known):
        yield _claim(SUPERLATIVE, fact, _superlative(fact, ground))
    if added := sum_within(facts):
        yield _claim(SUM, *added)
    for peer, relation, verdict in comparisons_within(facts):
        yield _claim(COMPARISON, peer, replace(verdict, params={**verdict.params, "relation": relation}))


def _claim(kind: str, fact: Fact, verdict: Verdict) -> Claim:
    sentence = fact.sentence
    return Claim(kind, sentence.raw, sentence.file, sentence.line, sentence.page, verdict, fact)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {
        word.casefold(): kind
        for kind in ("most", "least", "only", "first")
        for word in lexicon().superlative[kind]
    }
    ordered = sorted(kinds, key=len, reverse=True)
    parts = [rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in ordered]
    return re.compile("|".join(parts), re.IGNORECASE), kinds


def find_superlatives(scene: Scene) -> list[tuple[int, int, str]]:
    """Return the superlatives of a sentence: start, end and ``most``, ``least``, ``only`` or ``first``."""
    pattern, kinds = _words()
    bad = lexicon().superlative
    found = []
    for match in pattern.finditer(scene.text):
        after, before = scene.text[match.end() :].lstrip(), scene.text[: match.start()]
        ranked = any(q.kind == "rank" and q.start <= match.start() < q.end for q in scene.quantities)
        nth = re.search(r"(?:second|third|fourth|fifth|\dth|\dnd|\drd)[\s-]+$", before)
        if after.startswith(bad["not_after"]) or before.endswith(bad["not_before"]) or ranked or nth:
            continue
        found.append((match.start(), match.end(), kinds[match[0].casefold()]))
    return found


def _superlatives(scene: Scene, facts: Sequence[Fact], known: Known) -> Iterable[Fact]:
    chinese = scene.sentence.is_chinese
    for start, end, kind in find_superlatives(scene):
        mark = Quantity(start, end, start, 1.0, kind, "", SUPERLATIVE, 1.0)
        before = scene.before(mark) or scene.after(mark)
        year = next((y for y in reversed(scene.years) if not y.is_base), None)
        clause = max(scene.text.rfind(sign, 0, start) for sign in "，；：,;:") + 1
        phrase = scene.text[clause:start] if chinese else scene.text[clause : end + 40]
        for span in [(p.start, p.end) for p in scene.places] + [(y.start, y.end) for y in scene.years]:
            phrase = phrase.replace(scene.text[slice(*span)], " ")
        own = phrase if len(core(phrase)) > 1 else next((f.phrase for f in facts if f.phrase), phrase)
        place = before[-1] if before else None
        yield Fact(
            scene,
            mark,
            place=place.id if place else "",
            place_name=place.name if place else "",
            place_told=place is not None,
            year=year.last if year else None,
            year_told=year is not None,
            phrase=own.strip(),
            link=best_link(own, known.indicators, chinese=chinese),
            planned=scene.planned,
        )


def _superlative(fact: Fact, ground: Ground) -> Verdict:
    scope = scope_at(fact.scene, fact.quantity.at)
    kind = fact.quantity.unit
    if kind in ("only", "first"):
        return Verdict(UNTESTED, "register", params={"scope": scope}) if scope else Verdict(SCOPE, "scope")
    if fact.link is None or not fact.place:
        return (
            Verdict(
                UNTESTED,
                "no_indicator" if fact.place else "no_place",
                params={"place": fact.place_name or "–"},
            )
            if scope
            else Verdict(SCOPE, "scope")
        )
    return test_rank(fact, fact.link.indicator, ground, 1, least=kind == "least")


def _between(facts: Sequence[Fact]) -> Iterable[Claim]:
    """Find what several texts tell differently of one place and indicator; which one is right is left open."""
    told = [
        f for f in facts if f.quantity.kind in (VALUE, SHARE) and not f.quantity.qualifier and not f.planned
    ]
    for n, one in enumerate(told):
        for other in told[:n]:
            if one.sentence.file != other.sentence.file and _same(one, other) and _differ(one, other):
                verdict = Verdict(
                    AMBIGUOUS,
                    "texts_disagree",
                    other.quantity.value,
                    (step_of(one), step_of(other)),
                    {"file": other.sentence.file},
                )
                yield _claim(one.quantity.kind, one, verdict)
                break


def _same(one: Fact, other: Fact) -> bool:
    if not one.place_name or (one.place or one.place_name) != (other.place or other.place_name):
        return False
    if one.year_told and other.year_told and (one.year, one.since) != (other.year, other.since):
        return False
    if one.quantity.kind != other.quantity.kind or size(one.quantity.unit)[1] != size(other.quantity.unit)[1]:
        return False
    if one.link and other.link and one.link.indicator.id == other.link.indicator.id:
        return one.whole_place == other.whole_place
    return len(core(one.phrase)) > 2 and core(one.phrase) == core(other.phrase) and one.whole == other.whole


def _differ(one: Fact, other: Fact) -> bool:
    a, b = (f.quantity.value * size(f.quantity.unit)[0] for f in (one, other))
    return abs(a - b) > 0.01 * max(abs(a), abs(b))
