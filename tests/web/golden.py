"""Write ``tests/reference/rerank.json``: the page's re-ranking by plain loops, one number after another.

    python tests/web/golden.py

Python's and TypeScript's re-ranking are both tested against the file; neither wrote it.
"""

import csv
import json
import math
from pathlib import Path

import numpy as np

from innohub.web.rerank import pack_draws, unpack_draws

ROOT = Path(__file__).parents[2]
FILE = ROOT / "tests" / "reference" / "rerank.json"
LEVEL = 0.9


def flagship() -> dict:
    """The shipped study: min-max values of the fourteen outer regions, equal weights, 300 draws."""
    folder = ROOT / "examples" / "china-regions-2020"

    def read(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((folder / name).read_text(encoding="utf-8-sig").splitlines()))

    places = [row["place"] for row in read("places.csv") if not row["part_of"]]
    leaves = [row["indicator"] for row in read("indicators.csv")]
    value = {(row["place"], row["indicator"]): float(row["value"]) for row in read("panel.csv")}
    raw = np.array([[value[place, leaf] for leaf in leaves] for place in places])
    x = (raw - raw.min(axis=0)) / (raw.max(axis=0) - raw.min(axis=0))
    draws = np.random.default_rng(20).dirichlet(np.ones(10), 300)
    ones = [1.0] * 10
    users = {
        "default": [0.1] * 10,
        "all one": ones,
        "one alone": [0.0] * 4 + [1.0] + [0.0] * 5,
        "one out": [0.0, *ones[1:]],
        "uneven": [30.0, 0.5, 0.0, 12.5, 50.0, 1.0, 3.0, 0.0, 7.25, 0.01],
        "nothing": [0.0] * 10,
    }
    return study("flagship", x.round(12), [0.1] * 10, draws, sizes=(3, 5, 6), users=users)


def ties() -> dict:
    """Equal rows, sums that differ in the last bit only, a gap at the tenth digit, negative scores."""
    x = np.array(
        [
            [0.1, 0.2, 0.3, 0.9],
            [0.3, 0.1, 0.2, 0.1],
            [0.2, 0.3, 0.1, 0.5],
            [0.2000000001, 0.2, 0.2, 0.0],
            [0.20000000004, 0.2, 0.2, 0.0],
            [-0.5, -0.25, -0.5, 1.0],
            [0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 1.0],
        ]
    )
    draws = np.random.default_rng(3).dirichlet(np.ones(3), 60)
    draws = np.column_stack([draws, np.zeros(60)])
    draws[:5] = [1 / 3, 1 / 3, 1 / 3, 0]
    draws[5:8] = [0, 0.5, 0.5, 0]
    users = {
        "default": [1.0, 1.0, 1.0, 0.0],
        "weight of a dead leaf": [1.0, 1.0, 1.0, 5.0],
        "only the dead leaf": [0.0, 0.0, 0.0, 1.0],
        "some draws fall out": [2.0, 0.0, 0.0, 0.0],
        "scaled": [20.0, 20.0, 20.0, 0.0],
        "uneven": [0.7, 0.2, 0.1, 0.0],
    }
    return study("ties", x, [1 / 3, 1 / 3, 1 / 3, 0.0], draws, sizes=(2, 0, 6), users=users)


