"""Which place and which year a quantity of a sentence belongs to."""

import re

from innohub.position.claims.mention import Place, Year
from innohub.position.claims.quantity import Quantity
from innohub.position.claims.scene import WHOLE, Scene, compared

_GLUE = re.compile(
    r"\s*(?:'s|’s)?\s*(?:企业|则|已|共|的|约|近|超过|超|逾|为|有|达到|达|占了|占|是|with|had|has|at|by|:)*\s*"
)
_REST = re.compile(r"其他|其它|其余|\bother\b|\bothers\b|\brest\b|\belsewhere\b")


def place_of(quantity: Quantity, scene: Scene) -> Place | None:
    """Return the place of a quantity: before its bracket, right before it, or what the sentence is about."""
    if (opened := bracket(quantity, scene.text)) is not None:
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


def year_of(quantity: Quantity, scene: Scene) -> Year | None:
    """Return the year of a quantity: the one told last before it, in English the nearest in its clause."""
    opened, chinese = bracket(quantity, scene.text), scene.sentence.is_chinese
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


def is_aside(quantity: Quantity, place: Place, scene: Scene) -> bool:
    """Say whether a number in brackets follows something else than its place: a bar, a threshold."""
    opened = bracket(quantity, scene.text)
    before = scene.text[place.end : opened] if opened is not None and place.end <= opened else ""
    # 195项已经达到国际领先水平（占17%） explains a number; …的水平（大于1.8万美元/人） a bar.
    return bool(before.strip()) and not any(place.end <= q.at < (opened or 0) for q in scene.quantities)


def bracket(quantity: Quantity, text: str) -> int | None:
    """Return where the bracket around a quantity opens; None outside of brackets."""
    opened = text.rfind("(", 0, quantity.at)
    return opened if opened >= 0 and ")" not in text[opened : quantity.at] else None
