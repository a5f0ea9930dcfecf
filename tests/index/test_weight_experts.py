"""AHP and budget allocation: worked numbers, definitions, and judgements that do not hold together."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.errors import ModelError
from innohub.index.weight import (
    budget,
    expert_draws,
    group_priorities,
    judgement_matrix,
    priorities,
)

ONE = np.array([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])
TWO = np.array([[1, 5, 3], [1 / 5, 1, 1 / 2], [1 / 3, 2, 1]])
WEIGHTS = st.lists(st.floats(0.1, 9), min_size=3, max_size=6)


def random_judgements(n, seed):
    a = np.ones((n, n))
    upper = np.triu_indices(n, 1)
    a[upper] = np.random.default_rng(seed).choice([1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5], size=len(upper[0]))
    a[upper[::-1]] = 1 / a[upper]
    return a


# Judgements


@pytest.mark.reference
def test_handbook_judgements():
    found = priorities(ONE)
    np.testing.assert_allclose(found.shares, [0.648329, 0.229651, 0.122020], atol=1e-6)
    assert found.lambda_max == pytest.approx(3.003695, abs=1e-6)
    assert found.consistency_ratio == pytest.approx(0.003185, abs=1e-6)
    assert found.random_index[3] == 0.58
    assert not found.findings


@pytest.mark.reference
def test_handbook_group():
    found = group_priorities({"one": ONE, "two": TWO})
    np.testing.assert_allclose(found.shares, [0.659458, 0.170271, 0.170271], atol=1e-6)
    assert found.group.consistency_ratio == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(found.spread, [priorities(ONE).shares, priorities(TWO).shares])


@pytest.mark.reference
def test_handbook_contradiction_is_told():
    a = np.array([[1, 3, 1 / 5], [1 / 3, 1, 2], [5, 1 / 2, 1]])
    found = priorities(a, items=("talent", "funds", "labs"), expert="Li")
    assert found.consistency_ratio == pytest.approx(1.232, abs=5e-4)
    assert [finding.code for finding in found.findings] == ["N005"]
    told = found.findings[0].render("en")
    assert all(word in told for word in ("Li", "talent", "funds", "labs", "1.232"))
    assert found.worst.direct == pytest.approx(0.2)
    assert found.worst.implied == pytest.approx(6)
    assert "一致性比率" in found.findings[0].render("zh")


@pytest.mark.parametrize("n", [3, 4, 5, 7, 10])
def test_eigenvector_by_power_iteration_and_triple_by_search(n):
    a = random_judgements(n, n)
    found = priorities(a)
    w = np.ones(n) / n
    for _ in range(300):
        w = a @ w
        w /= w.sum()
    np.testing.assert_allclose(found.shares, w, atol=1e-12)
    assert found.lambda_max == pytest.approx((a @ w / w).mean())
    gaps = {t: abs(np.log(a[t[0], t[1]] * a[t[1], t[2]] / a[t[0], t[2]])) for t in combinations(range(n), 3)}
    assert abs(np.log(found.worst.implied / found.worst.direct)) == pytest.approx(max(gaps.values()))
    rows = a.prod(axis=1) ** (1 / n)
    by_rows = priorities(a, "geometric_mean")
    np.testing.assert_allclose(by_rows.shares, rows / rows.sum())
    assert by_rows.consistency_ratio == found.consistency_ratio


@given(WEIGHTS)
def test_consistent_judgements_give_back_their_weights(weights):
    w = np.array(weights) / sum(weights)
    a = np.outer(w, 1 / w)
    for method in ("eigenvector", "geometric_mean"):
        found = priorities(a, method)
        np.testing.assert_allclose(found.shares, w, atol=1e-9)
        assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    for how in ("aij", "aip"):
        np.testing.assert_allclose(group_priorities({"a": a, "b": a}, how).shares, w, atol=1e-9)


def test_order_of_items_does_not_matter():
    a, order = random_judgements(5, 1), [3, 1, 4, 0, 2]
    moved = priorities(a[np.ix_(order, order)])
    np.testing.assert_allclose(moved.shares, priorities(a).shares[order], atol=1e-12)


def test_geometric_mean_of_rows_is_the_same_either_way_round():
    matrices = {"a": random_judgements(4, 1), "b": random_judgements(4, 2), "c": random_judgements(4, 3)}
    both = [group_priorities(matrices, how, "geometric_mean").shares for how in ("aij", "aip")]
    np.testing.assert_allclose(*both, atol=1e-12)
    assert group_priorities(matrices, "aip").group is None
    assert group_priorities(matrices, "aip").findings


@pytest.mark.parametrize("n", [1, 2])
def test_one_or_two_items_are_always_consistent(n):
    found = priorities(np.array([[1, 4], [0.25, 1]])[:n, :n])
    assert found.consistency_ratio == 0
    assert found.worst is None
    np.testing.assert_allclose(found.shares, [[1.0], [0.8, 0.2]][n - 1])


def test_rounded_reciprocals_are_named():
    a = ONE.copy()
    a[1, 0] = 0.33
    with pytest.raises(ModelError) as caught:
        priorities(a, items=("talent", "funds", "labs"), expert="Li")
    text = caught.value.render("en")
    assert "S147" in text
    assert "'talent' and 'funds'" in text
    assert "0.33" in text
    diagonal = ONE.copy()
    diagonal[2, 2] = 2
    with pytest.raises(ModelError, match="S147"):
        priorities(diagonal)


@pytest.mark.parametrize("value", [0, -3, np.nan, np.inf])
def test_judgements_are_above_zero(value):
    a = ONE.copy()
    a[0, 2] = value
    with pytest.raises(ModelError, match="S148"):
        priorities(a)


def test_more_than_ten_items_need_a_table():
    a = random_judgements(11, 4)
    with pytest.raises(ModelError, match="S149"):
        priorities(a)
    assert priorities(a, random_index={11: 1.51}).consistency_ratio > 0


def test_a_matrix_that_is_not_square_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="shape"):
        priorities(ONE[:2])


def test_pairs_make_a_matrix():
    pairs = [("b", "a", 1 / 3), ("a", "c", 5), ("c", "b", 0.5)]
    np.testing.assert_allclose(judgement_matrix(pairs, "abc"), ONE)
    with pytest.raises(ModelError) as caught:
        judgement_matrix([("a", "b", 3), ("b", "a", 3), ("a", "d", 1), ("a", "c", 0)], "abc", "Li")
    codes = [(finding.code, finding.params.get("times")) for finding in caught.value.findings]
    assert codes == [("S157", None), ("S148", None), ("S150", 2), ("S150", 0), ("S150", 0)]
    assert "'a', 'b' is judged 2 times" in caught.value.render("en")
    with pytest.raises(ModelError, match="S150"):
        judgement_matrix([("a", "a", 1), ("a", "b", 3), ("a", "c", 3), ("c", "b", 3)], "abc")


# Points


def test_points_give_mean_and_spread():
    found = budget(np.array([[50.0, 30, 20], [70, 10, 20], [60, 20, 20]]))
    np.testing.assert_allclose(found.shares, [0.6, 0.2, 0.2])
    np.testing.assert_allclose(found.deviation, [0.1, 0.1, 0], atol=1e-15)
    assert found.spread.shape == (3, 3)
    assert np.isnan(budget(np.array([[1.0, 3]])).deviation).all()


def test_points_that_do_not_fit_are_named():
    with pytest.raises(ModelError) as caught:
        budget(np.array([[50.0, 50], [-1, 101]]), ("talent", "funds"), ("Li", "Wang"))
    assert "'Wang' gives 'talent' -1.0 points" in caught.value.render("en")
    with pytest.raises(ModelError) as caught:
        budget(np.array([[50.0, 50], [50, 40], [60, 40]]), experts=("Li", "Wang", "Zhao"))
    assert "'Wang' gives 90 points in all, not 100" in caught.value.render("en")
    with pytest.raises(ModelError, match="S159"):
        budget(np.zeros((2, 2)))
    with pytest.raises(ModelError, match="S152"):
        budget(np.array([[50.0, np.nan]]))


@pytest.mark.parametrize("of", ["expert", "panel"])
def test_draws_keep_the_mean(of):
    spread = np.array([[0.5, 0.3, 0.2], [0.7, 0.1, 0.2], [0.1, 0.2, 0.7]])
    draws = expert_draws(spread, 20_000, np.random.default_rng(1), of)
    np.testing.assert_allclose(draws.mean(axis=0), spread.mean(axis=0), atol=0.01)
    np.testing.assert_allclose(draws.sum(axis=1), 1)
    expected = spread.std(axis=0) / (np.sqrt(3) if of == "panel" else 1)
    np.testing.assert_allclose(draws.std(axis=0), expected, atol=0.01)
