"""Sigma and beta convergence against the handbook, scipy's regression and sandwich formulas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from innohub.errors import NoSolutionError, ScaleError
from innohub.index.dynamics import beta_convergence, sigma_convergence
from innohub.index.dynamics.convergence import least_squares, speed_of_convergence


def places(seed, count=31):
    rng = np.random.default_rng(seed)
    start = np.exp(rng.normal(2, 1, count))
    return start, start**0.8 * np.exp(rng.normal(1, 0.1, count))


def test_handbook_speed_and_half_life():
    speed = speed_of_convergence(-0.02, 10)
    assert speed == pytest.approx(0.022314, abs=5e-7)
    assert np.log(2) / speed == pytest.approx(31.06, abs=5e-3)


def test_exact_law_is_recovered():
    start = np.exp(np.linspace(0, 3, 9))
    end = start**0.8 * np.e  # ln y_T = 1 + .8 ln y_0, so b = -.02 over ten years
    result = beta_convergence(start, end, 10)
    assert result.slope == pytest.approx(-0.02)
    assert result.speed == pytest.approx(0.0223143551)
    assert result.half_life == pytest.approx(31.0628372)
    assert result.line.coefficient[0] == pytest.approx(0.1)
    assert result.line.r_squared == pytest.approx(1)


@pytest.mark.reference
@pytest.mark.parametrize("seed", range(4))
def test_scipy_agrees(seed):
    start, end = places(seed)
    result = beta_convergence(start, end, 12)
    expected = stats.linregress(np.log(start), np.log(end / start) / 12)
    assert result.slope == pytest.approx(expected.slope, rel=1e-12)
    assert result.slope_error == pytest.approx(expected.stderr, rel=1e-10)
    assert result.line.standard_error[0] == pytest.approx(expected.intercept_stderr, rel=1e-10)
    assert result.line.p[1] == pytest.approx(expected.pvalue, rel=1e-8)
    assert result.line.r_squared == pytest.approx(expected.rvalue**2, rel=1e-10)


def test_error_of_the_speed_is_its_slope_by_the_error_of_b():
    start, end = places(1)
    result = beta_convergence(start, end, 12)
    step = 1e-6
    change = speed_of_convergence(result.slope + step, 12) - speed_of_convergence(result.slope - step, 12)
    assert result.speed_error == pytest.approx(result.slope_error * abs(change) / (2 * step), rel=1e-6)


@pytest.mark.parametrize("errors", ["HC1", "HC3"])
def test_robust_errors_by_their_formula(errors):
    start, end = places(2)
    controls = np.random.default_rng(0).normal(size=(31, 2))
    result = beta_convergence(start, end, 5, controls, errors)
    x = np.column_stack([np.ones(31), np.log(start), controls])
    y = np.log(end / start) / 5
    bread = np.linalg.inv(x.T @ x)
    left = y - x @ (bread @ x.T @ y)
    hat = np.diag(x @ bread @ x.T)
    meat = np.zeros((4, 4))
    for row, e, h in zip(x, left, hat, strict=True):
        scale = 31 / 27 if errors == "HC1" else 1 / (1 - h) ** 2
        meat += scale * e**2 * np.outer(row, row)
    np.testing.assert_allclose(result.line.standard_error, np.sqrt(np.diag(bread @ meat @ bread)), rtol=1e-10)


@given(st.integers(0, 9999), st.floats(0.001, 1000))
def test_unit_of_measurement_moves_the_level_only(seed, unit):
    start, end = places(seed, 12)
    base, other = beta_convergence(start, end, 7), beta_convergence(start * unit, end * unit, 7)
    assert other.slope == pytest.approx(base.slope, rel=1e-8)
    assert other.speed_error == pytest.approx(base.speed_error, rel=1e-8)


def test_missing_places_are_left_out():
    start, end = places(3)
    gap = start.copy()
    gap[4] = np.nan
    kept = np.arange(31) != 4
    assert beta_convergence(gap, end, 5).slope == beta_convergence(start[kept], end[kept], 5).slope


def test_divergence_has_no_half_life():
    start = np.exp(np.linspace(0, 3, 9))
    result = beta_convergence(start, start**1.5, 10)
    assert result.speed < 0
    assert np.isinf(result.half_life)


def test_overtaking_has_no_speed():
    start = np.exp(np.linspace(0, 3, 9))
    with pytest.raises(ScaleError, match="S185"):
        beta_convergence(start, 1 / start, 10)
    with pytest.raises(ScaleError, match="S185"):
        speed_of_convergence(-0.1, 10)


def test_bad_values():
    start, end = places(1, 8)
    with pytest.raises(ScaleError, match="S184"):
        beta_convergence(start - start[0], end, 5)
    with pytest.raises(NoSolutionError, match="N012"):
        beta_convergence(np.full(8, 3.0), end, 5)
    with pytest.raises(NoSolutionError, match="N012"):
        beta_convergence(start[:2], end[:2], 5)
    with pytest.raises(ScaleError, match="S184"):
        sigma_convergence(np.array([[1.0, -1.0]]), np.array([2020.0]))


def test_sigma_by_definition():
    y = np.array([[1.0, 3], [2, 4], [3, np.nan], [4, 5]])
    years = np.array([2010.0, 2011, 2012, 2014])
    result = sigma_convergence(y, years)
    np.testing.assert_allclose(result.cv, [0.5, 1 / 3, 0, 1 / 9])
    np.testing.assert_allclose(result.log_sd, [np.log(3) / 2, np.log(2) / 2, 0, np.log(1.25) / 2])
    expected = stats.linregress(years, result.cv)
    assert result.trend.coefficient[1] == pytest.approx(expected.slope)
    assert result.trend.standard_error[1] == pytest.approx(expected.stderr)
    sample = sigma_convergence(y[:2], years[:2], ddof=1)
    np.testing.assert_allclose(sample.cv, np.sqrt(2) * result.cv[:2])
    assert sample.trend is None


def test_zero_has_no_log_spread():
    result = sigma_convergence(np.array([[0.0, 2], [1, 2]]), np.array([1.0, 2]))
    assert np.isnan(result.log_sd[0])
    assert result.cv[0] == 1


def test_a_year_without_values_is_missing():
    result = sigma_convergence(np.array([[np.nan, np.nan], [1, 3], [1, 2], [2, 3]]), np.arange(4.0))
    assert np.isnan(result.cv[0])
    assert result.trend.freedom == 1


def test_perfect_line_has_no_error():
    line = least_squares(np.column_stack([np.ones(3), np.arange(3.0)]), np.zeros(3))
    assert line.coefficient.tolist() == [0, 0]
    assert np.isnan(line.r_squared)
