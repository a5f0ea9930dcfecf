"""What several years of an index say together."""

import numpy as np
import pandas as pd
import pytest

from innohub.index.dynamics.change import change_tables
from innohub.index.dynamics.scores import Scores, read_scores
from innohub.study.index_section import ChangeSection


def scored(values, years=None):
    """Scores by year and place."""
    matrix = np.array(values, dtype=float)
    calendar = tuple(years or range(2010, 2010 + len(matrix)))
    return Scores("x", calendar, tuple(f"p{n}" for n in range(matrix.shape[1])), matrix)


def read(values, years=None, *, labels=None, neighbours=None, **section):
    return change_tables(scored(values, years), ChangeSection.model_validate(section), labels, neighbours)


def codes(findings):
    return [finding.code for finding in findings]


def test_scores_are_laid_out_by_year_and_place():
    history = pd.DataFrame(
        {
            "node": ["root", "root", "leaf", "root", "root"],
            "place": ["b", "a", "a", "a", "b"],
            "year": [2011, 2010, 2010, 2011, 2012],
            "score": [1.0, 2.0, 9.0, np.nan, np.nan],
        }
    )
    scores = read_scores(history, "x", "root")
    assert (scores.years, scores.places) == ((2010, 2011), ("b", "a"))
    assert np.array_equal(scores.matrix, [[np.nan, 2], [1, np.nan]], equal_nan=True)


def test_nothing_for_a_single_year():
    assert read([[1.0, 2, 3]]) == ({}, ())


def test_halving_gaps_converge():
    logs = np.array([0.0, 1.0, 2.0, 3.0])
    tables, _ = read([np.exp(1 + 0.5**t * (logs - 1.5)).tolist() for t in range(5)])
    assert tables["inequality"]["cv"].is_monotonic_decreasing
    convergence = tables["convergence"].iloc[0]
    assert convergence["slope"] == pytest.approx((0.5**4 - 1) / 4)
    assert convergence["speed"] == pytest.approx(np.log(2))
    assert convergence["half_life"] == pytest.approx(1.0)
    assert convergence["reason"] == ""


def test_transitions_count_every_move():
    values = [[1.0, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 8, 7], [8, 2, 3, 4, 5, 6, 7, 1]]
    table = read(values)[0]["transitions"]
    assert table["count"].sum() == 16
    sums = table.groupby("from_class")["probability"].sum()
    assert sums.to_numpy() == pytest.approx(1.0)
    assert table["from_class"].max() == 4
    assert read(values, classes=2)[0]["transitions"]["from_class"].max() == 2


def test_classes_may_be_relative_to_the_mean_of_the_year():
    values = np.array([[1.0, 2, 3, 4]] * 3) * np.array([[1.0], [10], [100]])
    plain = read(values, classes=2)[0]["transitions"]
    relative = read(values, classes=2, relative=True)[0]["transitions"]
    assert plain.query("from_class != to_class")["count"].sum() > 0
    assert relative.query("from_class != to_class")["count"].sum() == 0
    assert relative["lower"].iloc[-1] == pytest.approx(1.0)


def test_relative_classes_need_means_above_zero():
    tables, found = read([[1.0, 2], [-3, 1], [1, 2]], relative=True)
    assert "transitions" not in tables
    assert codes(found) == ["S315"]


def test_a_longer_step_is_no_transition():
    values = [[1.0, 2, 3, 4], [2, 1, 3, 4], [4, 3, 2, 1], [4, 3, 2, 1]]
    tables, found = read(values, [2010, 2011, 2015, 2016], classes=2)
    assert tables["transitions"]["count"].sum() == 8
    assert tables["transitions"].query("from_class != to_class")["count"].sum() == 0
    assert codes(found)[0] == "S313"
    assert found[0].params["steps"] == ("2011–2015",)
    assert read(values, [2000, 2005, 2010, 2015], classes=2)[0]["transitions"]["count"].sum() == 12


def test_missing_scores_are_no_moves():
    values = [[1.0, 2, np.nan, 4], [1, 2, 3, 4], [1, 2, 3, np.nan]]
    assert read(values, classes=2)[0]["transitions"]["count"].sum() == 6


