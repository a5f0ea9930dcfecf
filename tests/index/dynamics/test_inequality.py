"""Theil and Gini against double loops, published decompositions' identities and another program."""

import json
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from innohub.errors import ScaleError
from innohub.index.dynamics.inequality import dagum_gini, gini, theil

FOUR, PAIRS = np.array([1.0, 2, 3, 6]), list("aabb")
SIX, HALVES = np.array([1.0, 2, 5, 3, 4, 9]), list("aaabbb")
REFERENCE = Path(__file__).parents[2] / "reference" / "markov_giddy.json"

samples = st.lists(
    st.tuples(st.floats(0, 1e6).map(lambda v: round(v, 3)), st.sampled_from("abc")), min_size=1, max_size=25
)


def loop_gini(a, b):
    """Mean absolute difference of all pairs over the sum of the means."""
    return sum(abs(i - k) for i in a for k in b) / (len(a) * len(b) * (np.mean(a) + np.mean(b)))


def loop_dagum(y, groups):
    """Return G_w, G_nb, G_t by the definition, pair of groups by pair of groups."""
    parts = {name: [v for v, g in zip(y, groups, strict=True) if g == name] for name in set(groups)}
    within = net = overlap = 0.0
    for j, a in parts.items():
        for h, b in parts.items():
            p_j, s_h = len(a) / len(y), sum(b) / sum(y)
            if sum(a) + sum(b) == 0:
                continue
            mass = loop_gini(a, b) * p_j * s_h
            if j == h:
                within += mass
                continue
            high, low = (a, b) if np.mean(a) >= np.mean(b) else (b, a)
            d = sum(max(i - k, 0) for i in high for k in low)
            p = sum(max(k - i, 0) for i in high for k in low)
            share = (d - p) / (d + p) if d + p else 0.0
            net += mass * share
            overlap += mass * (1 - share)
    return within, net, overlap


def test_handbook_theil():
    t, low = theil(FOUR, PAIRS), theil(FOUR, PAIRS, "L")
    assert [round(part, 6) for part in (t.total, t.within, t.between)] == [0.187445, 0.056633, 0.130812]
    assert [round(part, 6) for part in (low.total, low.within, low.between)] == [0.202733, 0.058892, 0.143841]
    np.testing.assert_allclose(t.share, [0.25, 0.75])
    np.testing.assert_allclose(low.share, [0.5, 0.5])


def test_handbook_dagum():
    result = dagum_gini(SIX, HALVES)
    parts = (result.total, result.within, result.net_between, result.overlap)
    assert [round(part, 6) for part in parts] == [0.347222, 0.138889, 0.166667, 0.041667]
    assert result.distance[0, 1] == pytest.approx(0.8)
    assert result.groups == ("a", "b")


def test_zero_has_no_weight_in_t_and_is_refused_by_l():
    y = np.array([0.0, 1, 3])
    expected = sum(v / 4 * log(v * 3 / 4) for v in (1, 3))
    assert theil(y).total == pytest.approx(expected, abs=1e-15)
    with pytest.raises(ScaleError, match="S183"):
        theil(y, measure="L")


def test_a_group_of_zeros_has_no_index_of_its_own():
    result = theil(np.array([0.0, 0, 3, 6]), PAIRS)
    assert np.isnan(result.inside[0])
    assert result.contribution[0] == 0
    assert result.total == pytest.approx(result.within + result.between)
    assert dagum_gini(np.array([0.0, 0, 0, 6]), ["a", "b", "c", "c"]).distance[0, 1] == 0


@pytest.mark.parametrize("y", [[1.0, -1, 3], [1.0, np.nan, 3], [0.0, 0, 0]])
def test_values_without_shares_are_refused(y):
    for measure in (theil, gini):
        with pytest.raises(ScaleError, match="S182"):
            measure(np.array(y))


def test_equality_is_zero():
    y = np.full(7, 0.1)
    groups = list("aaabbcc")
    assert theil(y, groups).total == pytest.approx(0, abs=1e-15)
    result = dagum_gini(y, groups)
    assert (result.total, result.net_between) == (pytest.approx(0, abs=1e-15), pytest.approx(0, abs=1e-15))
    assert (result.distance == 0).all()


def test_population_weights_count_as_copies():
    y, groups = np.array([1.0, 2, 4]), list("aab")
    weighted = theil(y, groups, population=np.array([2.0, 1, 3]))
    copied = theil(np.array([1.0, 1, 2, 4, 4, 4]), list("aaabbb"))
    np.testing.assert_allclose(weighted.inside, copied.inside, atol=1e-15)
    assert weighted.total == pytest.approx(copied.total)
    assert weighted.between == pytest.approx(copied.between)


@given(samples)
def test_theil_by_definition(pairs):
    y, groups = np.array([v for v, _ in pairs]), [g for _, g in pairs]
    assume(y.sum() > 0)
    mean = y.mean()
    result = theil(y, groups)
    assert result.total == pytest.approx(
        sum(v / mean * log(v / mean) for v in y if v > 0) / len(y), abs=1e-12
    )
    assert result.total == pytest.approx(result.within + result.between, abs=1e-12)
    assert -1e-12 <= result.total <= log(len(y)) + 1e-12
    positive = y + 1
    low = theil(positive, groups, "L")
    expected = np.log(positive.mean() / positive).mean()
    assert low.total == pytest.approx(expected, abs=1e-12)
    assert low.total == pytest.approx(low.within + low.between, abs=1e-12)


@given(samples)
def test_gini_by_double_loop(pairs):
    y, groups = np.array([v for v, _ in pairs]), [g for _, g in pairs]
    assume(y.sum() > 0)
    result = dagum_gini(y, groups)
    assert result.total == pytest.approx(loop_gini(y, y), abs=1e-9)
    expected = loop_dagum(y.tolist(), groups)
    np.testing.assert_allclose((result.within, result.net_between, result.overlap), expected, atol=1e-9)
    assert result.total == pytest.approx(sum(expected), abs=1e-9)


@given(st.integers(0, 9999), st.integers(2, 20))
def test_unit_order_and_transfers(seed, places):
    rng = np.random.default_rng(seed)
    y, groups = np.exp(rng.normal(0, 1, places)), rng.choice(list("abc"), places)
    order = rng.permutation(places)
    base, other = dagum_gini(y, list(groups)), dagum_gini(y[order] * 1000, list(groups[order]))
    assert other.overlap == pytest.approx(base.overlap, abs=1e-12)
    assert other.total == pytest.approx(base.total, abs=1e-12)
    assert theil(y[order] * 7, list(groups[order])).within == pytest.approx(theil(y, list(groups)).within)
    even = y.copy()  # a transfer from the richest to the poorest lowers every index
    gift = (y.max() - y.min()) / 4
    even[y.argmax()] -= gift
    even[y.argmin()] += gift
    assert gini(even) <= gini(y) + 1e-12
    assert theil(even).total <= theil(y).total + 1e-12


@pytest.mark.reference
def test_another_program_agrees():
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    last = np.array(told["y"][-1])
    result = theil(last, list(told["groups"]))
    assert result.total == pytest.approx(told["theil"], abs=1e-12)
    assert result.within == pytest.approx(told["within"], abs=1e-12)
    assert result.between == pytest.approx(told["between"], abs=1e-12)
    assert gini(last) == pytest.approx(told["gini"], abs=1e-12)
