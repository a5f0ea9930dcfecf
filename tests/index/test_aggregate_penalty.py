"""Penalised means: the paper's formulas with their normalisers, worked values, guards against other scales."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog import parse_spec
from innohub.errors import ScaleError
from innohub.index.aggregate import aggregate as aggregate_by_spec
from innohub.index.aggregate.penalty import ampi, mean_min, mpi
from innohub.index.normalise import normalise

X = np.array([[10.0, 200], [20, 100], [30, 300], [40, 200]])
EQUAL = np.ones(2)
rows = st.lists(st.floats(70, 130), min_size=3, max_size=3).map(lambda row: np.array([row]))


@pytest.fixture
def flagship(root):
    """The 14 regions by 10 indicators, raw, zeros included."""
    table = pd.read_csv(root / "tests/reference/zhang2022_table1.csv", comment="#", index_col="region_id")
    nested = ["beijing", "shanghai", "guangdong", "liaoning"]
    return table.select_dtypes("number").drop(nested).to_numpy(float)


def aggregate(x, weights, method):
    return aggregate_by_spec(x, weights, parse_spec(method, "aggregate"))


def standardised(x, spec):
    return normalise(x, np.ones(x.shape[1]), parse_spec(spec, "normalise"))


@pytest.mark.reference
def test_handbook_mpi_with_its_normaliser():
    expected = [92.809439, 90.435102, 109.093268, 106.286493]
    np.testing.assert_allclose(
        aggregate(standardised(X, "zscore(100, 10)"), EQUAL, "mpi"), expected, atol=1e-6
    )


@pytest.mark.reference
def test_sample_deviation_in_both_steps_is_another_index():
    z = standardised(X, "zscore(100, 10, 1)")
    mean, deviation = z.mean(axis=1), z.std(axis=1, ddof=1)
    np.testing.assert_allclose(mean - deviation**2 / mean, [93.4739, 91.5584, 107.7357, 105.1715], atol=1e-4)


@pytest.mark.reference
def test_handbook_ampi_from_unit_values_and_from_70_130():
    expected = [90.10989, 89.273743, 110.316742, 108.256881]
    unit = np.column_stack(
        [standardised(X[:, [0]], "goalposts(0, 50)"), standardised(X[:, [1]], "goalposts(0, 400)")]
    )
    np.testing.assert_allclose(aggregate(unit, EQUAL, "ampi(minus, 0, 1)"), expected, atol=1e-6)
    np.testing.assert_allclose(aggregate(70 + 60 * unit, EQUAL, "ampi"), expected, atol=1e-6)


def test_flagship_with_zeros_by_the_papers_formula(flagship):
    z = 100 + 10 * (flagship - flagship.mean(axis=0)) / flagship.std(axis=0)
    mean, deviation = z.mean(axis=1), z.std(axis=1)
    normalised = standardised(flagship, "zscore(100, 10)")
    for variant, sign in (("minus", -1), ("plus", 1)):
        expected = mean + sign * deviation * (deviation / mean)
        np.testing.assert_allclose(mpi(normalised, np.ones(10), variant), expected, rtol=1e-13)
    low, high = flagship.min(axis=0), flagship.max(axis=0)
    r = (flagship - low) / (high - low) * 60 + 70
    expected = r.mean(axis=1) - r.std(axis=1) ** 2 / r.mean(axis=1)
    np.testing.assert_allclose(
        aggregate(standardised(flagship, "minmax(70, 130)"), np.ones(10), "ampi"), expected
    )


@given(rows, st.floats(0.01, 1), st.floats(0.01, 1))
def test_penalty_is_never_negative_and_none_without_imbalance(x, one, other):
    weights = np.array([one, other, 1.0])
    mean = (x @ weights)[0] / weights.sum()
    assert mpi(x, weights, "minus")[0] <= mean * (1 + 1e-12) <= mpi(x, weights, "plus")[0] * (1 + 2e-12)
    flat = np.full((1, 3), x[0, 0])
    assert mpi(flat, weights, "minus")[0] == x[0, 0]


def test_values_on_another_scale_are_refused():
    for method in ("mpi", "ampi"):
        with pytest.raises(ScaleError, match="S124"):
            aggregate(standardised(X, "minmax"), EQUAL, method)
    with pytest.raises(ScaleError, match="S124"):
        aggregate(standardised(X, "minmax(70, 130)"), EQUAL, "ampi(minus, 0, 1)")


def test_means_of_zero_or_below_are_refused():
    with pytest.raises(ScaleError, match="S123"):
        mpi(np.array([[-10.0, 5.0], [210, 200], [210, 200]]), EQUAL, "minus")


def test_goalposts_in_order_are_required():
    with pytest.raises(ScaleError, match="S126"):
        ampi(100 + X, EQUAL, "minus", 1, 1)


def test_missing_children_leave_mean_and_penalty():
    gap = np.array([[90.0, np.nan, 120.0], [100, 100, 100]])
    weights = np.array([0.2, 0.5, 0.3])
    for method in ("mpi", "mean_min(0.5, 1)"):
        kept = aggregate(gap[:, [0, 2]], weights[[0, 2]], method)[0]
        assert aggregate(gap, weights, method)[0] == pytest.approx(kept, rel=1e-14)


def test_mean_min_by_its_formula():
    x, w = np.array([[90.0, 100.0, 125.0], [100.0, 100.0, 100.0]]), np.array([0.5, 0.3, 0.2])
    mean = x @ w
    for alpha, beta in ((0.5, 1.0), (1.0, 10.0), (0.3, 0.0), (0.0, 5.0)):
        gap = mean - x.min(axis=1)
        expected = mean - alpha * (np.sqrt(gap**2 + beta**2) - beta)
        np.testing.assert_allclose(mean_min(x, w, alpha, beta), expected, rtol=1e-14)
    np.testing.assert_allclose(mean_min(x, w, 1, 0), x.min(axis=1), rtol=1e-14)
    np.testing.assert_allclose(mean_min(x, w, 0, 3), mean, rtol=1e-14)


@given(rows, st.floats(0, 1), st.floats(0, 50), st.integers(0, 2), st.floats(0, 30))
def test_mean_min_lies_between_least_and_mean_and_rises_with_every_value(x, alpha, beta, child, more):
    w = np.array([0.5, 0.3, 0.2])
    score = mean_min(x, w, alpha, beta)[0]
    assert x.min() - 1e-9 <= score <= (x @ w)[0] + 1e-9
    raised = x.copy()
    raised[0, child] += more
    assert mean_min(raised, w, alpha, beta)[0] >= score - 1e-9


def test_least_value_counts_only_where_it_weighs():
    x = np.array([[1.0, 5.0, 9.0]])
    weights = np.array([[0.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    assert mean_min(x, weights, 1, 0)[:, 0].tolist() == [5.0, 1.0]


@pytest.mark.parametrize("spec", ["mean_min(1.1, 0)", "mean_min(-0.1, 0)", "mean_min(0.5, -1)"])
def test_mean_min_parameters_have_a_range(spec):
    with pytest.raises(ScaleError, match="S126"):
        aggregate(100 + X, EQUAL, spec)