def gaps() -> list[dict]:
    """Gaps in two dimensions, one of them below the least share; a dead leaf; a node of one child."""
    nan = float("nan")
    x = np.array(
        [
            [0.9, 0.2, 0.4, 0.7, 0.1, nan],
            [0.1, nan, 0.8, 0.3, 0.6, nan],
            [nan, nan, 0.5, 0.2, 0.9, nan],
            [0.4, 0.6, nan, 0.5, nan, nan],
            [0.3, 0.3, 0.3, nan, 0.3, nan],
            [nan, nan, nan, nan, 0.8, nan],
            [0.3, 0.3, 0.3, 0.3, 0.3, nan],
        ]
    )
    default = [0.2, 0.1, 0.2, 0.25, 0.25, 0.0]
    draws = np.column_stack([np.random.default_rng(5).dirichlet(np.ones(5), 80), np.zeros(80)])
    draws[:3] = [0, 0, 0.5, 0.5, 0, 0]
    users = {
        "default": default,
        "all one": [1.0] * 6,
        "a missing leaf gets nothing": [1.0, 0.0, 1.0, 1.0, 1.0, 0.0],
        "much on what is missing": [60.0, 5.0, 1.0, 9.0, 0.5, 0.0],
        "one leaf alone": [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
    }
    # The root has two dimensions: the first of three leaves, the second of a leaf and of a node of one leaf.
    rule = {"parent": [-1, 0, 0, 1, 1, 1, 2, 2, 2, 7], "leaf": [-1, -1, -1, 0, 1, 2, 3, -1, 5, 4]}
    rules = {"count": {**rule, "min_share": 0.6, "by_weight": False}}
    rules["weight"] = {**rule, "min_share": 0.5, "by_weight": True}
    return [
        study(f"gaps by {by}", x, default, draws, sizes=(2, 3, 2), users=users, rule=own)
        for by, own in rules.items()
    ]


def study(
    name: str,
    x: np.ndarray,
    default: list[float],
    draws: np.ndarray,
    *,
    sizes: tuple[int, ...],
    users: dict,
    rule: dict | None = None,
) -> dict:
    """One matrix with its draws and what comes out under every weight vector."""
    rows = pack_draws(draws)
    read = unpack_draws(rows, len(default)).tolist()
    cases = [
        {
            "name": case,
            "weights": user,
            "expected": expected(x.tolist(), default, read, user, sizes=sizes, rule=rule),
        }
        for case, user in users.items()
    ]
    return {
        "name": name,
        "normalised": [[None if math.isnan(value) else value for value in row] for row in x.tolist()],
        "rule": rule,
        "default": default,
        "draws": rows,
        "sizes": sizes,
        "level": LEVEL,
        "cases": cases,
    }


def expected(
    x: list[list[float]],
    default: list[float],
    draws: list[list[float]],
    user: list[float],
    *,
    sizes: tuple[int, ...],
    rule: dict | None,
) -> dict | None:
    """Scores, ranks, intervals and tier probabilities, place by place."""
    user = [u if d > 0 else 0.0 for u, d in zip(user, default, strict=True)]
    if sum(user) <= 0:
        return None
    change = [u / d if d > 0 else 0.0 for u, d in zip(user, default, strict=True)]
    tilted = [[w * c for w, c in zip(draw, change, strict=True)] for draw in draws]
    scores = weigh(x, user, user, rule)
    scored = [score is not None for score in scores]
    if not any(scored):
        return None
    drawn = [weigh(x, weights, user, rule) for weights in tilted if sum(weights) > 0]
    drawn = [row for row in drawn if all(row[i] is not None for i in range(len(x)) if scored[i])]
    ranks = [rank(scores) for scores in drawn]
    places = range(len(x))
    low, high = (1 - LEVEL) / 2, (1 + LEVEL) / 2
    edges = [sum(sizes[:k]) for k in range(len(sizes) + 1)]
    return {
        "scores": scores,
        "ranks": rank(scores),
        "score_low": [quantile([row[i] for row in drawn], low) if scored[i] else None for i in places],
        "score_high": [quantile([row[i] for row in drawn], high) if scored[i] else None for i in places],
        "rank_low": [first([row[i] for row in ranks], low) if scored[i] else 0 for i in places],
        "rank_high": [first([row[i] for row in ranks], high) if scored[i] else 0 for i in places],
        "probability": [
            [sum(edges[k] < row[i] <= edges[k + 1] for row in ranks) / len(ranks) for k in range(len(sizes))]
            for i in places
        ],
        "used": len(drawn),
    }


def weigh(
    x: list[list[float]], weights: list[float], user: list[float], rule: dict | None
) -> list[float | None]:
    """Weighted sums under weights closed to one, leaf after leaf; by the tree where there are gaps."""
    total = 0.0
    for weight in weights:
        total += weight
    closed = [weight / total for weight in weights]
    scores = []
    for row in x:
        if rule and any(math.isnan(value) for value in row[:5]):
            scores.append(climb(rule, 0, row, weights, user))
            continue
        score = 0.0
        for value, weight in zip(row, closed, strict=True):
            score += 0.0 if math.isnan(value) else value * weight
        scores.append(score)
    return scores


def climb(rule: dict, node: int, row: list[float], weights: list[float], user: list[float]) -> float | None:
    """Score of a node by recursion: weighted mean of the children that have a score, if there are enough."""
    if rule["leaf"][node] >= 0:
        value = row[rule["leaf"][node]]
        return None if math.isnan(value) else value
    below = [child for child, parent in enumerate(rule["parent"]) if parent == node]
    used = [child for child in below if heft(rule, child, user) > 0]
    # Whether a child has a score is a matter of the reader's weights, not of the draw.
    there = [child for child in used if climb(rule, child, row, user, user) is not None]
    if not there:
        return None
    count = {True: lambda nodes: sum(heft(rule, n, user) for n in nodes), False: len}[rule["by_weight"]]
    if count(there) / count(used) < rule["min_share"] - 1e-12:
        return None
    pairs = [(heft(rule, child, weights), climb(rule, child, row, weights, user)) for child in there]
    pairs = [(weight, score) for weight, score in pairs if score is not None]
    total = sum(weight for weight, _ in pairs)
    return sum(weight * score for weight, score in pairs) / total if total > 0 else None


def heft(rule: dict, node: int, weights: list[float]) -> float:
    """Weight of all leaves below a node."""
    if rule["leaf"][node] >= 0:
        return weights[rule["leaf"][node]]
    return sum(heft(rule, child, weights) for child, parent in enumerate(rule["parent"]) if parent == node)


def rank(scores: list[float | None]) -> list[int]:
    """1 + how many score better in ten significant digits; 0 without a score."""
    rounded = [None if score is None else float(f"{score:.9e}") for score in scores]
    found = [score for score in rounded if score is not None]
    return [0 if own is None else 1 + sum(other > own for other in found) for own in rounded]


def quantile(values: list[float], share: float) -> float:
    """Linear interpolation between order statistics."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def first(ranks: list[int], share: float) -> int:
    """Smallest rank whose cumulated share reaches a share."""
    return next(r for r in sorted(set(ranks)) if sum(k <= r for k in ranks) / len(ranks) >= share - 1e-9)


def text() -> str:
    """The content of the file."""
    return json.dumps({"studies": [flagship(), ties(), *gaps()]}, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
