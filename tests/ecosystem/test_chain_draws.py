"""Limits of drawn chains against loops over the draws."""

import numpy as np
import pandas as pd
import pytest

from innohub.ecosystem.chain_draws import draw_amounts, gap_limits, limits, mismatch_limits
from innohub.ecosystem.chains import CHAINS, fuse_chains


def test_drawn_amounts_have_the_spread_asked_for_and_are_never_below_zero():
    drawn = draw_amounts(
        np.array([10.0, 4.0, np.nan]), np.array([0.1, 2.0, 0.1]), 20_000, np.random.default_rng(1)
    )
    assert drawn[:, 0].std() == pytest.approx(1, rel=0.02)
    assert drawn[:, 0].mean() == pytest.approx(10, rel=0.01)
    assert drawn[:, 1].min() == 0
    assert np.isnan(drawn[:, 2]).all()


def test_limits_of_what_no_draw_has_are_missing():
    low, high = limits(np.array([[1.0, np.nan], [3.0, np.nan]]), 0.5)
    assert (low[0], high[0]) == (1.5, 2.5)
    assert np.isnan([low[1], high[1]]).all()


def test_limits_of_gaps_are_those_of_a_loop():
    rng = np.random.default_rng(2)
    amounts = pd.DataFrame(rng.uniform(1, 9, (4, 4)), columns=list(CHAINS))
    amounts = amounts.assign(place=list("abcd"), field="x")
    found = fuse_chains(amounts)
    draws = amounts[list(CHAINS)].to_numpy() * rng.lognormal(0, 0.3, (60, 4, 4))
    low, high = gap_limits(draws, found.table, level=0.8)
    each = np.array(
        [fuse_chains(amounts.assign(**dict(zip(CHAINS, one.T, strict=True)))).gaps["gap"] for one in draws]
    )
    assert low == pytest.approx(np.quantile(each, 0.1, axis=0))
    assert high == pytest.approx(np.quantile(each, 0.9, axis=0))


def test_limits_of_a_mismatch_are_those_of_a_loop():
    rng = np.random.default_rng(3)
    talent, industry = rng.uniform(1, 9, (2, 50, 3))
    each = [0.5 * np.abs(a / a.sum() - b / b.sum()).sum() for a, b in zip(talent, industry, strict=True)]
    assert mismatch_limits(talent, industry, 0.8) == pytest.approx(tuple(np.quantile(each, [0.1, 0.9])))
    assert np.isnan(mismatch_limits(np.zeros((5, 3)), industry[:5])).all()
