"""The flagship table, levels of weights, and definitions that cannot be computed."""

import numpy as np
import pandas as pd
import pytest

from innohub.errors import ModelError, ScaleError
from innohub.index import build_model, build_tree, compute
from innohub.panel import Panel
from innohub.study.index_section import IndexSection

FRAMEWORK = pd.DataFrame(
    [
        ("all", "", np.nan, ""),
        ("x", "all", 2.0, ""),
        ("c", "all", 1.0, "c"),
        ("a", "x", 1.0, "a"),
        ("b", "x", 3.0, "b"),
    ],
    columns=["node", "parent", "weight", "indicator"],
)
VALUES = np.array([[0.0, 4.0, 2.0], [2.0, 1.0, 8.0], [5.0, 3.0, 5.0]])


def panel(values=VALUES):
    years, flags = np.full(3, 2020), np.full(values.shape, "", dtype=object)
    return Panel(2020, ("p", "q", "r"), years, ("a", "b", "c"), values, flags, np.ones(3), pd.DataFrame())


def model(**options):
    return build_model("test", IndexSection.model_validate(options), FRAMEWORK)


def test_effective_weights_are_products_down_the_tree():
    nominal = compute(model(weights="given"), panel())
    effective = dict(zip(nominal.model.tree.nodes, nominal.effective, strict=True))
    assert effective == pytest.approx({"all": 1, "x": 2 / 3, "c": 1 / 3, "a": 1 / 6, "b": 1 / 2})


def test_a_node_may_have_its_own_rules():
    own = {"x": {"weights": "given", "aggregate": "geometric"}}
    nominal = compute(model(weights="equal", normalise="minmax(1, 100)", nodes=own), panel())
    z = nominal.normalised[:, [nominal.model.tree.indicators.index(name) for name in ("a", "b", "c")]]
    x = np.exp(0.25 * np.log(z[:, 0]) + 0.75 * np.log(z[:, 1]))
    np.testing.assert_allclose(nominal.index_scores, (x + z[:, 2]) / 2)


def test_zeros_under_a_geometric_mean_name_the_indicators_and_the_way_out():
    with pytest.raises(ScaleError) as caught:
        compute(model(aggregate="geometric"), panel())
    text = caught.value.render("en")
    assert "S102" in text
    assert "p/a, q/b" in text
    assert "index.test.aggregate" in text
    assert "minmax(1, 100)" in text
    assert "p/a、q/b" in caught.value.render("zh")
    assert "几何加权平均" in caught.value.render("zh")


def test_no_indicator_left_below_a_node():
    flat = VALUES.copy()
    flat[:, :2] = 1.0
    with pytest.raises(ModelError, match="M110"):
        compute(model(), panel(flat))


def test_no_place_with_enough_data():
    gaps = np.array([[1.0, np.nan, 3.0], [2.0, 3.0, np.nan], [np.nan, 4.0, 5.0]])
    with pytest.raises(ScaleError, match="S101"):
        compute(model(missing={"min_share": 1.0}), panel(gaps))


def test_tree_is_ordered_whatever_the_order_of_rows():
    shuffled = build_tree(FRAMEWORK.iloc[[4, 2, 0, 3, 1]].reset_index(drop=True))
    assert shuffled.root == "all"
    position = {node: number for number, node in enumerate(shuffled.nodes)}
    assert all(parent < child for child, parent in enumerate(shuffled.parent))
    assert set(position) == set(FRAMEWORK["node"])


@pytest.mark.parametrize("seed", range(3))
def test_scores_do_not_depend_on_the_order_of_places(seed):
    order = np.random.default_rng(seed).permutation(3)
    plain = compute(model(weights="entropy"), panel()).index_scores
    np.testing.assert_allclose(
        compute(model(weights="entropy"), panel(VALUES[order])).index_scores, plain[order]
    )
