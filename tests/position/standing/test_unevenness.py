"""Unevenness against Theil's index written out, a loop over resamples, and the edges of the index."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.errors import ScaleError
from innohub.position.standing.unevenness import compare_unevenness, theil_of_counts


def plain(y):
    """Theil's T as its definition reads, term by term."""
    mean = sum(y) / len(y)
    return sum(value / mean * np.log(value / mean) for value in y if value > 0) / len(y)


@given(st.integers(0, 9999))
def test_resamples_are_those_of_the_definition(seed):
    rng = np.random.default_rng(seed)
    y = rng.gamma(0.7, size=12) * 10.0 ** rng.integers(-6, 7)
    counts = rng.multinomial(12, np.full(12, 1 / 12), size=5)
    expected = [plain(np.repeat(y, row)) for row in counts]
    assert theil_of_counts(y, counts.astype(float)) == pytest.approx(expected, abs=1e-9)


def test_the_interval_is_that_of_a_loop_over_resampled_places():
    rng = np.random.default_rng(3)
    size = rng.gamma(2, size=31)
    papers = size * rng.lognormal(0, 0.9, size=31)
    found = compare_unevenness(papers, size, np.random.default_rng(7), draws=400, level=0.8)
    counts = np.random.default_rng(7).multinomial(31, np.full(31, 1 / 31), size=400)
    apart = [plain(np.repeat(papers, row)) - plain(np.repeat(size, row)) for row in counts]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(apart, [0.1, 0.9])))
    assert found.difference == pytest.approx(plain(papers) - plain(size))
    assert (found.places, found.draws) == (31, 400)
    assert found.verdict == "more uneven"
    other = compare_unevenness(size, papers, np.random.default_rng(7), draws=400, level=0.8)
    assert (other.low, other.high, other.verdict) == (
        pytest.approx(-found.high),
        pytest.approx(-found.low),
        "less uneven",
    )


def test_the_same_quantity_is_as_uneven_as_itself_in_any_unit():
    y = np.array([1.0, 2, 3, 6])
    found = compare_unevenness(y * 1e300, y, np.random.default_rng(1))
    assert found.first == pytest.approx(0.187445, abs=1e-6)
    assert (found.difference, found.low, found.high) == pytest.approx((0, 0, 0), abs=1e-12)


def test_gaps_leave_a_place_out_of_both_and_zeros_count():
    first, second = np.array([0.0, 4, np.nan, 2, 5]), np.array([1.0, 1, 9, np.nan, 1])
    found = compare_unevenness(first, second, np.random.default_rng(1))
    assert found.places == 3
    assert found.first == pytest.approx(np.sum([4 / 3 * np.log(4 / 3), 5 / 3 * np.log(5 / 3)]) / 3)
    assert found.second == 0
    assert found.draws < 999  # resamples of the place without any papers have no index


def test_one_place_has_no_interval():
    found = compare_unevenness(np.array([3.0]), np.array([2.0]), np.random.default_rng(1))
    assert np.isnan(found.low)
    assert found.verdict == "open"


@pytest.mark.parametrize(
    ("first", "code"), [([np.nan, np.nan], "N400"), ([0.0, 0.0], "S182"), ([-1.0, 2.0], "S182")]
)
def test_what_has_no_index_is_named(first, code):
    with pytest.raises(ScaleError) as caught:
        compare_unevenness(np.array(first), np.array([1.0, 2.0]), np.random.default_rng(1))
    assert [finding.code for finding in caught.value.findings] == [code]
