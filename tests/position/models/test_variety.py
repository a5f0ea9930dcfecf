"""Variety of laboratories and paths of centres."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from innohub.errors import ScaleError
from innohub.position.models.variety import RoleTest, centre_path, variety


@pytest.mark.reference
def test_worked_example():
    found = variety(np.array([10.0, 30, 20, 4]))
    assert found.entropy == pytest.approx(1.181983, abs=1e-6)
    assert found.evenness == pytest.approx(0.852621, abs=1e-6)
    assert found.kinds == 4


@given(st.lists(st.integers(0, 500), min_size=2, max_size=8).filter(lambda c: sum(x > 0 for x in c) > 1))
def test_agrees_with_scipy_and_does_not_change_with_units(counts):
    x = np.array(counts, dtype=float)
    found = variety(x)
    assert found.entropy == pytest.approx(entropy(x))
    assert 0 < found.evenness <= 1 + 1e-12
    assert variety(x[::-1] * 7.5).entropy == pytest.approx(found.entropy)
    assert 1 < found.equivalent <= found.kinds + 1e-9


def test_edges():
    alone = variety(np.array([0.0, 5, 0]))
    assert (alone.entropy, alone.kinds, alone.equivalent) == (0.0, 1, 1.0)
    assert np.isnan(alone.evenness)
    assert np.isnan(variety(np.zeros(3)).entropy)
    assert variety(np.array([2.0, 2, 0])).evenness == pytest.approx(1)


@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_a_count_that_is_none_is_refused(value):
    with pytest.raises(ScaleError, match="N159"):
        variety(np.array([1.0, value]))


@pytest.mark.parametrize(
    ("values", "planned", "path"),
    [
        ([12, np.nan], None, "existing"),
        ([10, 3], False, "existing"),
        ([9.99, 3], True, "planned"),
        ([12, 3], True, "existing and planned"),
        ([9, 3], False, "neither"),
        ([9, np.nan], False, "no data"),
        ([9, 3], None, "no data"),
        ([], False, "no data"),
    ],
)
def test_paths(values, planned, path):
    tests = tuple(
        RoleTest(role, value, 10) for role, value in zip(("economy", "trade"), values, strict=False)
    )
    assert centre_path(tests, planned) == path
