"""Markov chains against counting by hand, the handbook and another program."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.errors import ScaleError
from innohub.index.dynamics import classify_pooled, markov, steady_state
from innohub.index.dynamics.markov import estimate

REFERENCE = Path(__file__).parents[2] / "reference" / "markov_giddy.json"
HANDBOOK = np.array([[0.8, 0.2, 0], [0.1, 0.8, 0.1], [0, 0.2, 0.8]])


def test_handbook_steady_state():
    np.testing.assert_allclose(steady_state(HANDBOOK), [0.25, 0.5, 0.25], atol=1e-14)


@pytest.mark.reference
def test_another_program_agrees():
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    classes = classify_pooled(np.array(told["y"]), 4)
    chain = markov(classes.number, 4)
    np.testing.assert_allclose(classes.limits, told["limits"], rtol=1e-12)
    np.testing.assert_array_equal(chain.counts, told["transitions"])
    np.testing.assert_allclose(chain.steady, told["steady"], atol=1e-12)


@given(st.integers(0, 9999), st.integers(2, 6), st.integers(2, 8), st.integers(1, 3))
def test_counting_by_hand(seed, years, places, step):
    number = np.random.default_rng(seed).integers(-1, 3, (years, places))
    if years <= step:
        return
    chain = markov(number, 3, step)
    counts, missing = np.zeros((3, 3)), 0
    for year in range(years - step):
        for place in range(places):
            before, after = number[year, place], number[year + step, place]
            if before < 0 or after < 0:
                missing += 1
            else:
                counts[before, after] += 1
    np.testing.assert_array_equal(chain.counts, counts)
    assert chain.missing == missing
    for row, total in enumerate(counts.sum(axis=1)):
        if total:
            np.testing.assert_allclose(chain.transition[row], counts[row] / total)
        else:
            assert np.isnan(chain.transition[row]).all()
    empty = (counts.sum(axis=1) == 0).any()
    assert ("S187" in [finding.code for finding in chain.findings]) == empty


@given(st.integers(0, 9999), st.integers(2, 6))
def test_steady_state_is_kept_and_reached(seed, classes):
    transition = np.random.default_rng(seed).dirichlet(np.ones(classes), classes)
    steady = steady_state(transition)
    np.testing.assert_allclose(steady @ transition, steady, atol=1e-12)
    assert steady.sum() == pytest.approx(1)
    np.testing.assert_allclose(np.linalg.matrix_power(transition, 2**12)[0], steady, atol=1e-9)


def test_pooled_limits_stay_fixed():
    y = np.array([[1.0, 2, 3, 4], [2, 3, 4, 5]])
    classes = classify_pooled(y, 2)
    assert classes.limits.tolist() == [3.0]
    assert classes.number.tolist() == [[0, 0, 0, 1], [0, 0, 1, 1]]
    assert classes.count == 2
    np.testing.assert_array_equal(classify_pooled(y * 50, 2).number, classes.number)


def test_relative_classes_forget_common_growth():
    y = np.array([[1.0, 2, 3, 4]])
    grown = np.vstack([y, y * 10])
    number = classify_pooled(grown, 4, relative=True).number
    np.testing.assert_array_equal(number[0], number[1])
    assert classify_pooled(grown, 4).number[1].min() > 0


def test_missing_values_have_no_class():
    classes = classify_pooled(np.array([[1.0, np.nan, 3], [2, 2, 2]]), 2)
    assert classes.number[0, 1] == -1
    assert markov(classes.number, 2).missing == 1


def test_limits_that_coincide_are_noted():
    classes = classify_pooled(np.array([[0.0, 0, 0, 0, 5, 6]]), 4)
    assert [finding.code for finding in classes.findings] == ["S192"]


def test_empty_row():
    chain = estimate(np.array([[3, 1, 0], [1, 3, 0], [0, 0, 0]]))
    assert [finding.code for finding in chain.findings] == ["S187"]
    np.testing.assert_allclose(chain.steady, [0.5, 0.5, 0])
    leads_into = estimate(np.array([[3, 1, 0], [1, 2, 1], [0, 0, 0]]))
    assert [finding.code for finding in leads_into.findings] == ["S187", "S188"]
    assert np.isnan(leads_into.steady).all()


def test_two_worlds_have_no_single_steady_state():
    chain = estimate(np.diag([4, 4]))
    assert [finding.code for finding in chain.findings] == ["S188"]
    assert chain.mobility == 0


def test_absorbing_class_takes_all():
    np.testing.assert_allclose(steady_state(np.array([[0.5, 0.5], [0, 1]])), [0, 1], atol=1e-14)


def test_a_chain_that_alternates_has_a_steady_state():
    np.testing.assert_allclose(steady_state(np.array([[0.0, 1], [1, 0]])), [0.5, 0.5])


def test_standard_errors_and_mobility():
    chain = estimate(np.array([[8, 2], [5, 5]]))
    np.testing.assert_allclose(chain.standard_error[0], np.sqrt(0.16 / 10))
    assert chain.mobility == pytest.approx(0.7)


@pytest.mark.parametrize("rows", [[[0.5, 0.4], [0, 1]], [[1.5, -0.5], [0, 1]]])
def test_rows_that_are_no_probabilities(rows):
    with pytest.raises(ScaleError, match="S189"):
        steady_state(np.array(rows))


def test_no_transition_at_all():
    assert np.isnan(estimate(np.zeros((2, 2), dtype=np.int64)).steady).all()
