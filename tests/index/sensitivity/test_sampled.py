"""Sampled Sobol indices against analytic values, exact designs and another program."""

import json
from pathlib import Path

import numpy as np
import pytest

from innohub.errors import ModelError, NoSolutionError
from innohub.index.sensitivity import choose_level, enumerate_design, sobol_exact, sobol_sampled
from innohub.index.sensitivity.sampled import _estimate

REFERENCE = Path(__file__).parents[2] / "reference" / "sobol_salib.json"


def ishigami(points):
    """Ishigami & Homma (1990), a = 7, b = .1, and a constant, as two outputs."""
    x = np.pi * (2 * points - 1)
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return np.column_stack([y + 100, np.full(len(y), 3.0)])


def analytic():
    """First-order and total indices of the Ishigami function."""
    v = 7**2 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18 + 0.5
    v1, v2, v13 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 7**2 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    return np.array([v1, v2, 0]) / v, np.array([v1 + v13, v2, v13]) / v


def test_ishigami():
    found = sobol_sampled(ishigami, 3, 4096, np.random.default_rng(1))
    first, total = analytic()
    np.testing.assert_allclose(found.first[:, 0], first, atol=0.02)
    np.testing.assert_allclose(found.total[:, 0], total, atol=0.01)
    assert found.defined.tolist() == [True, False]
    assert np.isnan(found.first[:, 1]).all()
    assert [finding.code for finding in found.findings] == ["S203"]
    assert found.runs == 4096 * 5


def test_convergence_table_ends_at_the_estimate():
    found = sobol_sampled(ishigami, 3, 1024, np.random.default_rng(2))
    assert found.sizes.tolist() == [64, 128, 256, 512, 1024]
    np.testing.assert_array_equal(found.first_path[-1], found.first)
    first, _ = analytic()
    away = np.abs(found.first_path[:, :, 0] - first).max(axis=1)
    assert away[-1] < away[0]
    assert np.isnan(found.first_error).all()


def test_replicates_give_honest_errors():
    found = sobol_sampled(ishigami, 3, 256, np.random.default_rng(3), replicates=16)
    first, total = analytic()
    assert (np.abs(found.first[:, 0] - first) < 4 * found.first_error[:, 0] + 1e-3).all()
    assert (np.abs(found.total[:, 0] - total) < 4 * found.total_error[:, 0] + 1e-3).all()
    assert (found.first_error[:, 0] < 0.02).all()


@pytest.mark.reference
def test_another_program_agrees():
    """The totals are the same number; the first order differs by how the outputs are centred only."""
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    y = np.array(told["y"])
    first, total = (part[:, 0] for part in _estimate(y[:, :, None]))
    np.testing.assert_allclose(total, told["total"], rtol=1e-12)
    shift = (y.mean() - y[:2].mean()) * (y[2:] - y[0]).mean(axis=1) / y[:2].var()
    np.testing.assert_allclose(first - shift, told["first"], rtol=1e-11)


def test_estimators_as_printed():
    y = np.random.default_rng(0).normal(size=(5, 32, 2))
    first, total = _estimate(y)
    a, b = y[0], y[1]
    for output in range(2):
        base = np.concatenate([a[:, output], b[:, output]])
        for factor in range(3):
            mixed = y[2 + factor, :, output]
            s = sum((b[n, output] - base.mean()) * (mixed[n] - a[n, output]) for n in range(32)) / 32
            t = sum((a[n, output] - mixed[n]) ** 2 for n in range(32)) / 64
            assert first[factor, output] == pytest.approx(s / base.var(), rel=1e-10)
            assert total[factor, output] == pytest.approx(t / base.var(), rel=1e-10)


