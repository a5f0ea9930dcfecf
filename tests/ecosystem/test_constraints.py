"""Constraints: severity, gaps, confidence, evidence."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.constraints import constraint_groups
from innohub.ecosystem.barriers import barrier_matrix
from innohub.ecosystem.constraints import diagnose
from innohub.ecosystem.severity import group_state, worst_share
from innohub.errors import ModelError, ScaleError

GROUPS = list(constraint_groups())
ORDER = [f"{group}-{k}" for group in GROUPS for k in range(4)]
OF = {name: name.rpartition("-")[0] for name in ORDER}
WEIGHTS = dict.fromkeys(ORDER, 1.0)


def scores(seed=1, places=8):
    values = np.random.default_rng(seed).uniform(0.1, 0.9, (places, len(ORDER)))
    return pd.DataFrame(values, index=[f"p{k}" for k in range(places)], columns=ORDER)


def test_obstacle_of_the_handbook():
    weights = np.array([0.4 * 0.5, 0.4 * 0.5, 0.6 * 0.3, 0.6 * 0.3, 0.6 * 0.4])
    z = np.array([0.2, 0.9, 0.5, 1, 0.1])
    each = group_state(z, weights, np.arange(5), 5)
    assert each.obstacle == pytest.approx([0.3292, 0.0412, 0.1852, 0, 0.4444], abs=5e-5)
    both = group_state(z, weights, np.array([0, 0, 1, 1, 1]), 2)
    assert both.obstacle == pytest.approx([0.3704, 0.6296], abs=5e-5)
    assert both.severity == pytest.approx([0.3704 / 0.4, 0.6296 / 0.6], abs=2e-4)
    assert (both.score * both.weight).sum() == pytest.approx(0.514, abs=1e-9)


@given(st.integers(0, 300), st.floats(0.01, 100))
def test_obstacles_sum_to_one_and_severity_has_weighted_mean_one(seed, factor):
    rng = np.random.default_rng(seed)
    z, weight, groups = rng.uniform(0, 1, (3, 6)), rng.uniform(0.1, 2, 6), np.array([0, 1, 2, 0, 1, 2])
    z[0, :2] = np.nan
    found = group_state(z, weight, groups, 3)
    assert found.obstacle.sum(axis=-1) == pytest.approx(np.ones(3))
    assert (found.severity * found.weight).sum(axis=-1) == pytest.approx(np.ones(3))
    assert group_state(z, weight * factor, groups, 3).severity == pytest.approx(found.severity)
    by_hand = np.nansum(weight[[1, 4]] * (1 - z[0, [1, 4]])) / np.nansum(weight * (1 - z[0]))
    assert found.obstacle[0, 1] == pytest.approx(by_hand)
    assert found.data[0].tolist() == pytest.approx(
        [weight[3] / weight[[0, 3]].sum(), weight[4] / weight[[1, 4]].sum(), 1]
    )


def test_all_the_best_and_nothing_known():
    assert np.isnan(group_state(np.ones(4), np.ones(4), np.array([0, 0, 1, 1]), 2).severity).all()
    dark = group_state(np.full(4, np.nan), np.ones(4), np.array([0, 0, 1, 1]), 2)
    assert np.isnan(dark.severity).all() and dark.data.tolist() == [0, 0]
    with pytest.raises(ScaleError):
        group_state(np.array([1.2]), np.ones(1), np.zeros(1, int), 1)
    for weights in (np.array([-1.0, 2]), np.zeros(2)):
        with pytest.raises(ModelError):
            group_state(np.array([0.2, 0.3]), weights, np.zeros(2, int), 1)


@given(st.integers(0, 200))
def test_worst_two_against_a_loop(seed):
    rng = np.random.default_rng(seed)
    severity = rng.integers(0, 5, (20, 4)).astype(float)
    severity[3, 1] = np.nan
    judged = np.array([True, True, True, seed % 2 == 0])
    counts, used = np.zeros(4), 0
    for row in severity:
        if np.isnan(row[judged]).any():
            continue
        used += 1
        for g in range(4):
            counts[g] += judged[g] and sum(row[h] > row[g] for h in range(4) if judged[h]) < 2
    found = worst_share(severity, judged)
    assert found[judged] == pytest.approx(counts[judged] / used)
    assert np.isnan(found[~judged]).all()


def test_confidence_needs_three_groups_and_draws():
    assert np.isnan(worst_share(np.ones((5, 4)), np.array([True, True, False, False]))).all()
    assert np.isnan(worst_share(np.full((5, 4), np.nan), np.ones(4, bool))).all()


def test_diagnosis_by_hand():
    table = scores()
    table.loc["p0", ORDER[:4]] = [0.1, 0.0, 0.3, 0.2]
    table.loc["p0", ORDER[4:]] = 0.8
    found = diagnose("p0", table, WEIGHTS, OF, peers=["p0", "p1", "p2", "p3", "nobody"])
    first = found.table.iloc[0]
    lost = 4 - 0.6
    assert first["group"] == "community" and first["verdict"] == "binds" and first["rank"] == 1
    assert first["obstacle"] == pytest.approx(lost / (lost + 12 * 0.2))
    assert first["severity"] == pytest.approx(first["obstacle"] / 0.25)
    means = table.loc[["p1", "p2", "p3"], ORDER[:4]].mean(axis=1)
    assert first["gap"] == pytest.approx(0.15 - means.median())
    assert first["levers"] == ";".join(constraint_groups()["community"].levers)
    assert found.table["verdict"].tolist()[1:] == ["does not bind"] * 3
    assert found.table["rank"].tolist() == [1, 2, 2, 2]
    evidence = found.evidence[found.evidence["group"].eq("community")]
    assert evidence["indicator"].tolist() == ["community-1", "community-0", "community-3"]
    assert evidence["order"].tolist() == [1, 2, 3] and evidence["score"].tolist() == [0, 0.1, 0.2]
    assert evidence["obstacle"].iloc[0] == pytest.approx(1 / (lost + 2.4))
    assert evidence["peer_median"].iloc[0] == pytest.approx(
        table.loc[["p1", "p2", "p3"], "community-1"].median()
    )
    assert found.table["confidence"].isna().all() and not found.findings


def test_too_little_data_cannot_be_judged():
    table = scores()
    table.loc["p0", ["community-0", "community-1", "community-2"]] = np.nan
    table.loc["p0", ["platforms-0", "platforms-1"]] = np.nan
    found = diagnose("p0", table, WEIGHTS, OF, peers=["p1"])
    dark = found.table.set_index("group")
    assert dark.loc["community", "verdict"] == "cannot judge" and pd.isna(dark.loc["community", "rank"])
    assert dark.loc["community", "data"] == 0.25 and np.isnan(dark.loc["community", "severity"])
    assert dark.loc["platforms", "verdict"] != "cannot judge" and dark.loc["platforms", "data"] == 0.5
    assert found.table["group"].iloc[-1] == "community"
    assert "community" not in set(found.evidence["group"])
    assert [f.code for f in found.findings] == ["N214"]


def test_no_obstacle_no_peers():
    table = scores()
    table.loc["p0"] = 1.0
    found = diagnose("p0", table, WEIGHTS, OF, peers=[])
    assert found.table["verdict"].eq("no obstacle").all() and found.table["gap"].isna().all()
    assert found.evidence.empty
    assert [f.code for f in found.findings] == ["N215", "N216"]


def test_confidence_from_weights_and_scores():
    table = scores(4)
    rng = np.random.default_rng(1)
    weights = rng.dirichlet(np.ones(len(ORDER)), 200)
    drawn = np.clip(table.loc["p0"].to_numpy() + rng.normal(0, 0.1, (200, len(ORDER))), 0, 1)
    for draws in (
        (table.loc[["p0"]].to_numpy(), weights),
        (drawn, np.ones((1, len(ORDER)))),
        (drawn, weights),
    ):
        found = diagnose("p0", table, WEIGHTS, OF, ["p1"], draws=draws).table.set_index("group")["confidence"]
        z, w = np.broadcast_arrays(*draws)
        worst = dict.fromkeys(GROUPS, 0)
        for one, share in zip(z, w, strict=True):
            lost = pd.Series(share * (1 - one), ORDER).groupby(OF).sum() / (share * (1 - one)).sum()
            severity = lost / (pd.Series(share, ORDER).groupby(OF).sum() / share.sum())
            for group in severity.nlargest(2).index:
                worst[group] += 1
        assert found.sum() == pytest.approx(2)
        assert {group: found[group] * 200 for group in GROUPS} == pytest.approx(worst)


def test_evidence_carries_values_and_own_groups_may_be_named():
    table = scores()[ORDER[:4]]
    values = pd.DataFrame(
        {"indicator": ORDER[:4], "value": [1.0, 2, 3, 4], "unit": "x", "year": 2020, "source": "s"}
    )
    own = {name: "mine" for name in ORDER[:2]} | {name: "yours" for name in ORDER[2:4]}
    draws = (table.loc[["p0"]].to_numpy(), np.ones((3, 4)))
    found = diagnose("p0", table, WEIGHTS, own, ["p1"], values=values, names=["mine", "yours"], draws=draws)
    assert {"value", "unit", "year", "source"} <= set(found.evidence)
    assert found.evidence["value"].notna().all() and len(found.evidence) == 4
    assert found.table["levers"].eq("").all()
    assert [f.code for f in found.findings] == ["N217"]


def test_indicators_of_no_group_take_their_part():
    table = scores()
    found = diagnose("p0", table, WEIGHTS, {k: v for k, v in OF.items() if v != "chains"}, ["p1"])
    assert found.table["obstacle"].sum() < 1 and found.table["weight"].sum() == pytest.approx(0.75)
    assert found.table.set_index("group").loc["chains", "verdict"] == "cannot judge"


@given(st.integers(0, 100))
def test_order_of_indicators_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    table = scores(seed)
    order = list(rng.permutation(ORDER))
    plain = diagnose("p0", table, WEIGHTS, OF, ["p1", "p2"]).table
    moved = diagnose("p0", table[order], WEIGHTS, OF, ["p2", "p1"]).table
    pd.testing.assert_frame_equal(plain, moved)


def test_bad_input():
    with pytest.raises(ModelError) as error:
        diagnose("nowhere", scores(), WEIGHTS, OF, [])
    assert error.value.findings[0].code == "N212"
    with pytest.raises(ModelError) as error:
        diagnose("p0", scores(), WEIGHTS, OF | {"chains-0": "weather"}, [])
    assert error.value.findings[0].code == "N213"


def test_barriers_take_the_strictest_and_show_gaps():
    rows = pd.DataFrame(
        [("gz", "hk", "people", "free"), ("hk", "gz", "people", "limited"), ("gz", "hk", "money", "closed")],
        columns=["place", "other", "resource", "barrier"],
    )
    found = barrier_matrix(rows)
    assert found["state"].tolist() == ["limited", "not known", "closed", "not known"]
    assert found.loc[0, ["place", "other", "free", "limited", "closed"]].tolist() == ["gz", "hk", 1, 1, 0]
    assert barrier_matrix(rows.head(0)).empty
