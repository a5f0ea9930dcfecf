"""Synergy of cities against two nulls."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from innohub.ecosystem.cities import city_synergy
from innohub.ecosystem.city_null import expected_shares, fit_decay
from innohub.errors import ModelError

RNG = np.random.default_rng
PLACES = ["gz", "hk", "sz"]
DISTANCE = pd.DataFrame([[8.0, 130, 105], [130, 10, 25], [105, 25, 9]], index=PLACES, columns=PLACES)


def ties(seed=1, works=80, extra=0):
    rng = RNG(seed)
    n = works * 2
    frame = pd.DataFrame({
        "work": np.repeat(np.arange(works), 2), "place": rng.choice(PLACES, n, p=[0.5, 0.3, 0.2]),
        "other_place": rng.choice(PLACES, n, p=[0.5, 0.3, 0.2]), "weight": rng.uniform(0.5, 2, n),
    })  # fmt: skip
    return pd.concat(
        [frame, pd.DataFrame({"work": ["x"] * extra, "place": "gz", "other_place": "gz", "weight": 1.0})]
    )


def test_configuration_by_hand():
    frame = pd.DataFrame({"work": [1, 2, 3, 4], "place": list("aaab"), "other_place": list("abbb")})
    # Strengths: a 4, b 4 of 8 ends; half of the ties should cross, 2 of 4 do.
    found = city_synergy(frame, 0, RNG(1))
    assert (found.ratio, found.observed, found.expected) == (1.0, 0.5, 0.5)
    assert found.pairs.to_dict("records") == [
        {"place": "a", "other": "b", "observed": 2.0, "expected": 2.0, "ratio": 1.0}
    ]
    assert (found.null, found.decay, found.fitted) == ("configuration", 0.0, False)


def test_configuration_is_the_mean_of_rewired_ties():
    frame = ties(works=400)
    found = city_synergy(frame, 0, RNG(1))
    rng = RNG(7)
    ends = np.concatenate([frame["place"], frame["other_place"]])
    weight = np.concatenate([frame["weight"], frame["weight"]])
    share = weight / weight.sum()
    first, second = rng.choice(ends, 200_000, p=share), rng.choice(ends, 200_000, p=share)
    assert (first != second).mean() == pytest.approx(found.expected, abs=0.005)


@given(st.integers(0, 200))
def test_shares_sum_to_one_and_decay_zero_is_the_configuration(seed):
    rng = RNG(seed)
    mass = rng.uniform(0.1, 5, 4)
    distance = rng.uniform(1, 9, (4, 4))
    distance += distance.T
    for decay in (0.0, 1.3):
        assert expected_shares(mass, distance, decay).sum() == pytest.approx(1)
    assert expected_shares(mass, distance, 0.0) == pytest.approx(expected_shares(mass))


@given(st.integers(0, 50), st.floats(0, 3))
def test_the_decay_that_made_the_ties_is_found(seed, decay):
    rng = RNG(seed)
    mass = rng.uniform(0.5, 5, 5)
    distance = rng.uniform(1, 9, (5, 5))
    distance += distance.T
    observed = expected_shares(mass, distance, decay) * 1000
    assert fit_decay(observed, mass, distance) == pytest.approx(decay, abs=1e-6)


def test_fitted_decay_is_the_most_likely_one():
    frame = ties(seed=5)
    mass = pd.Series([5.0, 7, 12], PLACES)
    found = city_synergy(frame, 0, RNG(1), "gravity", distance=DISTANCE, mass=mass)
    observed = np.zeros((3, 3))
    for row in frame.itertuples():
        observed[PLACES.index(row.place), PLACES.index(row.other_place)] += row.weight
    observed = (observed + observed.T) / 2

    def loss(decay):
        return -(observed * np.log(expected_shares(mass.to_numpy(), DISTANCE.to_numpy(), decay))).sum()

    best = minimize_scalar(loss, bounds=(0, 10), method="bounded", options={"xatol": 1e-9}).x
    assert found.decay == pytest.approx(best, abs=1e-4) and found.fitted and found.null == "gravity"


def test_gravity_with_a_given_decay_by_hand():
    frame = ties()
    found = city_synergy(
        frame, 0, RNG(1), "gravity", distance=DISTANCE, decay=0.5, mass=pd.Series(1.0, PLACES)
    )
    kernel = DISTANCE.to_numpy() ** -0.5
    assert found.expected == pytest.approx(1 - np.trace(kernel) / kernel.sum())
    crossing = frame.loc[frame["place"] != frame["other_place"], "weight"].sum() / frame["weight"].sum()
    assert found.observed == pytest.approx(crossing)
    assert found.ratio == pytest.approx(crossing / found.expected) and not found.fitted
    assert found.pairs["observed"].sum() == pytest.approx(crossing * frame["weight"].sum())
    zero = city_synergy(frame, 0, RNG(1), "gravity", distance=DISTANCE, decay=0.0)
    assert zero.ratio == pytest.approx(city_synergy(frame, 0, RNG(1)).ratio)


def test_pairs_and_direction():
    frame = ties()
    found = city_synergy(frame, 0, RNG(1))
    turned = frame.rename(columns={"place": "other_place", "other_place": "place"})
    assert city_synergy(turned, 0, RNG(1)).ratio == pytest.approx(found.ratio)
    for (a, b), row in zip(combinations(PLACES, 2), found.pairs.itertuples(), strict=True):
        both = (
            frame["place"].isin([a, b])
            & frame["other_place"].isin([a, b])
            & frame["place"].ne(frame["other_place"])
        )
        assert (row.place, row.other) == (a, b) and row.observed == pytest.approx(
            frame.loc[both, "weight"].sum()
        )


def test_interval_draws_works():
    frame = ties()
    found = city_synergy(frame, 1500, RNG(2))
    rng, of_work = RNG(3), dict(tuple(frame.groupby("work")))
    samples = [pd.concat([of_work[k] for k in rng.integers(0, 80, 80)]) for _ in range(600)]
    drawn = [city_synergy(sample, 0, rng).ratio for sample in samples]
    assert [found.low, found.high] == pytest.approx(np.quantile(drawn, [0.05, 0.95]), abs=0.025)
    assert found.low < found.ratio < found.high and found.works == 80
    fitted = city_synergy(frame, 40, RNG(2), "gravity", distance=DISTANCE)
    assert fitted.low < fitted.high


def test_one_city_no_ties_and_one_work():
    alone = pd.DataFrame({"work": [1, 2], "place": ["a", "a"], "other_place": ["a", "a"]})
    found = city_synergy(alone, 10, RNG(1))
    assert np.isnan(found.ratio) and found.observed == 0 and [f.code for f in found.findings] == ["N211"]
    empty = city_synergy(alone.head(0), 10, RNG(1))
    assert np.isnan(empty.ratio) and empty.works == 0 and [f.code for f in empty.findings] == ["N211"]
    zero = city_synergy(ties().assign(weight=0.0), 10, RNG(1))
    assert np.isnan(zero.ratio) and [f.code for f in zero.findings] == ["N211"]
    one = city_synergy(pd.DataFrame({"work": [1], "place": ["a"], "other_place": ["b"]}), 10, RNG(1))
    assert one.ratio == 2 and np.isnan(one.low) and [f.code for f in one.findings] == ["N206"]


@pytest.mark.parametrize(
    "given_",
    [{}, {"distance": DISTANCE.drop("sz")}, {"distance": DISTANCE * 0}, {"distance": -DISTANCE},
     {"distance": DISTANCE, "mass": pd.Series({"gz": 1.0})}, {"distance": DISTANCE, "mass": pd.Series(0.0, PLACES)}],
)  # fmt: skip
def test_unusable_distances_and_masses(given_):
    with pytest.raises(ModelError) as error:
        city_synergy(ties(), 0, RNG(1), "gravity", **given_)
    assert error.value.findings[0].code == "N210"


def test_unknown_null():
    with pytest.raises(ModelError, match="magic"):
        city_synergy(ties(), 0, RNG(1), "magic")
