"""Practice modes from actors and ties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.modes import modes
from innohub.errors import ModelError, ScaleError
from innohub.position.models.mode import classify_mode, mode_table


def actors(*rows):
    return pd.DataFrame([(f"a{n}", *row) for n, row in enumerate(rows)], columns=["actor", "kind", "weight"])


def ties(*rows):
    return pd.DataFrame(rows, columns=["actor", "other", "weight"])


def classify(people, bonds=None, **options):
    return classify_mode(people, ties() if bonds is None else bonds, np.random.default_rng(1), **options)


NAMES = tuple(modes())


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("企业", "emerging-industry"),
        ("研发机构", "research-institution"),
        ("高校", "university-park"),
        ("政府", "regional-platform"),
    ],
)
def test_one_kind_of_actor_is_its_mode(kind, mode):
    found = classify(actors((kind, 3), (kind, 1)))
    assert found.verdict == mode
    assert found.basis == "actors"
    assert found.certainty == 1.0


@pytest.mark.parametrize(("weight", "verdict"), [(60, "emerging-industry"), (59.99, "mixed")])
def test_limit_from_both_sides(weight, verdict):
    found = classify(actors(("firm", weight), ("university", 100 - weight)))
    assert found.verdict == verdict
    assert found.share[0] == pytest.approx(weight / 100)


def test_ties_show_the_consortium_that_weights_do_not():
    people = actors(("university", 1), ("firm", 1), ("institute", 1))
    assert classify(people).verdict == "mixed"
    found = classify(people, ties(("a0", "a1", 3), ("a2", "a0", 1)))
    assert found.by_actor == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0])
    assert found.by_tie == pytest.approx([0, 0, 1, 0])
    assert found.share == pytest.approx([1 / 6, 1 / 6, 2 / 3, 0])
    assert found.verdict == "university-park"
    assert found.basis == "actors and ties"


def test_an_institute_with_a_firm_counts_by_half_for_two_modes():
    found = classify(actors(("institute", 1), ("firm", 1)), ties(("a0", "a1", 2)))
    assert found.by_tie == pytest.approx([0, 0.5, 0.5, 0])


@given(st.integers(0, 500), st.floats(0.001, 1000))
def test_units_order_and_direction_do_not_matter(seed, factor):
    rng = np.random.default_rng(seed)
    kinds = rng.choice(["firm", "institute", "university", "government"], 6)
    people = actors(*zip(kinds, rng.uniform(0.1, 5, 6), strict=True))
    bonds = ties(*[(f"a{rng.integers(6)}", f"a{rng.integers(6)}", rng.uniform(0.1, 2)) for _ in range(7)])
    plain = classify(people, bonds, draws=0)
    other = classify(
        people.assign(weight=people["weight"] * factor).sample(frac=1, random_state=seed),
        bonds.assign(actor=bonds["other"], other=bonds["actor"], weight=bonds["weight"] * factor * 2)[::-1],
        draws=0,
    )
    assert other.share == pytest.approx(plain.share, nan_ok=True)
    assert other.share.sum() == pytest.approx(1)


def test_shares_against_a_count_by_hand():
    people = actors(("firm", 2), ("firm", 1), ("government", 4), ("institute", 1))
    bonds = ties(("a0", "a1", 1), ("a2", "a0", 2), ("a3", "a3", 9), ("a3", "a1", 1))
    found = classify(people, bonds)
    assert found.by_actor == pytest.approx([3 / 8, 1 / 8, 0, 4 / 8])
    assert found.by_tie == pytest.approx([1 / 4, 0.5 / 4, 0.5 / 4, 2 / 4])
    assert found.verdict == "mixed"


def test_certainty_is_low_where_few_actors_decide():
    narrow = classify(actors(("firm", 1), ("firm", 1), ("university", 1)))
    broad = classify(actors(*[("firm", 1)] * 80, *[("university", 1)] * 20))
    assert narrow.verdict == broad.verdict == "emerging-industry"
    assert narrow.certainty < 0.9
    assert broad.certainty > 0.99


def test_unknown_kinds_are_left_out_and_named():
    found = classify(actors(("firm", 3), ("bank", 1)), ties(("a0", "a1", 1)), place="A")
    assert found.share[0] == 1
    assert found.left_out == 0.25
    assert found.basis == "actors"
    text = found.findings[0].render("en")
    assert "N146" in text
    assert "bank" in text
    assert "25%" in text


@pytest.mark.parametrize("people", [actors(), actors(("firm", 0)), actors(("bank", 1))])
def test_without_data_there_is_no_verdict(people):
    found = classify(people)
    assert (found.verdict, found.basis) == ("", "none")
    assert np.isnan(found.certainty)


def test_bad_tables_are_refused():
    people = actors(("firm", 1), ("firm", 1))
    with pytest.raises(ModelError, match="a9"):
        classify(people, ties(("a0", "a9", 1)))
    with pytest.raises(ModelError, match="N147"):
        classify(pd.concat([people, people]))
    for weight in (-1, np.nan):
        with pytest.raises(ScaleError, match="N159"):
            classify(actors(("firm", weight)))


def test_table_has_a_row_a_mode():
    found = classify(actors(("firm", 3), ("university", 1)))
    table = mode_table("A", found)
    assert table["mode"].tolist() == list(NAMES)
    assert table["share"].tolist() == pytest.approx([0.75, 0, 0.25, 0])
    assert table["function"].tolist()[0] == "industrial-transformation"
