"""Results made by hand: a few places whose every number a test can choose."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from innohub.study.schema import Settings

TIERS = ("international", "national", "regional")


@dataclass(frozen=True)
class Made:
    """Stands in for a run: settings and tables."""

    settings: Settings
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def table(self, name):
        return self.tables[name]


def settings(tiered=True):
    section = {"index": "i", "names": list(TIERS), "probability": "places"}
    return Settings.model_validate(
        {
            "study": {"id": "made", "title": "Made", "year": 2020},
            "index": {"i": {"title": {"zh": "指数", "en": "The index"}}},
            "tiers": section if tiered else None,
        }
    )


def tables(names, scores, tiers, lon=None, lat=None):
    """Return the tables of places given best first."""
    ids, ranks = [f"p{n}" for n in range(len(names))], np.arange(1, len(names) + 1)
    scores = np.asarray(scores, dtype=float)
    spread = 0.1 * (np.abs(scores).max() or 1.0)
    place = pd.DataFrame({"place": ids, "kind": "city", "name_zh": names, "name_en": names, "ranked": True})
    place["lon"] = lon if lon is not None else np.linspace(100, 120, len(ids))
    place["lat"] = lat if lat is not None else np.linspace(25, 40, len(ids))
    score = pd.DataFrame(
        {"index": "i", "node": "root", "place": ids, "year": 2020, "score": scores, "rank": ranks}
    )
    score = score.assign(score_low=scores - spread, score_high=scores + spread)
    score = score.assign(rank_low=np.maximum(1, ranks - 1), rank_high=np.minimum(len(ids), ranks + 1))
    framework = pd.DataFrame(
        [
            ("i", "root", "", "总", "All", ""),
            ("i", "a", "root", "甲（%）", "First", "a"),
            ("i", "b", "root", "乙", "Second", "b"),
        ],
        columns=["index", "node", "parent", "name_zh", "name_en", "indicator"],
    )
    steps = [
        ("i", "normalised", p, node, 2020, v, "")
        for p, s in zip(ids, scores, strict=True)
        for node, v in (("a", s), ("b", -s))
    ]
    shares = [
        (p, t, d, float(t == own), t == own)
        for p, own in zip(ids, tiers, strict=True)
        for t in TIERS
        for d in ("places", "refitted")
    ]
    ranked = [
        ("i", p, r, 0.6 if r == k else 0.4 / (len(ids) - 1))
        for p, k in zip(ids, ranks, strict=True)
        for r in ranks
    ]
    return {
        "places": place,
        "scores": score,
        "framework": framework,
        "indicators": framework.dropna()[["indicator", "name_zh", "name_en"]],
        "steps": pd.DataFrame(steps, columns=["index", "step", "place", "node", "year", "after", "flag"]),
        "tiers": pd.DataFrame(shares, columns=["place", "tier", "definition", "probability", "assigned"]),
        "acceptability": pd.DataFrame(ranked, columns=["index", "place", "rank", "probability"]),
        "tier_sizes": pd.DataFrame({"sizes": ["2/1/1", "1/2/1"], "probability": [0.7, 0.3]}),
        "alternatives": pd.DataFrame(
            {"index": "i", "alternative": "z", "title_zh": "Z 分数", "title_en": "Z-scores", "place": ids}
            | {"rank": ranks, "tier": tiers}
        ),
    }  # fmt: skip


@pytest.fixture
def made():
    """Four cities in three tiers."""
    names = ["Aa", "Bb", "Cc", "Dd"]
    return Made(
        settings(), tables(names, [0.9, 0.5, 0.4, 0.1], ["international", "national", "national", "regional"])
    )


@pytest.fixture
def make():
    """Return the maker of results."""
    return lambda names, scores, tiers, lon=None, lat=None, tiered=True: Made(
        settings(tiered), tables(names, scores, tiers, lon, lat)
    )
