"""Facts of a text: each quantity with its place, indicator and year, and how surely each of these is told."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from innohub.catalog.claims import lexicon
from innohub.position.claims.link import Indicator, Link, best_link, core, fits, size, words_of
from innohub.position.claims.mention import Gazetteer, Place, Year
from innohub.position.claims.quantity import MULTIPLE, RANK, SHARE, VALUE, Quantity
from innohub.position.claims.scene import WHOLE, Scene, compared, other_of, read_scene, whole_of
from innohub.position.claims.signs import Sentence

_GLUE = re.compile(
    r"\s*(?:'s|’s)?\s*(?:企业|则|已|共|的|约|近|超过|超|逾|为|有|达到|达|占了|占|是|with|had|has|at|by|:)*\s*"
)
_CLAUSE_ZH, _CLAUSE_EN = (
    re.compile(r"[，：:；—]"),
    re.compile(r"[,:;](?!\d)|\bwhile\b|\band\b(?=[^,;]*\d)|\bcompared with\b|\bbut\b"),
)
_REST = re.compile(r"其他|其它|其余|\bother\b|\bothers\b|\brest\b|\belsewhere\b")
_COUNTED = ("count", "person", "household")


@dataclass(frozen=True)
class Known:
    """What a study knows: the names of its places, its indicators."""

    names: Gazetteer
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Fact:
    """A quantity of a text and what it is about.

    Attributes
    ----------
    place, place_name : id in the study (empty for none) and the name as written.
    place_told, year_told : whether the sentence itself tells, rather than one before it.
    year, since : the year, and the first year of a period.
    phrase : the words that name the indicator; ``link`` is the study's indicator that they mean.
    whole, other : the words of what a share is of, or a multiple is compared with; their places in ``whole_place``,
        ``other_place`` (``nation`` and ``world`` where the words say so).
    planned : whether the sentence tells of a plan.
    """

    scene: Scene
    quantity: Quantity
    place: str = ""
    place_name: str = ""
    place_told: bool = False
    year: int | None = None
    since: int | None = None
    year_told: bool = False
    phrase: str = ""
    link: Link | None = None
    whole: str = ""
    whole_place: str = ""
    other: str = ""
    other_place: str = ""
    planned: bool = False

    @property
    def sentence(self) -> Sentence:
        """The sentence that tells it."""
        return self.scene.sentence

    @property
    def quote(self) -> str:
        """The sentence as written."""
        return self.sentence.raw


@dataclass(frozen=True)
class _Carried:
    """What earlier sentences of a paragraph have named."""

    place: Place | None = None
    year: Year | None = None
    phrase: str = ""


def read_facts(sentences: Iterable[Sentence], known: Known) -> Iterator[tuple[Scene, list[Fact]]]:
    """Read each sentence; places and years are carried within a paragraph where a sentence names none."""
    carried, paragraph = _Carried(), (-1, "")
    for sentence in sentences:
        if (sentence.paragraph, sentence.file) != paragraph:
            carried, paragraph = _Carried(), (sentence.paragraph, sentence.file)
        scene = read_scene(sentence, known.names)
        facts: list[Fact] = []
        for quantity in scene.quantities:
            facts.append(_fact(quantity, scene, known, carried, facts))
        facts = _distributed(facts)
        yield scene, facts
        subjects = [place for place, role in zip(scene.places, scene.roles, strict=True) if role == "subject"]
        years = [year for year in scene.years if not year.is_base]
        carried = _Carried(
            subjects[0] if subjects else carried.place,
            years[0] if years else carried.year,
            next((fact.phrase for fact in reversed(facts) if fact.phrase), carried.phrase),
        )


def _fact(quantity: Quantity, scene: Scene, known: Known, carried: _Carried, told: Sequence[Fact]) -> Fact:
    place = _place(quantity, scene)
    year = _year(quantity, scene)
    is_rest = place is None and scene.before(quantity)
    told_place, told_year = place or (None if is_rest else carried.place), year or carried.year
    fact = Fact(
        scene,
        quantity,
        place=told_place.id if told_place else "",
        place_name=told_place.name if told_place else "",
        place_told=place is not None and not _is_aside(quantity, place, scene),
        year=told_year.last if told_year else None,
        since=told_year.first if told_year else None,
        year_told=year is not None,
        planned=scene.planned,
    )
    return _linked(_related(fact, known.names), known, carried, told)


def _place(quantity: Quantity, scene: Scene) -> Place | None:
    """Return the place of a quantity: before its bracket, right before it, or what the sentence is about."""
    if (opened := _bracket(quantity, scene.text)) is not None:
        for place in reversed(scene.places):
            if place.end <= opened and re.fullmatch(r"\s*", scene.text[place.end : opened]):
                return place
    for place in () if scene.sentence.is_chinese else scene.places:
        if re.fullmatch(r"(?: of GDP)? in (?:the )?", scene.text[quantity.end : place.start]):
            return place
    for place, role in zip(scene.places, scene.roles, strict=True):
        if (
            role != WHOLE
            and place.end <= quantity.start
            and _GLUE.fullmatch(scene.text[place.end : quantity.start])
        ):
            return place
    before = scene.before(quantity)
    if before and _REST.search(scene.text[before[-1].end : quantity.start]):
        return None
    if scene.sentence.is_chinese:
        return before[-1] if before else None
    clause = max(scene.text.rfind(sign, 0, quantity.at) for sign in ";,")
    near = [place for place in before if place.start > clause]
    after = [
        place
        for place in scene.after(quantity)
        if not re.search(r"[;]", scene.text[quantity.end : place.start])
    ]
    return near[-1] if near else before[-1] if before else after[0] if after else None


def _is_aside(quantity: Quantity, place: Place, scene: Scene) -> bool:
    """Say whether a number in brackets follows something else than its place: a bar, a threshold."""
    opened = _bracket(quantity, scene.text)
    before = scene.text[place.end : opened] if opened is not None and place.end <= opened else ""
    # 195项已经达到国际领先水平（占17%） explains a number; …的水平（大于1.8万美元/人） a bar.
    return bool(before.strip()) and not any(place.end <= q.at < (opened or 0) for q in scene.quantities)


def _bracket(quantity: Quantity, text: str) -> int | None:
    """Return where the bracket around a quantity opens; None outside of brackets."""
    opened = text.rfind("(", 0, quantity.at)
    return opened if opened >= 0 and ")" not in text[opened : quantity.at] else None


def _year(quantity: Quantity, scene: Scene) -> Year | None:
    """Return the year of a quantity: the one told last before it, in English the nearest in its clause."""
    opened, chinese = _bracket(quantity, scene.text), scene.sentence.is_chinese
    for year in scene.years:
        gap = scene.text[year.end : quantity.start] if year.end <= quantity.start else None
        if (
            gap is not None
            and gap.strip() in ("", "的", "约", "约为", "为", "达")
            and (chinese or not gap.strip())
        ):
            return year
        if not chinese and re.fullmatch(
            r"\s+(?:in|by|for|during|as of|at the end of)\s+", scene.text[quantity.end : year.start]
        ):
            return year
    years = [year for year in scene.years if not year.is_base or opened is not None]
    if opened is None:
        # 超过2015年的纽约: the year of what is compared with is not the year of what follows.
        peers = {place.start for place in scene.places if compared(scene.text, place)}
        main = [y for y in years if not any(y.end <= start <= y.end + 2 for start in peers)]
        years = main or years
    if scene.sentence.is_chinese:
        before = [year for year in years if year.start < quantity.at]
        return before[-1] if before else years[0] if years else None
    if opened is not None:
        inside = [year for year in years if opened < year.start < scene.text.find(")", quantity.end)]
        years = inside or years

    def distance(year: Year) -> float:
        low, high = sorted((year.start, quantity.at))
        gap = scene.text[low:high]
        return 40 * len(re.findall(r"[;]|, (?!\d)|\(|\)", gap)) + len(gap)

    return min(years, key=distance, default=None)


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


def _linked(fact: Fact, known: Known, carried: _Carried, told: Sequence[Fact]) -> Fact:
    """Find the words that name the indicator and what they mean.

    Of a count, the noun after it and the words before it are both looked at; else the words between the number before
    and this one, then what a number of the same unit was of, then what the sentence before told of.
    """
    if _bracket(fact.quantity, fact.scene.text) is not None or not _own_words(fact):
        bases = (size(fact.quantity.unit)[1], "")
        same = [one for one in told if size(one.quantity.unit)[1] in bases or not bases[0]]
        kinds = (VALUE, SHARE) if _bracket(fact.quantity, fact.scene.text) is not None else (VALUE,)
        alone = fact.quantity.kind in kinds and not fact.whole and not _explains(fact)
        if alone and same and same[-1].quantity.kind == fact.quantity.kind:
            return replace(fact, phrase=same[-1].phrase, link=same[-1].link)
    near = [phrase for phrase in map(_level, _near(fact)) if _content(phrase, fact)]
    far = [phrase for phrase in map(_level, _far(fact, told, carried)) if _content(phrase, fact)]
    best = fact
    for phrase in near or far[:1]:
        link = _choose(fact, phrase, known.indicators)
        if not best.phrase or (link and (best.link is None or link.score > best.link.score)):
            best = replace(fact, phrase=phrase.strip(), link=link)
    return best


def _explains(fact: Fact) -> bool:
    """Say whether a bracket explains the number before it: 195项已经达到国际领先水平（占17%）."""
    opened = _bracket(fact.quantity, fact.scene.text)
    return opened is not None and fact.scene.text.startswith("占", opened + 1)


_CHANGE = re.compile(
    r"同比|环比|增长|增加|提高|上升|提升|下降|减少|降低|\b(?:grew|grown|rose|risen|increased|decreased|fell|growth|year on year)\b"
)


def _level(phrase: str) -> str:
    """Return a phrase without the words of a change, which its quantity tells; a value that is a change keeps its kind."""
    return _CHANGE.sub(" ", phrase)


def _content(phrase: str, fact: Fact) -> bool:
    """Say whether a phrase holds more than empty words."""
    return len(core(phrase)) >= 2 if fact.sentence.is_chinese else bool(words_of(phrase))


def _own_words(fact: Fact) -> bool:
    return any(_content(phrase, fact) for phrase in _near(fact))


def _near(fact: Fact) -> list[str]:
    """Return the phrases right at a quantity: the noun that it counts, the words since the number before."""
    quantity, scene = fact.quantity, fact.scene
    if not scene.sentence.is_chinese:
        return _near_english(quantity, scene)
    text, found = _blanked(scene), []
    if _counts(quantity):
        following = next(
            (other.start for other in scene.quantities if other.start >= quantity.end), len(text)
        )
        found.append(re.split(r"[，。；、：()]|和|及|与", text[quantity.end : following])[0])
    clause = max([0, *(match.end() for match in _CLAUSE_ZH.finditer(text[: quantity.start]))])
    start = max(_before(fact), clause)
    last = next((q for q in scene.quantities if q.end == start), None)
    if last and _counts(last) and (joint := _JOINT.search(text, start, quantity.start)):
        # What directly follows the count before is counted by it: 10个省级实验室、30个国家重点实验室.
        start = joint.end()
    return [*found, _unwhole(text, start, quantity.start, _span(fact))]


_JOINT = re.compile(r"[、，]|以及|和|及|与|$")


def _span(fact: Fact) -> tuple[int, int] | None:
    if fact.quantity.kind not in (SHARE, MULTIPLE):
        return None
    return whole_of(fact.quantity, fact.scene) or other_of(fact.quantity, fact.scene)


def _before(fact: Fact) -> int:
    """Return where the quantity before ends; zero without one."""
    ends = [other.end for other in fact.scene.quantities if other.end <= fact.quantity.start]
    return max(ends, default=0)


def _far(fact: Fact, told: Sequence[Fact], carried: _Carried) -> Iterator[str]:
    """Yield the phrases of clauses before, back to the number before; then what numbers before were of."""
    quantity, scene = fact.quantity, fact.scene
    chinese = scene.sentence.is_chinese
    text = _blanked(scene, bare=chinese)
    pattern = _CLAUSE_ZH if chinese else _CLAUSE_EN
    marks = [0, *(match.end() for match in pattern.finditer(text[: quantity.start]))]
    for n in range(len(marks) - 2, -1, -1):
        if marks[n + 1] > _before(fact):
            yield text[max(marks[n], _before(fact)) : marks[n + 1]]
    unit = size(quantity.unit)[1]
    yield from (one.phrase for one in reversed(told) if size(one.quantity.unit)[1] == unit)
    yield from (one.phrase for one in reversed(told))
    yield carried.phrase


def _unwhole(text: str, start: int, end: int, whole: tuple[int, int] | None) -> str:
    """Cut out of a stretch what names the whole, unless it is nothing else: 占全国技术合同成交额的 names the indicator."""
    if whole and whole[0] >= start:
        before = text[start : max(start, whole[0] - 1)]
        return before if len(core(before)) >= 2 else text[whole[0] : whole[1]]
    return text[start:end]


def _near_english(quantity: Quantity, scene: Scene) -> list[str]:
    text = _blanked(scene, bare=False)
    marks = [0, *(match.end() for match in _CLAUSE_EN.finditer(text)), len(text)]
    here = max(n for n, mark in enumerate(marks) if mark <= quantity.at)
    own = text[marks[here] : marks[here + 1]] if here + 1 < len(marks) else text[marks[here] :]
    noun = scene.text[quantity.at : quantity.end].lstrip("0123456789.,% ")
    return [noun, own] if _counts(quantity) else [own]


def _counts(quantity: Quantity) -> bool:
    return quantity.kind == VALUE and lexicon().base(quantity.unit.rpartition(" ")[2]) in _COUNTED


def _blanked(scene: Scene, *, bare: bool = True) -> str:
    """Return the sentence with places, years, quantities and brackets blanked out, offsets kept."""
    signs = list(scene.text)
    spans = [(item.start, item.end) for item in (*scene.places, *scene.years)]
    spans += [
        (q.start, q.end) if scene.sentence.is_chinese else (q.start, _noun_start(q, scene.text))
        for q in scene.quantities
    ]
    # A bracket after a name explains it: 研究与试验发展（R&D）.
    spans += [match.span() for match in re.finditer(r"\([^()]*\)", scene.text)] if bare else []
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _noun_start(quantity: Quantity, text: str) -> int:
    """Return where the counted noun of an English quantity begins, so that it stays among the words."""
    match = re.match(r"[\d.,%/]+|\w+", text[quantity.at :])
    return quantity.at + match.end() if match and _counts(quantity) else quantity.end


def _choose(fact: Fact, phrase: str, indicators: Sequence[Indicator]) -> Link | None:
    """Return the indicator that a phrase means, among those that the quantity fits, or that it is worked out from."""
    chinese, quantity = fact.sentence.is_chinese, fact.quantity
    if quantity.kind == SHARE:
        same = [one for one in indicators if fits(quantity, one) and _same_whole(fact, one)]
        if fact.whole and (link := best_link(phrase, same, chinese=chinese)):
            return link
        if not fact.whole:
            return best_link(phrase, [one for one in indicators if fits(quantity, one)], chinese=chinese)
        return best_link(
            phrase, [one for one in indicators if not one.whole and not fits(quantity, one)], chinese=chinese
        )
    own = [one for one in indicators if fits(quantity, one) and _same_other(fact, one)]
    link = best_link(phrase, own, chinese=chinese)
    if quantity.kind == VALUE:
        return link
    base = best_link(phrase, [one for one in indicators if not fits(quantity, one)], chinese=chinese)
    if quantity.kind in (RANK, MULTIPLE) and link and (base is None or link.score >= base.score):
        return link
    return base


def _same_other(fact: Fact, indicator: Indicator) -> bool:
    """Say whether a multiple that a study gives is one of the same other; what is no multiple always is."""
    if fact.quantity.kind != MULTIPLE or not fact.other:
        return True
    nation = fact.other_place == "nation" or any(word in fact.other for word in lexicon().nation)
    names = lexicon().nation if nation else (fact.other.removesuffix("省").removesuffix("市"),)
    return any(name and name in told for name in names for told in indicator.names)


def _same_whole(fact: Fact, indicator: Indicator) -> bool:
    """Say whether an indicator is a share of what the text names as the whole."""
    if not indicator.whole:
        return False
    told = fact.whole_place
    if indicator.whole in ("nation", "world"):
        return told == indicator.whole or (indicator.whole == "nation" and told in ("china", "CN"))
    return bool(told) and (
        indicator.whole.casefold() in (told.casefold(), fact.whole.casefold())
        or indicator.whole in fact.whole
    )


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
    places = _row([(p.start, p.end, p) for p in scene.places if p.end <= limit], text, count)
    years = _row([(y.start, y.end, y) for y in scene.years if y.end <= limit], text, count)
    changed = dict(zip(map(id, run), run, strict=True))
    for n, fact in enumerate(run):
        if years:
            fact = replace(fact, year=years[n].last, since=years[n].first, year_told=True)
        elif places:
            fact = replace(fact, place=places[n].id, place_name=places[n].name, place_told=True)
        changed[id(run[n])] = fact
    return [changed.get(id(fact), fact) for fact in facts]


def _row(spans: list[tuple[int, int, object]], text: str, count: int) -> list:
    """Return the last ``count`` things named in a row, nothing but joints between them; none where there are not."""
    last = spans[-count:]
    gaps = [text[a[1] : b[0]] for a, b in zip(last, last[1:], strict=False)]
    joined = all(re.fullmatch(r"\s*(?:、|，|,|和|与|及|and|, and)\s*", gap) for gap in gaps)
    more = len(spans) > count and re.fullmatch(
        r"\s*(?:、|和|与|及|,|and)\s*", text[spans[-count - 1][1] : last[0][0]]
    )
    return [item for _, _, item in last] if len(last) == count and joined and not more else []
