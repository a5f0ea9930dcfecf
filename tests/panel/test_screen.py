"""Screening by values present and by zeros."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.errors import PanelError
from innohub.panel import screen

NAN = np.nan
X = np.array([[1, 2, 3], [1, NAN, 3], [NAN, NAN, 3], [0, 0, 3], [NAN, NAN, NAN]])
PLACES = ["甲", "乙", "丙", "丁", "戊"]


def test_shares_present_and_not_zero():
    done = screen(X, PLACES)
    np.testing.assert_allclose(done.available, [1, 2 / 3, 1 / 3, 1, 0])
    np.testing.assert_allclose(done.nonzero, [1, 1, 1, 1 / 3, NAN])
    assert done.kept.all()


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ({"min_available": 2 / 3}, [True, True, False, True, False]),
        ({"min_nonzero": 0.5}, [True, True, True, False, True]),
        ({"min_available": 2 / 3, "min_nonzero": 0.5}, [True, True, False, False, False]),
        ({"min_available": 1, "always": ["丙"], "never": ["甲"]}, [False, False, True, True, False]),
    ],
)
def test_rules(rule, kept):
    done = screen(X, PLACES, **rule)
    assert done.kept.tolist() == kept
    told = [finding.params["place"] for finding in done.findings]
    assert told == [place for place, stays in zip(PLACES, kept, strict=True) if not stays]
    assert all(finding.render("zh") and finding.render("en") for finding in done.findings)


@pytest.mark.parametrize("count", range(1, 50))
def test_a_place_that_just_meets_the_share_stays(count):
    x = np.array([[1.0] * count + [NAN] * (49 - count)])
    assert screen(x, ["a"], min_available=count / 49).kept.all()


def test_nobody_left_and_unknown_names_are_errors():
    with pytest.raises(PanelError) as caught:
        screen(X[1:3], PLACES[1:3], min_available=1)
    assert caught.value.findings[0].code == "P120"
    with pytest.raises(PanelError) as caught:
        screen(X, PLACES, always=["己", "庚"])
    assert [finding.value for finding in caught.value.findings] == ["己", "庚"]


@given(
    arrays(np.float64, (6, 4), elements=st.sampled_from([0.0, 1.0, NAN])),
    st.floats(0, 1),
    st.permutations(range(6)),
)
def test_order_of_places_does_not_matter(x, share, order):
    names = np.array(list("abcdef"))
    here = screen(x, list(names), min_available=share, always=["a"])
    there = screen(x[order], list(names[order]), min_available=share, always=["a"])
    assert set(names[here.kept]) == set(names[order][there.kept])
