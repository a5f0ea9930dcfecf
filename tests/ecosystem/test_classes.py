"""Classes by a named scheme from both sides of every limit, and their probability in draws."""

import numpy as np
import pandas as pd
import pytest

from innohub.catalog.scheme import scheme
from innohub.ecosystem.classes import class_probabilities, class_shares, coupling_classes, intervals
from innohub.errors import ModelError, ScaleError


def table(*values, measure="coordination"):
    return pd.DataFrame(
        {
            "place": [f"p{n}" for n in range(len(values))],
            "year": 2020,
            "first": "",
            "second": "",
            measure: values,
        }
    )


def test_the_same_value_in_two_schemes():
    placed = coupling_classes(table(0.6), "ccd-10")
    assert placed["class_zh"].item() == "勉强协调"
    assert placed["closed"].item() == "right"
    assert coupling_classes(table(0.6), "ccd-4")["class_zh"].item() == "协调发展"
    assert (
        coupling_classes(table(0.5, measure="coupling"), "c-4", measure="coupling")["class_zh"].item()
        == "拮抗阶段"
    )


@pytest.mark.parametrize("name", ["ccd-10", "ccd-4", "c-4"])
def test_both_sides_of_every_limit_alone_and_in_draws(name):
    found = scheme(name)
    ids = [grade.id for grade in found.grades]
    for number, (limit, side) in enumerate(zip(found.limits, found.sides, strict=True)):
        values = [limit - 1e-6, limit, limit + 1e-6, limit * (1 + 1e-14), limit * (1 - 1e-14)]
        on = ids[number] if side == "left" else ids[number + 1]
        expected = [ids[number + 1], on, ids[number], on, on]
        assert coupling_classes(table(*values), name)["class"].tolist() == expected
        shares = class_shares(np.array([values]), found)
        assert [ids[row.argmax()] for row in shares] == expected
        assert (shares.sum(axis=1) == 1).all()


def test_a_value_on_a_limit_that_no_class_claims_is_refused():
    with pytest.raises(ModelError, match="N162"):
        coupling_classes(table(0.6), "ccd-5")
    with pytest.raises(ModelError, match="N162") as error:
        class_shares(np.array([[0.3, 0.6]]), scheme("ccd-5"), names=["a 2020", "b 2020"])
    assert "b 2020" in error.value.render("en")
    ids = [grade.id for grade in scheme("ccd-5").grades]
    for closed, expected in (("left", "resisting"), ("right", "very-low")):
        assert coupling_classes(table(0.6), "ccd-5", closed=closed)["class"].item() == expected
        assert ids[class_shares(np.array([[0.6]]), scheme("ccd-5"), closed=closed)[0].argmax()] == expected
    assert coupling_classes(table(0.0), "ccd-5")["class"].item() == "zero"
    assert ids[class_shares(np.array([[0.0]]), scheme("ccd-5"))[0].argmax()] == "zero"


def test_undefined_values_have_no_class():
    placed = coupling_classes(table(np.nan, 0.95), "ccd-10")
    assert placed["class"].tolist() == ["", "excellent"]
    assert np.isnan(class_shares(np.full((3, 1), np.nan), scheme("ccd-10"))).all()


def test_values_outside_and_schemes_without_limits_are_refused():
    with pytest.raises(ScaleError, match="N164"):
        coupling_classes(table(1.2), "ccd-10")
    with pytest.raises(ModelError, match="N163"):
        coupling_classes(table(0.2), "sd-3")
    with pytest.raises(ModelError, match="N163"):
        class_shares(np.array([[0.2]]), scheme("sd-3"))
    with pytest.raises(ModelError, match="N166"):
        coupling_classes(table(0.2), "ccd-11")


def test_probabilities_are_counts_of_draws():
    draws = np.random.default_rng(1).beta(2, 2, (500, 3))
    draws[:50, 1] = np.nan
    draws[0, 0] = 0.6
    told = class_probabilities(table(0.45, 0.55, 0.65), draws, "ccd-10")
    assert len(told) == 30
    assert told.groupby("place")["probability"].sum().to_numpy() == pytest.approx(np.ones(3))
    for place in range(3):
        known = draws[~np.isnan(draws[:, place]), place]
        alone = coupling_classes(table(*known), "ccd-10")["class"]
        own = told[told["place"] == f"p{place}"].set_index("class")
        for name, row in own.iterrows():
            assert row["probability"] == pytest.approx((alone == name).mean())
        assert own.index[own["assigned"]].tolist() == [["near-imbalance", "bare", "primary"][place]]


def test_rows_that_share_a_name_are_kept_apart():
    twice = pd.concat([table(0.2), table(0.9)])
    assert coupling_classes(twice, "ccd-10")["class"].tolist() == ["serious-imbalance", "good"]


def test_intervals_leave_undefined_draws_out():
    draws = np.array([[0.1, np.nan, np.nan], [0.2, np.nan, 0.4], [0.3, np.nan, 0.6]])
    found = intervals(draws, 0.5)
    assert found.low.tolist() == pytest.approx([0.15, np.nan, 0.45], nan_ok=True)
    assert found.high.tolist() == pytest.approx([0.25, np.nan, 0.55], nan_ok=True)
    assert found.defined.tolist() == pytest.approx([1, 0, 2 / 3])


@pytest.mark.parametrize("level", [0, 1, -0.5, np.nan])
def test_a_level_without_sense_is_refused(level):
    with pytest.raises(ModelError, match="N179"):
        intervals(np.zeros((2, 1)), level)
