"""The page's data over the years, of efficiency and of method choices: as the run has them."""

import numpy as np
import pandas as pd
import pytest

from innohub.web import payload, schema


@pytest.fixture(scope="module")
def data(provinces):
    return payload(provinces)


def test_has_the_declared_shape(data, mismatches):
    assert mismatches(data, schema.Payload) == []


def test_ranks_over_the_years_are_those_of_the_run(data, provinces):
    index = data["indices"][0]
    change = index["change"]
    history = provinces.table("history").query("node == @index['nodes'][0]['id']")
    wide = history.pivot(index="place", columns="year", values="rank").loc[index["places"], change["years"]]
    assert change["years"] == sorted(history["year"].unique())
    assert change["rank"] == [[None if pd.isna(v) else int(v) for v in row] for row in wide.to_numpy()]
    assert [row[-1] for row in change["rank"]] == [standing["rank"] for standing in index["standings"]]


def test_moves_are_complete_and_add_up(data, provinces):
    change = data["indices"][0]["change"]
    pooled = next(table for table in change["moves"] if table["lag"] == 0)
    table = provinces.table("transitions")
    assert np.sum(pooled["count"]) == table.loc[table["index"] == "capacity", "count"].sum()
    np.testing.assert_allclose(np.sum(pooled["probability"], axis=1), 1, atol=1e-6)
    assert change["relative"] == provinces.settings.index["capacity"].change.relative


def test_components_of_inequality_sum_to_one(data):
    items = data["indices"][0]["change"]["groups"]
    for year in data["indices"][0]["change"]["years"]:
        parts = [i for i in items if i["year"] == year and i["measure"] == "theil_t" and not i["group"]]
        assert sum(i["share"] for i in parts if i["component"] != "total") == pytest.approx(1, abs=1e-6)


def test_efficiency_carries_scores_and_targets(data, provinces):
    found = data["efficiencies"][0]
    scores = provinces.table("efficiency").set_index(["place", "year"])
    targets = provinces.table("efficiency_targets").set_index(["place", "year", "indicator"])
    items = [*found["inputs"], *found["outputs"], *found["undesirable"]]
    assert len(found["rows"]) == len(scores)
    for row in found["rows"]:
        key = (row["place"], row["year"])
        assert row["score"] == pytest.approx(scores.loc[key, "score"], rel=1e-6)
        for item, target in zip(items, row["target"], strict=True):
            if target is not None:
                assert target == pytest.approx(targets.loc[(*key, item), "target"], rel=1e-6)
    assert {row["place"] for row in found["malmquist"]} >= {"", "CN-BJ"}


def test_choices_carry_the_exact_and_the_sampled_analysis(data, provinces):
    exact, sampled = data["indices"][0]["sensitivity"]
    assert (exact["method"], exact["models"], exact["factors"]) == (
        "exact",
        54,
        ["treat", "normalise", "weights", "aggregate"],
    )
    assert exact["levels"][2] == ["equal", "entropy", "critic"]
    assert (sampled["method"], sampled["replicates"]) == ("sampled", 2)
    assert sampled["models"] == 16 * 2 * (len(sampled["factors"]) + 2)
    table = provinces.table("sensitivity").query("method == 'exact' and output == 'mean_rank_shift'")
    item = next(item for item in exact["influences"] if item["output"] == "mean_rank_shift")
    np.testing.assert_allclose(item["total"], table["total"].to_numpy(dtype=float), rtol=1e-6)
    design = provinces.table("design").groupby("place")["rank"]
    at = data["indices"][0]["places"].index("CN-TJ")
    assert exact["span"][at][::2] == [design.min()["CN-TJ"], design.max()["CN-TJ"]]


def test_treated_values_stand_between_raw_and_normalised(data, provinces):
    index = data["indices"][0]
    steps = provinces.table("steps")
    steps = steps[(steps["step"] == "treated") & (steps["index"] == index["id"])]
    shown = sum(value is not None for stage in index["stages"] for value in stage["after"])
    assert shown == len(steps)
    assert {effect["step"] for effect in index["effects"]} <= {
        "screen", "denominate", "impute", "treat", "normalise", "weights", "aggregate",
    }  # fmt: skip


def test_missing_tables_leave_their_parts_out(provinces, changeable, mismatches):
    tables = changeable(provinces)
    for name in (
        "history",
        "efficiency",
        "efficiency_targets",
        "malmquist",
        "sensitivity",
        "sensitivity_path",
    ):
        tables.tables.pop(name)
    tables.tables.pop("effects")
    found = payload(tables)
    assert mismatches(found, schema.Payload) == []
    index = found["indices"][0]
    assert (index["change"], index["sensitivity"], index["effects"], found["efficiencies"]) == (
        None,
        [],
        [],
        [],
    )


@pytest.mark.parametrize(
    "name", ["convergence", "inequality_groups", "spatial_test", "density", "transitions"]
)
def test_each_table_of_change_is_optional(provinces, name, changeable, mismatches):
    tables = changeable(provinces)
    tables.tables.pop(name)
    found = payload(tables)
    assert mismatches(found, schema.Payload) == []
    assert found["indices"][0]["change"]["rank"]
