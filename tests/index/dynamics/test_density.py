"""Kernel densities against scipy and R's bandwidth rules."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gaussian_kde

from innohub.index.dynamics import bandwidth, kernel_density

Y = np.random.default_rng(4).gamma(2, 1, (3, 31))


@pytest.mark.reference
def test_scipy_agrees():
    result = kernel_density(Y)
    for year, values in enumerate(Y):
        other = gaussian_kde(values, bw_method=result.width[year] / values.std(ddof=1))
        np.testing.assert_allclose(result.value[year], other(result.grid), rtol=1e-10, atol=1e-300)


def test_rules():
    y = np.array([1.0, 2, 3, 4, 10])  # IQR 2, sd 3.535534
    assert bandwidth(y) == pytest.approx(0.9 * 2 / 1.34 * 5**-0.2)
    assert bandwidth(y, "scott") == pytest.approx(1.06 * 2 / 1.34 * 5**-0.2)
    assert bandwidth(np.array([1.0, 1, 1, 1, 10])) == pytest.approx(0.9 * np.sqrt(16.2) * 5**-0.2)
    assert bandwidth(np.array([3.0])) == 0
    assert kernel_density(Y, 0.5).width.tolist() == [0.5] * 3
    assert kernel_density(Y, "scott").rule == "scott"


@given(st.integers(0, 9999), st.floats(0.01, 100))
def test_integrates_to_one_in_any_unit(seed, unit):
    y = np.random.default_rng(seed).normal(5, 1, (2, 15))
    base, other = kernel_density(y), kernel_density(y * unit)
    np.testing.assert_allclose(np.trapezoid(base.value, base.grid, axis=1), 1, atol=3e-3)
    np.testing.assert_allclose(other.value * unit, base.value, rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(other.width, base.width * unit)


def test_two_clubs_are_two_peaks():
    rng = np.random.default_rng(1)
    one = rng.normal(0, 1, 60)
    two = np.concatenate([rng.normal(-6, 1, 30), rng.normal(6, 1, 30)])
    assert kernel_density(np.stack([one, two]), 1.0).peaks.tolist() == [1, 2]


def test_a_year_without_spread_has_no_density():
    y = np.vstack([Y[0], np.full(31, 0.1), np.full(31, np.nan)])
    result = kernel_density(y)
    assert np.isnan(result.value[1:]).all()
    assert [finding.code for finding in result.findings] == ["S193"]
    assert result.peaks[1] == 0
    np.testing.assert_allclose(kernel_density(y, pooled_width=True).width[0], result.width[0])


def test_missing_places_are_left_out():
    gap = Y.copy()
    gap[0, 3] = np.nan
    result = kernel_density(gap)
    assert result.width[0] == bandwidth(np.delete(Y[0], 3))
    assert np.isfinite(result.value).all()


def test_one_width_for_all_years():
    result = kernel_density(Y, pooled_width=True)
    assert len(set(result.width.tolist())) == 1
    assert result.width[0] == pytest.approx(kernel_density(Y).width.mean())
