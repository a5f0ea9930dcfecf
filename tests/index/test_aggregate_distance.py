"""TOPSIS, VIKOR and grey relational grade: textbook numbers from raw values with directions, and edges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.catalog import parse_spec
from innohub.errors import ScaleError
from innohub.index.aggregate import aggregate as aggregate_by_spec
from innohub.index.normalise import normalise

A = np.array([[10.0, 0, 5], [20, 2, 4], [30, 3, 9], [40, 15, 2]])
DIRECTION = np.array([1.0, 1, -1])
W = np.array([0.5, 0.3, 0.2])
tables = arrays(float, (5, 3), elements=st.integers(-20, 20).map(float))


@pytest.fixture
def flagship(root):
    """The 14 regions by 10 indicators, raw, zeros included."""
    table = pd.read_csv(root / "tests/reference/zhang2022_table1.csv", comment="#", index_col="region_id")
    nested = ["beijing", "shanghai", "guangdong", "liaoning"]
    return table.select_dtypes("number").drop(nested).to_numpy(float)


def aggregate(x, weights, method):
    return aggregate_by_spec(x, weights, parse_spec(method, "aggregate"))


def turned(x, direction, spec):
    return normalise(x, direction, parse_spec(spec, "normalise"))


def topsis(x, direction, weights, norm):
    """TOPSIS step by step, cell by cell, with ideal points by direction."""
    places, children = x.shape
    v = np.zeros_like(x)
    for j in range(children):
        column = x[:, j]
        length = np.ptp(column) if norm == "minmax" else sum(a * a for a in column) ** 0.5
        for i in range(places):
            v[i, j] = weights[j] * column[i] / length
    best = [max(v[:, j]) if direction[j] > 0 else min(v[:, j]) for j in range(children)]
    worst = [min(v[:, j]) if direction[j] > 0 else max(v[:, j]) for j in range(children)]
    scores = []
    for row in v:
        far = sum((a - b) ** 2 for a, b in zip(row, best, strict=True)) ** 0.5
        near = sum((a - b) ** 2 for a, b in zip(row, worst, strict=True)) ** 0.5
        scores.append(near / (far + near))
    return np.array(scores)


def vikor(x, direction, weights, v):
    best = np.where(direction > 0, x.max(axis=0), x.min(axis=0))
    worst = np.where(direction > 0, x.min(axis=0), x.max(axis=0))
    d = weights * (best - x) / (best - worst)
    s, r = d.sum(axis=1), d.max(axis=1)
    return v * (s - s.min()) / np.ptp(s) + (1 - v) * (r - r.min()) / np.ptp(r)


def grey(z, weights, rho):
    d = 1 - z
    return ((d.min() + rho * d.max()) / (d + rho * d.max())) @ weights


@pytest.mark.reference
@pytest.mark.parametrize(
    ("spec", "method", "expected"),
    [
        ("none", "topsis", [0.150064, 0.298181, 0.406451, 1]),
        ("none", "topsis(minmax)", [0.162419, 0.343424, 0.488888, 1]),
        ("minmax(0, 1)", "topsis(minmax)", [0.162419, 0.343424, 0.488888, 1]),
        ("none", "vikor", [0, 1 - 0.700538, 1 - 0.582473, 1]),
        ("minmax(0, 1)", "vikor", [0, 1 - 0.700538, 1 - 0.582473, 1]),
        ("minmax(0, 1)", "grey", [0.374359, 0.451315, 0.482051, 1]),
    ],
)
def test_handbook_matrix(spec, method, expected):
    np.testing.assert_allclose(aggregate(turned(A, DIRECTION, spec), W, method), expected, atol=1e-6)


@pytest.mark.reference
def test_flagship_with_zeros_by_the_textbook(flagship):
    rng = np.random.default_rng(3)
    direction, weights = rng.choice([1.0, -1.0], 10), rng.dirichlet(np.ones(10))
    raw = turned(flagship, direction, "none")
    for norm in ("vector", "minmax"):
        expected = topsis(flagship, direction, weights, norm)
        np.testing.assert_allclose(aggregate(raw, weights, f"topsis({norm})"), expected, rtol=1e-12)
    for v in (0, 0.3, 0.5, 1):
        expected = 1 - vikor(flagship, direction, weights, v)
        np.testing.assert_allclose(aggregate(raw, weights, f"vikor({v})"), expected, rtol=0, atol=1e-12)
    z = turned(flagship, direction, "minmax(0, 1)")
    for rho in (0.1, 0.5, 1):
        np.testing.assert_allclose(aggregate(z, weights, f"grey({rho})"), grey(z, weights, rho), rtol=1e-12)


@given(tables, arrays(float, 3, elements=st.sampled_from([0.01, 1.0, 1000.0])))
def test_units_do_not_matter(x, unit):
    for method in ("topsis", "topsis(minmax)", "vikor"):
        try:
            expected = aggregate(x, W, method)
        except ScaleError as problem:
            assert "S122" in str(problem)
            continue
        np.testing.assert_allclose(aggregate(x * unit, W, method), expected, rtol=1e-9, atol=1e-12)


@given(tables)
def test_shifts_do_not_matter_where_the_range_is_the_norm(x):
    if (np.ptp(x, axis=0) == 0).all():
        return
    for method in ("topsis(minmax)", "vikor"):
        np.testing.assert_allclose(aggregate(x + 7, W, method), aggregate(x, W, method), atol=1e-12)


@given(tables, st.integers(0, 4), st.integers(0, 2))
def test_reaching_the_best_of_a_child_never_lowers_the_own_score(x, place, child):
    if (np.ptp(np.delete(x, place, axis=0), axis=0) == 0).any():
        return
    kept = np.delete(x, place, axis=0)
    x[place] = np.clip(x[place], kept.min(axis=0), kept.max(axis=0))
    raised = x.copy()
    raised[place, child] = kept[:, child].max()
    for method in ("topsis(minmax)", "grey"):
        z = turned(x, np.ones(3), "minmax"), turned(raised, np.ones(3), "minmax")
        before, after = (aggregate(values, W, method)[place] for values in z)
        assert after >= before - 1e-12


def test_constant_children_bring_no_distance():
    x = np.column_stack([A[:, 0], np.zeros(4), np.full(4, 0.1 + 0.2), [0.3, 0.1 + 0.2, 0.3, 0.3]])
    weights = np.array([0.4, 0.2, 0.2, 0.2])
    for method in ("topsis", "topsis(minmax)", "vikor"):
        alone = aggregate(A[:, [0]], np.ones(1), method)
        np.testing.assert_allclose(aggregate(x, weights, method), alone, atol=1e-12)


def test_all_places_equal():
    x = np.tile([3.0, 0.0, 5.0], (4, 1))
    assert aggregate(x, W, "vikor").tolist() == [1.0] * 4
    assert aggregate(x, W, "grey").tolist() == [1.0] * 4
    for method in ("topsis", "topsis(minmax)"):
        with pytest.raises(ScaleError, match="S122"):
            aggregate(x, W, method)
    only_unweighted = np.column_stack([np.ones(4), np.arange(4.0)])
    with pytest.raises(ScaleError, match="S122"):
        aggregate(only_unweighted, np.array([1.0, 0.0]), "topsis")


def test_vikor_does_not_blow_up_rounding_of_equal_utilities():
    x = np.array([[0.1, 0.7, 0.2], [0.7, 0.2, 0.1], [0.2, 0.1, 0.7]])
    assert aggregate(x, np.ones(3), "vikor").tolist() == [1.0] * 3


@pytest.mark.parametrize("spec", ["vikor(1.5)", "vikor(-0.1)", "grey(0)", "grey(1.2)"])
def test_parameters_have_a_range(spec):
    with pytest.raises(ScaleError, match="S126"):
        aggregate(A, W, spec)
