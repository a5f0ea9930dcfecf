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


def study(
    name: str,
    x: np.ndarray,
    default: list[float],
    draws: np.ndarray,
    *,
    sizes: tuple[int, ...],
    users: dict,
) -> dict:
    """One matrix with its draws and what comes out under every weight vector."""
    rows = pack_draws(draws)
    read = unpack_draws(rows, len(default)).tolist()
    cases = [
        {"name": case, "weights": user, "expected": expected(x.tolist(), default, read, user, sizes)}
        for case, user in users.items()
    ]
    return {
        "name": name,
        "normalised": x.tolist(),
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
    sizes: tuple[int, ...],
) -> dict | None:
    """Scores, ranks, intervals and tier probabilities, place by place."""
    user = [u if d > 0 else 0.0 for u, d in zip(user, default, strict=True)]
    if sum(user) <= 0:
        return None
    change = [u / d if d > 0 else 0.0 for u, d in zip(user, default, strict=True)]
    tilted = [[w * c for w, c in zip(draw, change, strict=True)] for draw in draws]
    drawn = [weigh(x, weights) for weights in tilted if sum(weights) > 0]
    ranks = [rank(scores) for scores in drawn]
    scores = weigh(x, user)
    places = range(len(x))
    low, high = (1 - LEVEL) / 2, (1 + LEVEL) / 2
    edges = [sum(sizes[:k]) for k in range(len(sizes) + 1)]
    return {
        "scores": scores,
        "ranks": rank(scores),
        "score_low": [quantile([row[i] for row in drawn], low) for i in places],
        "score_high": [quantile([row[i] for row in drawn], high) for i in places],
        "rank_low": [first([row[i] for row in ranks], low) for i in places],
        "rank_high": [first([row[i] for row in ranks], high) for i in places],
        "probability": [
            [sum(edges[k] < row[i] <= edges[k + 1] for row in ranks) / len(ranks) for k in range(len(sizes))]
            for i in places
        ],
        "used": len(drawn),
    }


def weigh(x: list[list[float]], weights: list[float]) -> list[float]:
    """Weighted sums under weights closed to one, leaf after leaf."""
    total = 0.0
    for weight in weights:
        total += weight
    closed = [weight / total for weight in weights]
    scores = []
    for row in x:
        score = 0.0
        for value, weight in zip(row, closed, strict=True):
            score += value * weight
        scores.append(score)
    return scores


def rank(scores: list[float]) -> list[int]:
    """1 + how many score better in ten significant digits."""
    rounded = [float(f"{score:.9e}") for score in scores]
    return [1 + sum(other > own for other in rounded) for own in rounded]


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
    return json.dumps({"studies": [flagship(), ties()]}, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
