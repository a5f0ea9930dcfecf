"""Synergy of subjects and levels, open innovation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.ecosystem.synergy import level_synergy, open_rates, subject_synergy, work_ties
from innohub.errors import ModelError, ScaleError

RNG = np.random.default_rng


def test_ties_of_works_by_hand():
    members = pd.DataFrame({
        "work": ["w1", "w1", "w1", "w2", "w3", "w3"], "actor": list("abcdea"),
        "sector": ["university", "firm", "firm", "firm", "firm", "government"],
    })  # fmt: skip
    ties = work_ties(members)
    assert list(zip(ties["actor"], ties["other_actor"], strict=True)) == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("e", "a"),
    ]
    assert ties["weight"].eq(1).all()
    parts = work_ties(members, "fractional")
    assert parts["weight"].tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1])
    assert subject_synergy(ties, 0, RNG(1))[0]["value"].iloc[0] == pytest.approx(3 / 4)
    assert subject_synergy(parts, 0, RNG(1))[0]["value"].iloc[0] == pytest.approx((2 / 3 + 1) / 2)
    with pytest.raises(ModelError, match="halves"):
        work_ties(members, "halves")
    assert len(work_ties(members[members["work"].eq("w2")], "fractional")) == 0


def many(seed=1, works=60):
    rng = RNG(seed)
    size = rng.integers(1, 5, works)
    return pd.DataFrame({
        "work": np.repeat(np.arange(works), size),
        "sector": rng.choice(["university", "firm", "government"], size.sum()),
        "other_sector": rng.choice(["university", "firm", "government"], size.sum()),
        "weight": rng.uniform(0.1, 3, size.sum()),
        "place": np.repeat(np.where(np.arange(works) % 3, "a", "b"), size),
    })  # fmt: skip


def test_interval_draws_whole_works():
    ties = many()
    row = subject_synergy(ties, 4000, RNG(2))[0].iloc[0]
    rng = RNG(3)
    drawn = []
    of_work = dict(tuple(ties.groupby("work")))
    for _ in range(1500):
        sample = pd.concat([of_work[k] for k in rng.integers(0, 60, 60)])
        crossing = sample["sector"].ne(sample["other_sector"])
        drawn.append((crossing * sample["weight"]).sum() / sample["weight"].sum())
    assert [row["low"], row["high"]] == pytest.approx(np.quantile(drawn, [0.05, 0.95]), abs=0.012)
    assert row["low"] < row["value"] < row["high"] and row["works"] == 60


def test_groups_are_those_computed_alone():
    ties = many()
    table, _ = subject_synergy(ties, 10, RNG(2), by=["place"])
    for row in table.itertuples():
        alone = subject_synergy(ties[ties["place"].eq(row.place)], 0, RNG(2))[0].iloc[0]
        assert row.value == pytest.approx(alone["value"]) and row.works == alone["works"]


def test_ties_without_sector_few_works_and_no_ties():
    ties = pd.DataFrame(
        {"work": [1, 1, 2], "sector": ["firm", "", "firm"], "other_sector": ["firm", "firm", None]}
    )
    table, found = subject_synergy(ties, 20, RNG(1))
    assert table["value"].iloc[0] == 0 and np.isnan(table["low"].iloc[0])
    assert {f.code: f.params["count"] for f in found} == {"N206": 1, "N209": 2}
    none, found = subject_synergy(ties.assign(weight=0.0), 20, RNG(1))
    assert np.isnan(none["value"].iloc[0]) and "N208" in {f.code for f in found}
    with pytest.raises(ScaleError):
        subject_synergy(ties.assign(weight=-1.0), 20, RNG(1))


@given(st.integers(0, 100))
def test_open_rates_add_up(seed):
    rng = RNG(seed)
    ties = pd.DataFrame({
        "work": rng.integers(0, 12, 40), "kind": rng.choice(["internal", "inward", "outward", "coupled"], 40),
        "weight": rng.uniform(0.1, 2, 40),
    })  # fmt: skip
    row = open_rates(ties, 30, rng)[0].iloc[0]
    assert row["external"] == pytest.approx(row["inward"] + row["outward"] + row["coupled"])
    inside = ties.loc[ties["kind"].eq("internal"), "weight"].sum() / ties["weight"].sum()
    assert row["external"] == pytest.approx(1 - inside)
    assert 0 <= row["external_low"] <= row["external_high"] <= 1


def test_open_rates_by_hand_and_bad_kind():
    ties = pd.DataFrame({"work": [1, 2, 3, 4], "kind": ["internal", "inward", "inward", "coupled"]})
    row = open_rates(ties, 0, RNG(1))[0].iloc[0]
    assert [row[k] for k in ("external", "inward", "outward", "coupled")] == [0.75, 0.5, 0, 0.25]
    with pytest.raises(ModelError, match="sideways"):
        open_rates(ties.assign(kind="sideways"), 0, RNG(1))


def test_levels_by_hand():
    members = pd.DataFrame({
        "work": ["a", "a", "b", "c", "c", "c"],
        "level": ["national", "provincial", "municipal", "national", "municipal", "municipal"],
        "amount": [6.0, 2, 4, 5, 2, 1],
    })  # fmt: skip
    table, shared, _ = level_synergy(members, 0, RNG(1))
    assert table["value"].iloc[0] == pytest.approx(16 / 20) and table["weight"].iloc[0] == 20
    told = {(row.level, row.other): row.share for row in shared.itertuples() if row.share}
    assert told == {("national", "provincial"): 0.4, ("national", "municipal"): 0.4}
    counted = level_synergy(members.drop(columns="amount"), 0, RNG(1))[0]
    assert counted["value"].iloc[0] == pytest.approx(2 / 3)
    with pytest.raises(ModelError, match="galactic"):
        level_synergy(members.assign(level="galactic"), 0, RNG(1))
    with pytest.raises(ScaleError):
        level_synergy(members.assign(amount=-1.0), 0, RNG(1))


def test_same_level_twice_is_not_joint():
    members = pd.DataFrame({"work": ["a", "a"], "level": ["municipal", "municipal"], "place": "x"})
    table, shared, found = level_synergy(members, 0, RNG(1), by=["place"])
    assert table["value"].tolist() == [0] and (shared["share"] == 0).all() and len(shared) == 6
    assert [f.code for f in found] == ["N206"]
