"""Division of the chain by location quotients."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.modes import division
from innohub.errors import ScaleError
from innohub.position.models.division import check_division, stage_quotients

GROUPS = ("hong-kong-macao", "guangdong")
STAGES = ("research", "incubation", "industrialisation")
PARTS = [(part.group, part.stage) for part in division()]


def test_quotients_by_hand():
    found = stage_quotients(np.array([[30.0, 10], [20, 60]]))
    assert found == pytest.approx(np.array([[30 / 40 / (50 / 120), 10 / 40 / (70 / 120)],
                                            [20 / 80 / (50 / 120), 60 / 80 / (70 / 120)]]))  # fmt: skip


@given(st.integers(0, 1000), st.floats(0.001, 1000))
def test_mean_of_quotients_by_stage_shares_is_one_and_units_do_not_matter(seed, factor):
    x = np.random.default_rng(seed).uniform(0.1, 5, (3, 4))
    found = stage_quotients(x)
    assert (found * x.sum(axis=0) / x.sum()).sum(axis=1) == pytest.approx(np.ones(3))
    assert stage_quotients(x * factor) == pytest.approx(found)


@pytest.mark.parametrize(
    ("amounts", "verdict"),
    [
        ([[10, 30, 5], [10, 20, 90]], "holds"),
        ([[10, 5, 30], [10, 90, 20]], "does not hold"),
        ([[10, 20, 30], [10, 20, 30]], "does not hold"),
        ([[10, np.nan, 30], [10, 20, 30]], "no data"),
        ([[0, 0, 0], [10, 20, 30]], "does not hold"),
    ],
)
def test_hatched_here_and_industrialised_there(amounts, verdict):
    tests, found = check_division(np.array(amounts, dtype=float), GROUPS, STAGES, PARTS)
    assert found == verdict
    assert [(test.group, test.stage) for test in tests] == PARTS


def test_a_stage_that_the_data_lack():
    tests, found = check_division(np.ones((2, 2)), GROUPS, ("research", "incubation"), PARTS)
    assert tests[1].holds is None
    assert found == "does not hold"
    assert (
        check_division(np.array([[1.0, 3], [3, 1]]), GROUPS, ("research", "incubation"), PARTS)[1]
        == "no data"
    )


@pytest.mark.parametrize("value", [-1.0, np.inf])
def test_an_impossible_amount_is_refused(value):
    with pytest.raises(ScaleError, match="N159"):
        stage_quotients(np.array([[1.0, value]]))
