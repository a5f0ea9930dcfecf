"""Which subsystem explains the change of coordination: exact parts against all orders."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.ecosystem.coupling import couple
from innohub.ecosystem.drivers import driver_table, split_change
from innohub.ecosystem.subsystems import Subsystems
from innohub.errors import ModelError


def d(u, variant, weights):
    return 0.0 if max(u) == 0 else float(couple(np.array(u), variant, weights).coordination)


def all_orders(start, end, variant, weights):
    """Move the subsystems one by one, in every order, and average what each move changes."""
    n = len(start)
    parts = np.zeros(n)
    orders = list(permutations(range(n)))
    for order in orders:
        now = list(start)
        for position in order:
            before = d(now, variant, weights)
            now[position] = end[position]
            parts[position] += d(now, variant, weights) - before
    return parts / len(orders)


SCORES = st.lists(st.floats(0, 1).filter(lambda x: x == 0 or x > 1e-6), min_size=3, max_size=3)


@given(SCORES, SCORES, st.sampled_from(["classic", "corrected"]))
def test_parts_are_the_mean_over_all_orders_and_sum_to_the_change(start, end, variant):
    weights = [1, 2, 3]
    parts = split_change(np.array(start), np.array(end), variant, weights)
    if max(start) == 0 or max(end) == 0:
        assert np.isnan(parts).all()
        return
    assert parts == pytest.approx(all_orders(start, end, variant, weights), abs=1e-9)
    assert parts.sum() == pytest.approx(d(end, variant, weights) - d(start, variant, weights), abs=1e-9)


def test_who_does_not_move_explains_nothing_and_twins_share():
    parts = split_change(np.array([0.2, 0.4, 0.4]), np.array([0.2, 0.7, 0.7]))
    assert parts[0] == pytest.approx(0, abs=1e-15)
    assert parts[1] == pytest.approx(parts[2])


def test_between_two_states_all_may_be_zero():
    parts = split_change(np.array([0.0, 0.5]), np.array([0.5, 0.0]))
    assert parts == pytest.approx([0.25, -0.25], abs=0.26)
    assert parts == pytest.approx(all_orders([0, 0.5], [0.5, 0], "classic", [1, 1]))
    assert parts.sum() == pytest.approx(0)


def test_too_many_subsystems_are_refused():
    with pytest.raises(ModelError, match="S349"):
        split_change(np.full(13, 0.5), np.full(13, 0.6))


def systems():
    values = [[0.2, 0.2, 0.2], [0.3, 0.2, 0.2], [0.6, 0.3, 0.2], [0.5, 0.5, 0.5], [np.nan, 0.5, 0.5],
              [0.4, 0.4, 0.4], [0.4, 0.4, 0.4]]  # fmt: skip
    places = ("x", "x", "x", "y", "y", "z", "z")
    return Subsystems(places, (2020, 2021, 2022, 2020, 2021, 2020, 2021), ("a", "b", "c"), np.array(values))


def test_table_of_drivers():
    table = driver_table(systems())
    assert table["place"].unique().tolist() == ["x", "z"]
    own = table[table["place"] == "x"]
    assert own[["start", "end"]].iloc[0].tolist() == [2020, 2022]
    assert own["rank"].tolist() == [1, 2, 3]
    assert own["share"].sum() == pytest.approx(1)
    assert own["score_change"].tolist() == pytest.approx([0.4, 0.1, 0])
    assert own["contribution"].tolist() == pytest.approx(
        all_orders([0.2] * 3, [0.6, 0.3, 0.2], "classic", [1] * 3)
    )
    still = table[table["place"] == "z"]
    assert still["contribution"].tolist() == [0, 0, 0]
    assert still[["share", "rank"]].isna().all(axis=None)
    assert table["probability"].isna().all()
    first = driver_table(systems(), years=(2020, 2021))
    assert first["end"].unique().tolist() == [2021]
    assert len(driver_table(systems(), years=(1999, 2000))) == 0


def test_of_a_fall_the_first_is_who_fell():
    found = Subsystems(("x", "x"), (2020, 2021), ("a", "b"), np.array([[0.6, 0.6], [0.6, 0.2]]))
    table = driver_table(found, "corrected").set_index("subsystem")
    assert table["rank"].to_dict() == {"a": 2, "b": 1}
    assert table.loc["b", "contribution"] < 0


def test_probability_is_the_share_of_draws_in_which_it_leads():
    found = systems()
    rng = np.random.default_rng(2)
    draws = np.clip(np.nan_to_num(found.values, nan=0.5) + rng.normal(0, 0.1, (200, 7, 3)), 0.01, 1)
    table = driver_table(found, draws=draws)
    leads = np.zeros(3)
    for draw in draws:
        parts = all_orders(draw[0], draw[2], "classic", [1, 1, 1])
        leads[np.argmax(parts * np.sign(parts.sum()))] += 1
    assert table.loc[table["place"] == "x", "probability"].tolist() == pytest.approx((leads / 200).tolist())


def test_squeezed_as_the_table_is():
    found = Subsystems(("x", "x"), (2020, 2021), ("a", "b"), np.array([[0.0, 0.5], [0.5, 1.0]]))
    table = driver_table(found, squeezed=(0.01, 0.99))
    parts = split_change(np.array([0.01, 0.5]), np.array([0.5, 0.99]))
    assert table["contribution"].tolist() == pytest.approx(parts.tolist())
