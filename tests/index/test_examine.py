"""Look before weighting: correlations and their pairs, alpha, components, influence, and what is flagged."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.index import build_model, compute
from innohub.index.correlate import correlations, cronbach_alpha, principal_components
from innohub.index.examine import examine
from innohub.panel import Panel
from innohub.study.index_section import IndexSection

FRAMEWORK = pd.DataFrame(
    [
        ("all", "", np.nan, ""),
        ("x", "all", 1.0, ""),
        ("y", "all", 1.0, ""),
        ("a", "x", 1.0, "a"),
        ("b", "x", 1.0, "b"),
        ("c", "y", 1.0, "c"),
        ("d", "y", 1.0, "d"),
    ],
    columns=["node", "parent", "weight", "indicator"],
)
VALUES = np.array(
    [
        [1.0, 1.2, 5.0, 3.0],
        [2.0, 1.9, 4.0, 1.0],
        [3.0, 3.3, 4.5, 4.0],
        [4.0, 4.1, 2.0, 1.0],
        [5.0, 4.8, 3.0, 5.0],
        [6.0, 6.2, 1.0, 9.0],
    ]
)
GAPPED = arrays(float, (9, 4), elements=st.one_of(st.integers(-20, 20).map(float), st.just(np.nan)))


def nominal(values=VALUES, **options):
    places = tuple(f"p{row}" for row in range(len(values)))
    years = np.full(len(values), 2020)
    cells = pd.DataFrame(columns=["place", "indicator", "year", "value", "flag"])
    flags = np.full(values.shape, "", dtype=object)
    panel = Panel(2020, places, years, ("a", "b", "c", "d"), values, flags, np.ones(4), cells)
    return compute(build_model("test", IndexSection.model_validate(options), FRAMEWORK), panel)


@given(GAPPED)
def test_correlations_are_those_of_complete_pairs(x):
    r, pairs = correlations(x)
    for i in range(4):
        for j in range(4):
            both = ~np.isnan(x[:, [i, j]]).any(axis=1)
            assert pairs[i, j] == both.sum()
            u, v = x[both, i], x[both, j]
            if both.sum() < 4 or np.ptp(u) == 0 or np.ptp(v) == 0:
                assert np.isnan(r[i, j])
            else:
                assert r[i, j] == pytest.approx(np.corrcoef(u, v)[0, 1], abs=1e-12)


def test_large_offsets_do_not_spoil_correlations():
    r, _ = correlations(VALUES * 1e-6 + 1e4)
    np.testing.assert_allclose(r, np.corrcoef(VALUES.T), atol=1e-5)
    np.testing.assert_allclose(correlations(VALUES * 1e9)[0], np.corrcoef(VALUES.T), atol=1e-14)


def test_pairs_are_flagged_inside_and_across_parents():
    table = examine(nominal()).correlations.set_index(["first", "second"])
    assert table.loc[("a", "b"), "flag"] == "redundant"
    assert table.loc[("a", "b"), "same_parent"]
    assert table.loc[("a", "c"), "flag"] == "opposed"
    assert not table.loc[("a", "c"), "same_parent"]
    assert table.loc[("a", "d"), "flag"] == ""
    assert table.loc[("x", "y"), "level"] == "node"
    assert len(table) == 7
    np.testing.assert_allclose(table.loc[("a", "c"), "r"], np.corrcoef(VALUES.T)[0, 2])


def test_one_note_tells_of_all_flagged_pairs():
    (note,) = examine(nominal()).findings
    assert (note.code, note.level) == ("S151", "note")
    text = note.render("en")
    assert "a – b (0.99, n = 6)" in text
    assert "a – c (-0.8" in text
    assert "重复或相反" in note.render("zh")
    quiet = np.random.default_rng(5).normal(size=(200, 4))
    assert not examine(nominal(quiet)).findings


def test_gaps_leave_pairs_out_and_say_so():
    gaps = VALUES.copy()
    gaps[:3, 0] = np.nan
    gaps[0, 3] = np.nan
    found = examine(nominal(gaps, missing={"min_share": 0.5}))
    table = found.correlations.set_index(["first", "second"])
    assert table.loc[("a", "b"), "pairs"] == 3
    assert np.isnan(table.loc[("a", "b"), "r"])
    assert table.loc[("a", "b"), "flag"] == ""
    assert table.loc[("c", "d"), "pairs"] == 5
    assert found.reliability.set_index("node").loc["x", "rows"] == 3


@pytest.mark.reference
def test_alpha_by_its_other_definition():
    z = (VALUES - VALUES.min(axis=0)) / np.ptp(VALUES, axis=0)
    covariance = np.cov(z[:, :3].T)
    expected = 3 / 2 * (1 - np.trace(covariance) / covariance.sum())
    alpha, rows = cronbach_alpha(z[:, :3])
    assert (alpha, rows) == (pytest.approx(expected, abs=1e-12), 6)
    same = np.repeat(z[:, :1], 4, axis=1)
    assert cronbach_alpha(same)[0] == pytest.approx(1)


def test_alpha_where_it_is_not_defined():
    assert np.isnan(cronbach_alpha(VALUES[:, :1])[0])
    assert np.isnan(cronbach_alpha(VALUES[:2])[0])
    assert np.isnan(cronbach_alpha(np.column_stack([VALUES[:, 0], -VALUES[:, 0]]))[0])


def test_components_of_each_node():
    found = examine(nominal())
    of_x = found.components.query("node == 'x'")
    r = np.corrcoef(VALUES[:, :2].T)[0, 1]
    np.testing.assert_allclose(of_x["eigenvalue"], [1 + r, 1 - r])
    np.testing.assert_allclose(of_x["cumulative"], [(1 + r) / 2, 1])
    loadings = found.loadings.query("node == 'y'").pivot_table(
        index="child", columns="component", values="loading"
    )
    np.testing.assert_allclose((loadings**2).sum(axis=1), 1)
    assert set(found.components["node"]) == {"all", "x", "y"}


def test_loadings_are_correlations_with_components():
    z = (VALUES - VALUES.mean(axis=0)) / VALUES.std(axis=0)
    found = principal_components(VALUES)
    scores = z @ found.vectors
    both = np.corrcoef(np.column_stack([z, scores]).T)[:4, 4:]
    np.testing.assert_allclose(found.loadings, both, atol=1e-12)
    assert (found.vectors.sum(axis=0) >= 0).all()


def test_influence_stands_beside_effective_weights():
    result = nominal()
    table = examine(result).influence
    assert table["effective"].tolist() == [0.25] * 4
    assert table["influence"].sum() == pytest.approx(1)
    r = [np.corrcoef(column, result.index_scores)[0, 1] for column in result.normalised.T]
    np.testing.assert_allclose(table["r"], r)
    assert table["r"].iloc[2] < 0


def test_a_constant_indicator_is_left_out_of_components():
    flat = VALUES.copy()
    flat[:, 1] = 2
    found = examine(nominal(flat))
    assert set(found.components["node"]) == {"all", "y"}
    table = found.correlations.set_index(["first", "second"])
    assert np.isnan(table.loc[("a", "b"), "r"])
    assert np.isnan(found.influence.set_index("node").loc["b", "influence"])


def test_every_table_names_its_index():
    found = examine(nominal())
    for table in (found.correlations, found.reliability, found.components, found.loadings, found.influence):
        assert (table["index"] == "test").all()
