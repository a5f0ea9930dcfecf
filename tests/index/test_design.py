"""A finite design is enumerated whole: the handbook's example B, through the study's own path."""

import numpy as np
import pandas as pd
import pytest

from innohub.errors import ModelError
from innohub.index import build_design, build_model, design_tables
from innohub.panel import build_panel
from innohub.study.index_section import IndexSection

B = np.array([[10.0, 1, 5], [20, 2, 4], [30, 3, 9], [22, 15, 2]])
PLACES, CODES = ["u1", "u2", "u3", "u4"], ["a", "b", "c"]


def make(**design):
    rows = [(p, c, 2020, B[i, j], "") for i, p in enumerate(PLACES) for j, c in enumerate(CODES)]
    values = pd.DataFrame(rows, columns=["place", "indicator", "year", "value", "flag"])
    indicators = pd.DataFrame({"indicator": CODES, "direction": [1, 1, -1]})
    panel = build_panel(values, indicators, PLACES, CODES, 2020)
    framework = pd.DataFrame(
        [("i", "", 1.0, ""), ("a", "i", 0.5, "a"), ("b", "i", 0.3, "b"), ("c", "i", 0.2, "c")],
        columns=["node", "parent", "weight", "indicator"],
    )
    section = IndexSection.model_validate({"normalise": "minmax(1, 100)", "design": design})
    nominal = pd.Series([4.0, 2, 3, 1], index=PLACES)
    return build_design(build_model("x", section, framework), section, panel, nominal, {})


@pytest.mark.reference
def test_handbook_example_with_the_tie_trap():
    design = make(
        normalise=["minmax(1, 100)", "rank"],
        weights=["equal", "given"],
        aggregate=["arithmetic", "geometric"],
    )
    ranks = dict(zip(design.places, design.ranks.T.tolist(), strict=True))
    assert ranks["u2"] == [2, 2, 3, 2, 3, 2, 3, 3]
    assert ranks["u3"] == [3, 3, 2, 3, 2, 2, 2, 2]
    table = (
        design_tables("x", design, [1])["sensitivity"].set_index(["output", "place", "factor"]).sort_index()
    )
    assert table.loc[("rank", "u2"), "first"].tolist() == pytest.approx([0.25, 0.25, 0.25])
    assert table.loc[("rank", "u2"), "total"].tolist() == pytest.approx([0.5, 0.5, 0.5])
    for kind, chosen, others in (("first", 0.6, 0.0667), ("total", 0.8, 0.2667)):
        found = table.loc[("rank", "u3"), kind].to_dict()
        expected = {"normalise": chosen, "weights": others, "aggregate": others}
        assert found == pytest.approx(expected, abs=1e-4)
    assert table.loc[("rank", "u1"), "first"].isna().all()
    assert table.loc[("boundary_1", ""), "variance"].eq(0).all()


def test_the_table_names_the_methods_of_each_run():
    design = make(normalise=["minmax(1, 100)", "rank"], weights=["equal", "given"])
    table = design_tables("x", design, [])["design"]
    assert table["run"].nunique() == 4
    assert set(table["normalise"]) == {"minmax(1, 100)", "rank"}
    assert table.columns.tolist() == ["index", "run", "place", "rank", "normalise", "weights"]


def test_combinations_that_fail_are_named_and_none_is_dropped():
    with pytest.raises(ModelError) as caught:
        make(normalise=["minmax(1, 100)", "zscore"], aggregate=["arithmetic", "geometric"])
    text = caught.value.render("en")
    assert "1 of the 4 combinations" in text
    assert "zscore · geometric" in text


def test_too_many_combinations():
    with pytest.raises(ModelError, match="S200"):
        make(normalise=[f"minmax(1, {top})" for top in range(2, 200)], weights=["equal", "given"] * 60)