def test_a_zero_score_says_why_there_is_no_convergence():
    row = read([[0.0, 1, 2], [1.0, 2, 3]])[0]["convergence"].iloc[0]
    assert row["reason"] == "S184"
    assert np.isnan(row["slope"])


def test_the_density_of_every_year_integrates_to_one():
    rng = np.random.default_rng(3)
    values = rng.normal(50, [[5.0], [10.0]], (2, 40))
    table = read(values)[0]["density"]
    assert table.groupby("year").size().tolist() == [200, 200]
    for year, rows in table.groupby("year"):
        y = values[year - 2010]
        assert np.trapezoid(rows["density"], rows["score"]) == pytest.approx(1, abs=2e-3)
        spread = min(y.std(ddof=1), np.subtract(*np.quantile(y, [0.75, 0.25])) / 1.34)
        assert rows["width"].iloc[0] == pytest.approx(0.9 * spread * 40**-0.2)


def test_a_year_in_which_all_agree_has_no_density():
    tables, found = read([[1.0, 1, 1], [1, 2, 3]])
    assert tables["density"]["year"].unique().tolist() == [2011]
    assert codes(found) == ["S193"]
    assert found[0].params["years"] == ("2010",)
    tables, found = read([[1.0, 1, 1], [1, 1, 1]])
    assert "density" not in tables


AB = {"p0": "a", "p1": "a", "p2": "b", "p3": "b"}


def whole(table, measure):
    rows = table.query("measure == @measure and group == ''")
    return dict(zip(rows["component"], rows["value"], strict=True))


def test_worked_example_of_theil():
    table = read([[1.0, 2, 3, 6]], labels=AB)[0]["inequality_groups"]
    expected = {"total": 0.187445, "within": 0.056633, "between": 0.130812}
    assert whole(table, "theil_t") == pytest.approx(expected, abs=1e-6)
    expected = {"total": 0.202733, "within": 0.058892, "between": 0.143841}
    assert whole(table, "theil_l") == pytest.approx(expected, abs=1e-6)
    rows = table.query("measure == 'theil_t'").set_index(["group", "component"])
    adds = rows.loc[[("a", "inside"), ("b", "inside"), ("", "between")], "share"].sum()
    assert adds == pytest.approx(1)


def test_worked_example_of_dagum():
    labels = {f"p{n}": "ab"[n > 2] for n in range(6)}
    table = read([[1.0, 2, 5, 3, 4, 9]], labels=labels)[0]["inequality_groups"]
    expected = {"total": 0.347222, "within": 0.138889, "net_between": 0.166667, "overlap": 0.041667}
    assert whole(table, "dagum") == pytest.approx(expected, abs=1e-6)
    pair = table.query("measure == 'dagum' and other != ''").set_index("component")
    assert pair.loc["distance", "value"] == pytest.approx(0.8)
    assert np.isnan(pair.loc["distance", "share"])
    parts = table.query("measure == 'dagum' and component in ('inside', 'across')")
    assert parts["share"].sum() == pytest.approx(1)


def test_theil_by_hand_for_random_groups():
    rng = np.random.default_rng(4)
    values, labels = rng.lognormal(0, 1, (3, 30)), {f"p{n}": "abc"[n % 3] for n in range(30)}
    table = read(values, labels=labels)[0]["inequality_groups"]
    for row, y in enumerate(values):
        mean, rows = y.mean(), table[table["year"].eq(2010 + row)]
        parts = [y[k::3] for k in range(3)]
        t = np.mean(y / mean * np.log(y / mean))
        between = sum(len(p) / 30 * p.mean() / mean * np.log(p.mean() / mean) for p in parts)
        assert whole(rows, "theil_t") == pytest.approx(
            {"total": t, "within": t - between, "between": between}
        )
        gap = np.abs(y[:, None] - y[None, :]).mean() / (2 * mean)
        own = sum(np.abs(p[:, None] - p[None, :]).sum() for p in parts) / (2 * 900 * mean)
        seen = whole(rows, "dagum")
        assert (seen["total"], seen["within"]) == pytest.approx((gap, own))
        assert seen["net_between"] + seen["overlap"] == pytest.approx(gap - own)


