"""Readings of a design: what moves, what never does."""

import itertools

import numpy as np
import pandas as pd
import pytest

from innohub.chart.causes import read_causes, read_steadiness


def sensitivity(values, method="exact"):
    rows = [
        {"output": o, "place": p, "factor": f, "first": first, "total": total, "method": method}
        for (o, p, f), (first, total) in values.items()
    ]
    return pd.DataFrame(rows)


VALUES = {
    ("rank", "a", "weights"): (0.3, 0.6),
    ("rank", "a", "normalise"): (0.4, 0.7),
    ("rank", "b", "weights"): (np.nan, np.nan),
    ("rank", "b", "normalise"): (np.nan, np.nan),
    ("mean_rank_shift", "", "weights"): (0.1, 0.9),
    ("mean_rank_shift", "", "normalise"): (0.1, 0.8),
    ("boundary_1", "", "weights"): (np.nan, np.nan),
    ("boundary_1", "", "normalise"): (np.nan, np.nan),
}


def test_outputs_that_nothing_moves_are_told_apart():
    causes = read_causes(sensitivity(VALUES))
    assert causes.factors == ("weights", "normalise")
    assert (causes.moving, causes.still) == (("mean_rank_shift",), ("boundary_1",))
    assert causes.strongest("mean_rank_shift") == "weights"
    assert causes.places.loc["a"].tolist() == [0.6, 0.7]
    assert causes.places.loc["b"].isna().all()


def test_the_exact_analysis_comes_first_and_either_can_be_asked_for():
    both = pd.concat([sensitivity(VALUES, "sampled"), sensitivity(VALUES)])
    assert read_causes(both).analysis == "exact"
    assert read_causes(both, "sampled").analysis == "sampled"
    assert read_causes(sensitivity(VALUES, "sampled")).analysis == "sampled"
    assert read_causes(sensitivity(VALUES, "sampled"), "exact") is None
    assert read_causes(sensitivity(VALUES).drop(columns="method")).analysis == "exact"
    assert read_causes(pd.DataFrame()) is None


@pytest.mark.parametrize("seed", range(5))
def test_places_that_never_move_are_those_of_brute_force(seed):
    rng = np.random.default_rng(seed)
    places, sizes = list("abcdef"), [1, 2, 3]
    ranks = np.array([rng.permutation(6) + 1 for _ in range(3)])
    ranks[:, 0] = 1
    rows = [(r + 1, p, int(ranks[r, i])) for r, (i, p) in itertools.product(range(3), enumerate(places))]
    found = read_steadiness(pd.DataFrame(rows, columns=["run", "place", "rank"]), pd.Index(places), sizes)
    tier = dict(zip(range(1, 7), [0, 1, 1, 2, 2, 2], strict=True))
    assert found.models == 3
    assert found.same_rank == tuple(p for i, p in enumerate(places) if len(set(ranks[:, i])) == 1)
    assert found.same_tier == tuple(
        p for i, p in enumerate(places) if len({tier[r] for r in ranks[:, i]}) == 1
    )


def test_a_study_without_tiers_has_no_steady_tiers():
    table = pd.DataFrame({"run": [1, 2], "place": ["a", "a"], "rank": [1, 1]})
    assert read_steadiness(table, pd.Index(["a"]), []).same_tier is None
    assert read_steadiness(pd.DataFrame(), pd.Index(["a"]), []) is None