def test_a_finite_design_is_met():
    levels = [2, 3, 2]
    y = np.random.default_rng(5).normal(size=(12, 2))

    def model(points):
        chosen = [choose_level(points[:, factor], level) for factor, level in enumerate(levels)]
        return y[np.ravel_multi_index(chosen, levels)]

    exact = sobol_exact(y, levels)
    found = sobol_sampled(model, 3, 8192, np.random.default_rng(6))
    assert enumerate_design(levels).shape == (12, 3)
    np.testing.assert_allclose(found.first, exact.first, atol=0.01)
    np.testing.assert_allclose(found.total, exact.total, atol=0.01)


def test_the_same_seed_gives_the_same_numbers():
    one, two = (sobol_sampled(ishigami, 3, 64, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(one.first, two.first)


@pytest.mark.parametrize(("size", "near"), [(1000, 1024), (1, 2), (0, 2), (3, 4)])
def test_size_is_a_power_of_two(size, near):
    with pytest.raises(ModelError) as caught:
        sobol_sampled(ishigami, 3, size, np.random.default_rng(1))
    assert caught.value.findings[0].params["near"] == near


def test_small_samples_have_one_step():
    assert sobol_sampled(ishigami, 3, 8, np.random.default_rng(1)).sizes.tolist() == [8]


def test_a_failed_run_is_named():
    with pytest.raises(NoSolutionError, match="S202"):
        sobol_sampled(
            lambda points: np.where(points[:, :1] > 0.9, np.nan, 1.0), 2, 64, np.random.default_rng(1)
        )


def g_function(points):
    """Sobol' g-function with a = 0, 1, 4.5, 9, 99, 99 (Saltelli & Sobol' 1995)."""
    a = np.array([0, 1, 4.5, 9, 99, 99])
    return ((np.abs(4 * points - 2) + a) / (1 + a)).prod(axis=1)[:, None]


def test_groups_of_the_g_function():
    """Partial variances of a product factorise, so that those of groups are exact."""
    v = 1 / (3 * (1 + np.array([0, 1, 4.5, 9, 99, 99])) ** 2)
    whole = (1 + v).prod() - 1
    groups = [[0, 3], [1, 2, 4], [5]]
    first = np.array([(1 + v[group]).prod() - 1 for group in groups]) / whole
    rest = [np.delete(np.arange(6), group) for group in groups]
    total = 1 - np.array([(1 + v[others]).prod() - 1 for others in rest]) / whole
    order = [0, 3, 1, 2, 4, 5]

    def model(points):
        return g_function(points[:, np.argsort(order)])

    found = sobol_sampled(model, [2, 3, 1], 2048, np.random.default_rng(1), replicates=8)
    assert (np.abs(found.first[:, 0] - first) < 4 * found.first_error[:, 0] + 1e-4).all()
    assert (np.abs(found.total[:, 0] - total) < 4 * found.total_error[:, 0] + 1e-4).all()
    assert found.first_error.max() < 0.02


def test_groups_of_the_ishigami_function():
    """x1 and x3 interact with each other only: as one group their first-order and total indices agree."""
    found = sobol_sampled(
        lambda points: ishigami(points[:, [0, 2, 1]]), [2, 1], 4096, np.random.default_rng(1)
    )
    _, total = analytic()
    np.testing.assert_allclose(found.first[:, 0], [1 - total[1], total[1]], atol=0.02)
    np.testing.assert_allclose(found.total[:, 0], found.first[:, 0], atol=0.02)


def test_points_in_parts_are_the_same_points(monkeypatch):
    whole = sobol_sampled(ishigami, 3, 256, np.random.default_rng(4), replicates=2)
    monkeypatch.setattr("innohub.index.sensitivity.sampled._HELD", 3 * 5 * 32)
    parts = sobol_sampled(ishigami, 3, 256, np.random.default_rng(4), replicates=2)
    np.testing.assert_allclose(parts.first_path, whole.first_path, rtol=1e-12)


def test_an_output_that_hardly_ever_moves_has_indices_from_where_it_does():
    found = sobol_sampled(
        lambda points: (points[:, :1] > 0.999).astype(float), 2, 256, np.random.default_rng(2), replicates=8
    )
    assert found.defined.all()
    assert np.isfinite(found.total).all()