def test_places_without_a_group_are_named_and_left_out():
    tables, found = read([[1.0, 2, 3, 6, 100]], labels={**AB, "p4": ""})
    assert whole(tables["inequality_groups"], "theil_t")["total"] == pytest.approx(0.187445, abs=1e-6)
    assert codes(found) == ["S310"]
    assert found[0].params["places"] == ("p4",)


@pytest.mark.parametrize("labels", [dict.fromkeys(AB, "a"), dict.fromkeys(AB, "")])
def test_fewer_than_two_groups_are_no_split(labels):
    tables, found = read([[1.0, 2, 3, 6]], labels=labels)
    assert tables == {}
    assert codes(found)[-1] == "S311"


def test_a_zero_leaves_theils_t_and_dagum():
    tables, found = read([[0.0, 2, 3, 6], [1, 2, 3, 6]], labels=AB)
    table = tables["inequality_groups"]
    assert table.query("measure == 'theil_l'")["year"].unique().tolist() == [2011]
    assert set(table.query("year == 2010")["measure"]) == {"theil_t", "dagum"}
    assert [(each.code, each.value, each.params["years"]) for each in found] == [
        ("S312", "theil_l", ("2010",))
    ]


def test_negative_scores_have_no_measure_and_do_not_crash():
    tables, found = read([[-1.0, 2, 3, 6], [-1, 2, 3, 6]], labels=AB)
    assert "inequality_groups" not in tables
    assert codes(found) == ["S312"] * 3


def test_equal_scores_have_no_inequality_and_no_shares():
    table = read([[2.0, 2, 2, 2]], labels=AB)[0]["inequality_groups"]
    assert table["value"].to_numpy() == pytest.approx(0, abs=1e-15)
    assert table["share"].isna().all()


def ring(count):
    """Each place beside the next."""
    weight = np.zeros((count, count))
    at = np.arange(count)
    weight[at, (at + 1) % count] = weight[at, at - 1] = 0.5
    return weight


def test_spatial_moves_are_counted_one_by_one():
    rng = np.random.default_rng(6)
    values = rng.random((4, 9)).cumsum(axis=0)
    tables, _ = read(values, neighbours=ring(9), classes=3)
    lag = (np.roll(values, 1, axis=1) + np.roll(values, -1, axis=1)) / 2
    own_limits, lag_limits = (np.quantile(part, [1 / 3, 2 / 3]) for part in (values, lag))
    counts = np.zeros((3, 3, 3), dtype=int)
    for year in range(3):
        for place in range(9):
            at = [
                int((value > limits).sum())
                for value, limits in (
                    (lag[year, place], lag_limits),
                    (values[year, place], own_limits),
                    (values[year + 1, place], own_limits),
                )
            ]
            counts[tuple(at)] += 1
    table = tables["spatial_transitions"]
    assert table["count"].tolist() == counts.ravel().tolist()
    plain = tables["transitions"].set_index(["from_class", "to_class"])["count"]
    assert table.groupby(["from_class", "to_class"])["count"].sum().equals(plain)
    assert tables["spatial_test"]["p"].between(0, 1).all()


def test_islands_are_named_and_left_out():
    weight = ring(6)
    weight[5] = weight[:, 5] = 0
    tables, found = read(np.random.default_rng(1).random((4, 6)), neighbours=weight, classes=2)
    assert tables["spatial_transitions"]["count"].sum() == 15
    assert found[0].code == "S191"
    assert found[0].params["places"] == ("p5",)


def test_a_spatial_chain_needs_three_years():
    tables, found = read([[1.0, 2, 3], [2, 1, 3]], neighbours=ring(3))
    assert "spatial_transitions" not in tables
    assert codes(found) == ["S314"]


def test_no_neighbours_at_all_is_no_chain():
    tables, found = read(np.random.default_rng(1).random((4, 3)), neighbours=np.zeros((3, 3)), classes=2)
    assert "spatial_test" not in tables
    assert codes(found) == ["S191", "S314"]
