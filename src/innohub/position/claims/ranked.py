"""Test ranks and superlatives: a study of some places can refute a rank, and bear it out only when it has them all."""

import re

from innohub.catalog.claims import lexicon
from innohub.position.claims.fact import Fact
from innohub.position.claims.ground import Ground
from innohub.position.claims.link import Indicator
from innohub.position.claims.scene import Scene
from innohub.position.claims.verdict import AMBIGUOUS, FAILS, HOLDS, SCOPE, UNTESTED, Verdict

# Provinces, autonomous regions and municipalities of the mainland.
_PROVINCES = 31


def scope_at(scene: Scene, at: int) -> str:
    """Return how far a rank or superlative reaches: the word of scope nearest before it, else right after; or empty."""
    text = scene.text
    start = max(text.rfind(sign, 0, at) for sign in "。；;") + 1
    before = [text[a:b] for a, b, _ in scene.scopes if start <= a < at]
    after = [text[a:b] for a, b, _ in scene.scopes if at <= a <= at + 40]
    wholes = re.findall(
        r"\d+\s*(?:个|家|座)?[^，。；]{0,12}?中(?=[^国央心])|among [^,.;]{3,40}|of the \d+ [^,.;]{3,30}",
        text[start:at] + text[at:],
    )
    named = [place.name for place in scene.places if re.match(r"(?:各[市地县]|内|范围内)", text[place.end :])]
    return (before[-1:] or after[:1] or wholes[:1] or named[:1] or [""])[0]


def test_rank(
    fact: Fact, indicator: Indicator, ground: Ground, rank: int, *, at_most: bool = False, least: bool = False
) -> Verdict:
    """Count the places of the same level in the study that stand above a place.

    A verdict ``scope-missing`` comes with the rank among the study's own places; ``holds`` needs a study of all
    provinces and a rank told of the nation.
    """
    cells = [
        c for c in ground.of(fact.place, indicator) if not fact.year_told or c.step_taken.year == fact.year
    ]
    scope = scope_at(fact.scene, fact.quantity.at)
    if not cells:
        return Verdict(SCOPE, "scope") if not scope else Verdict(UNTESTED, "no_value")
    own = cells[-1]
    peers = ground.peers(fact.place, indicator.id, own.step_taken.year)
    sign = -1.0 if (indicator.direction < 0) != least else 1.0
    better = [cell for cell in peers.values() if sign * cell.value > sign * own.value]
    params = {
        "rank": len(better) + 1,
        "count": len(peers),
        "scope": scope,
        "year": own.step_taken.year or "–",
    }
    steps = (own.step_taken, *(cell.step_taken for cell in better[:3]))
    if not scope:
        return Verdict(SCOPE, "scope_rank", float(len(better) + 1), steps, params)
    sure = bool(fact.link and fact.link.sure and fact.place_told and fact.year_told)
    stands = len(better) + 1
    if stands > rank:
        word = FAILS if sure and not own.doubted and not _world(scope) else AMBIGUOUS
        return Verdict(word, "rank_above" if word == FAILS else "rank_unsure", float(stands), steps, params)
    is_whole = ground.levels.get(fact.place) == "province" and len(peers) >= _PROVINCES and _is_nation(scope)
    if is_whole and (stands == rank or at_most or sure):
        return Verdict(HOLDS if stands == rank or at_most else FAILS, "rank", float(stands), steps, params)
    return Verdict(UNTESTED, "not_refuted", float(stands), steps, params)


def _world(scope: str) -> bool:
    """Say whether a rank is told of the world, where a place stands beside others of quite another level."""
    return scope.casefold() in {word.casefold() for word in lexicon().scope["world"]}


def _is_nation(scope: str) -> bool:
    return scope.casefold() in {word.casefold() for word in lexicon().scope["nation"]}
