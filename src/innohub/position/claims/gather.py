"""Read the facts of a text sentence by sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from innohub.position.claims.fact import Carried, Fact, Known
from innohub.position.claims.mention import Gazetteer, Place, Year
from innohub.position.claims.named import linked
from innohub.position.claims.placed import is_aside, place_of, year_of
from innohub.position.claims.quantity import MULTIPLE, SHARE, Quantity
from innohub.position.claims.scene import Scene, other_of, read_scene, whole_of
from innohub.position.claims.signs import Sentence

Item = TypeVar("Item", Place, Year)
_JOINED = re.compile(r"\s*(?:、|，|,|和|与|及|and|, and)\s*")


def read_facts(sentences: Iterable[Sentence], known: Known) -> Iterator[tuple[Scene, list[Fact]]]:
    """Read each sentence; places and years are carried within a paragraph where a sentence names none."""
    carried, paragraph = Carried(), (-1, "")
    for sentence in sentences:
        if (sentence.paragraph, sentence.file) != paragraph:
            carried, paragraph = Carried(), (sentence.paragraph, sentence.file)
        scene = read_scene(sentence, known.names)
        facts: list[Fact] = []
        for quantity in scene.quantities:
            facts.append(_fact(quantity, scene, known, carried, facts))
        facts = _distributed(facts)
        yield scene, facts
        subjects = [place for place, role in zip(scene.places, scene.roles, strict=True) if role == "subject"]
        years = [year for year in scene.years if not year.is_base]
        carried = Carried(
            subjects[0] if subjects else carried.place,
            years[0] if years else carried.year,
            next((fact.phrase for fact in reversed(facts) if fact.phrase), carried.phrase),
        )


def _fact(quantity: Quantity, scene: Scene, known: Known, carried: Carried, told: Sequence[Fact]) -> Fact:
    place = place_of(quantity, scene)
    year = year_of(quantity, scene)
    is_rest = place is None and scene.before(quantity)
    told_place, told_year = place or (None if is_rest else carried.place), year or carried.year
    fact = Fact(
        scene,
        quantity,
        place=told_place.id if told_place else "",
        place_name=told_place.name if told_place else "",
        place_told=place is not None and not is_aside(quantity, place, scene),
        year=told_year.last if told_year else None,
        since=told_year.first if told_year else None,
        year_told=year is not None,
        planned=scene.planned,
    )
    return linked(_related(fact, known.names), known, carried, told)


def _related(fact: Fact, names: Gazetteer) -> Fact:
    """Add the whole of a share, the other of a multiple."""
    quantity, scene = fact.quantity, fact.scene
    if quantity.kind == SHARE and (span := whole_of(quantity, scene)):
        return replace(fact, whole=scene.text[slice(*span)], whole_place=_body(span, scene, names))
    if quantity.kind == MULTIPLE and (span := other_of(quantity, scene)):
        return replace(fact, other=scene.text[slice(*span)], other_place=_body(span, scene, names))
    return fact


def _body(span: tuple[int, int], scene: Scene, names: Gazetteer) -> str:
    """Return the place that the words of a whole name: an id of the study, ``nation``, ``world`` or empty."""
    place = scene.place_in(*span)
    if place and place.id:
        return place.id
    levels = [level for start, end, level in scene.scopes if span[0] <= start and end <= span[1]]
    if "nation" in levels or "world" in levels:
        return "nation" if "nation" in levels else "world"
    return f"?{place.name}" if place else ""


def _distributed(facts: list[Fact]) -> list[Fact]:
    """Give 分别 and *respectively* their sense: the first number to the first year or place, and so on."""
    if not facts:
        return facts
    text, scene = facts[0].scene.text, facts[0].scene
    mark = text.find("分别") if scene.sentence.is_chinese else text.find("respectively")
    if mark < 0:
        return facts
    chinese = scene.sentence.is_chinese
    run = [fact for fact in facts if (fact.quantity.at > mark if chinese else fact.quantity.at < mark)]
    kinds = {(fact.quantity.kind, fact.quantity.unit) for fact in run}
    count = len(run)
    if count < 2 or len(kinds) > 1:
        return facts
    limit = mark if chinese else run[0].quantity.at
    places = _row([place for place in scene.places if place.end <= limit], text, count)
    years = _row([year for year in scene.years if year.end <= limit], text, count)
    changed = dict(zip(map(id, run), run, strict=True))
    for n, one in enumerate(run):
        if years:
            changed[id(one)] = replace(one, year=years[n].last, since=years[n].first, year_told=True)
        elif places:
            changed[id(one)] = replace(one, place=places[n].id, place_name=places[n].name, place_told=True)
    return [changed.get(id(fact), fact) for fact in facts]


def _row(named: Sequence[Item], text: str, count: int) -> list[Item]:
    """Return the last ``count`` things named in a row, nothing but joints between them; none where there are not."""
    last = list(named[-count:])
    gaps = [text[a.end : b.start] for a, b in pairwise(last)]
    before = text[named[-count - 1].end : last[0].start] if len(named) > count else "。"
    is_row = all(map(_JOINED.fullmatch, gaps)) and not _JOINED.fullmatch(before)
    return last if len(last) == count and is_row else []
