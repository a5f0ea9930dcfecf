"""Normalisers that take bounds, targets and goalposts of each indicator's own, through a study folder."""

import csv

import numpy as np
import pandas as pd
import pytest

import innohub as ih
from innohub.errors import InnohubError, ScaleError, StudyError
from innohub.study import check_study

STUDY = """[study]
id = "own"
title = {{ zh = "各取其界", en = "Own bounds" }}
year = 2020
[index.x]
{rules}
[index.x.uncertainty]
draws = 100
"""


@pytest.fixture
def study(tmp_path):
    """A study of columns of values: lay it out, run it, return the run."""

    def write(values, indicators, rules, framework=None, year=2020):
        places = [f"p{row}" for row in range(len(next(iter(values.values()))))]
        framework = framework or "node,parent,indicator\nx,,\n" + "".join(f",x,{key}\n" for key in values)
        rows = [
            f"{place},{key},{year},{number},s"
            for key, column in values.items()
            for place, number in zip(places, column, strict=True)
        ]
        files = {
            "study.toml": STUDY.format(rules=rules),
            "places.csv": "place,name_en\n" + "".join(f"{place},{place}\n" for place in places),
            "indicators.csv": "indicator,unit,direction,low,high,target\n" + indicators,
            "framework.csv": framework,
            "sources.csv": "source,title\ns,S\n",
            "panel.csv": "place,indicator,year,value,source\n" + "\n".join(rows) + "\n",
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def normalised(folder):
    steps = ih.run(folder).table("steps").query("step == 'normalised'")
    return steps.pivot_table(index="place", columns="node", values="after")


def scores(folder, node="x"):
    return ih.run(folder).table("scores").query("node == @node")["score"].to_numpy(dtype=float)


@pytest.mark.reference
@pytest.mark.parametrize("year", ["2010", "2021"])
def test_the_human_development_index_as_published(study, root, year):
    with (root / "tests/reference/hdi/hdi.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == year]
    column = {
        key: np.array([float(row[key]) for row in rows]) for key in ("le", "eys", "mys", "gnipc", "hdi")
    }
    values = {key: column[key].tolist() for key in ("le", "eys", "mys")}
    values["income"] = np.log(column["gnipc"]).tolist()
    indicators = (
        "le,years,1,20,85,\neys,years,1,0,18,\nmys,years,1,0,15,\n"
        f"income,ln USD,1,{np.log(100)!r},{np.log(75000)!r},\n".replace("np.float64(", "").replace(")", "")
    )
    framework = (
        "node,parent,indicator\nx,,\nhealth,x,le\neducation,x,\nschool,education,eys\npast,education,mys\n"
        "standard,x,income\n"
    )
    rules = (
        'normalise = "goalposts(own, own)"\naggregate = "geometric"\n[index.x.nodes.education]\n'
        'aggregate = "arithmetic"'
    )
    folder = study(values, indicators, rules, framework)
    z = normalised(folder)
    np.testing.assert_allclose(z["health"], np.minimum((column["le"] - 20) / 65, 1)[_order(rows)], rtol=1e-12)
    assert scores(folder).round(3).tolist() == column["hdi"].tolist()


def _order(rows):
    """The order in which a pivoted table has the places."""
    return np.argsort([f"p{row}" for row in range(len(rows))])


def test_adjusted_mazziotta_pareto_of_the_handbook(study):
    values = {"a": [10, 20, 30, 40], "b": [200, 100, 300, 200]}
    rules = 'normalise = "goalposts(own, own, 60, false, 70)"\naggregate = "ampi"'
    folder = study(values, "a,u,1,0,50,\nb,u,1,0,400,\n", rules)
    np.testing.assert_allclose(scores(folder), [90.10989, 89.273743, 110.316742, 108.256881], atol=1e-6)


def test_adjusted_mazziotta_pareto_above_inner_nodes(study):
    """The scores of a node are on the scale of its children, so that one rule holds at every node."""
    values = {"a": [10, 20, 30, 40], "b": [200, 100, 300, 200], "c": [9, 3, 6, 5]}
    framework = "node,parent,indicator\nx,,\nm,x,\n,m,a\n,m,b\n,x,c\n"
    rules = 'normalise = "goalposts(own, own, 60, false, 70)"\naggregate = "ampi"'
    folder = study(values, "a,u,1,0,50,\nb,u,1,0,400,\nc,u,-1,0,10,\n", rules, framework)
    m = scores(folder, "m")
    np.testing.assert_allclose(m, [90.10989, 89.273743, 110.316742, 108.256881], atol=1e-6)
    pair = np.column_stack([m, 130 - 60 * np.array([0.9, 0.3, 0.6, 0.5])])
    mean, sd = pair.mean(axis=1), pair.std(axis=1)
    np.testing.assert_allclose(scores(folder), mean - sd * sd / mean, rtol=1e-9)


def test_ampi_takes_no_bounds_of_its_own(study):
    found = check_study(
        study({"a": [1, 2], "b": [2, 1]}, "a,u,1,0,5,\nb,u,1,0,5,\n", 'aggregate = "ampi(minus, own, own)"')
    )
    (error,) = [finding for finding in found if finding.level == "error"]
    assert error.code == "M103"
    assert "own" in error.text("reason", "en")


@pytest.mark.parametrize(
    ("cap", "expected"), [("false", [0, 1 / 3, 1 / 3, 4 / 3]), ("true", [0, 1 / 3, 1 / 3, 1])]
)
def test_distance_to_targets_of_the_handbook(study, cap, expected):
    values = {"a": [2, 4, 4, 10], "b": [-2, -4, -4, -10]}
    rules = f'normalise = "dist_target(own, {cap})"'
    z = normalised(study(values, "a,u,1,,,8\nb,u,-1,,,-8\n", rules))
    np.testing.assert_allclose(z, np.column_stack([expected, expected]), rtol=1e-12)


def test_own_bounds_are_in_the_unit_whatever_the_direction(study):
    values = {"up": [2, 4, 11], "down": [2, 4, 11]}
    about = "up,u,1,1,6,\ndown,u,-1,1,6,\n"
    scaled = normalised(study(values, about, 'normalise = "scaled(own, own)"'))
    posts = normalised(study(values, about, 'normalise = "goalposts(own, own, 100, false)"'))
    pd.testing.assert_frame_equal(scaled, posts)
    assert scaled["up"].tolist() == pytest.approx([20, 60, 200])
    assert scaled["down"].tolist() == pytest.approx([80, 40, -100])


def test_intervals_and_best_values_of_each_indicator(study):
    values = {"a": [1, 5, 9], "b": [10, 50, 90]}
    about = "a,u,1,4,6,5\nb,u,1,80,95,90\n"
    z = normalised(study(values, about, 'normalise = "interval(own, own)"'))
    np.testing.assert_allclose(z, [[0, 0], [1, 1 - 30 / 70], [0, 1]], atol=1e-12)
    z = normalised(study(values, about, 'normalise = "middle(own)"'))
    np.testing.assert_allclose(z, [[0, 0], [1, 0.5], [0, 1]], atol=1e-12)


def test_a_number_for_all_and_numbers_of_their_own_may_mix(study):
    values = {"a": [1, 5], "b": [10, 50]}
    z = normalised(study(values, "a,u,1,,5,\nb,u,1,,100,\n", 'normalise = "goalposts(0, own)"'))
    np.testing.assert_allclose(z, [[0.2, 0.1], [1, 0.5]])


def test_incomplete_targets_are_named_before_anything_is_computed(study):
    values = {"a": [1, 5], "b": [10, 50], "c": [3, 4]}
    folder = study(values, "a,u,1,,,8\nb,u,1,,,\nc,u,1,,,\n", 'normalise = "dist_target(own)"')
    with pytest.raises(StudyError) as problem:
        ih.run(folder)
    (finding,) = [finding for finding in problem.value.findings if finding.code == "M042"]
    assert (finding.file, finding.row, finding.column) == ("indicators.csv", 3, "target")
    assert "b, c" in finding.text("reason", "en")
    assert "b、c" in finding.text("reason", "zh")


@pytest.mark.parametrize(
    "rules",
    [
        '[index.x.alternatives.other]\nnormalise = "dist_target(own)"',
        '[index.x.design]\nnormalise = ["minmax(0, 1)", "dist_target(own)"]',
        '[index.x.uncertainty.vary]\nnormalise = ["dist_target(own)"]',
    ],
)
def test_every_place_that_asks_for_targets_is_checked(study, rules):
    found = check_study(study({"a": [1, 5], "b": [1, 2]}, "a,u,1,,,8\nb,u,1,,,\n", rules))
    assert "M042" in {finding.code for finding in found}


def test_own_bounds_work_in_alternatives_designs_and_draws(study):
    values = {"a": [1, 5, 3], "b": [10, 50, 20]}
    rules = (
        '[index.x.uncertainty.vary]\nnormalise = ["minmax(0, 1)", "goalposts(own, own)"]\n'
        '[index.x.alternatives.posts]\nnormalise = "goalposts(own, own)"\n'
        '[index.x.design]\nnormalise = ["minmax(0, 1)", "goalposts(own, own)"]'
    )
    run = ih.run(study(values, "a,u,1,0,10,\nb,u,1,0,100,\n", rules))
    other = run.table("alternatives").set_index("place")["score"]
    np.testing.assert_allclose(other.loc[["p0", "p1", "p2"]], [0.1, 0.5, 0.25], rtol=1e-12)
    assert run.table("alternatives")["method"].iloc[0].startswith("goalposts(own, own, 1,")
    assert set(run.table("design")["normalise"]) == {"minmax(0, 1)", "goalposts(own, own)"}


def test_bounds_do_not_fit_values_that_were_transformed(study):
    values = {"a": [1.0, 2, 3, 4, 5, 6], "b": [1.0, 2, 3, 4, 5, 600]}
    about = "a,u,1,0,10,\nb,u,1,0,1000,\n"
    normaliser = 'normalise = "goalposts(own, own)"'
    folder = study(values, about, f'treat = "skew_kurt(1, 1, 0, log_ct)"\n{normaliser}')
    with pytest.raises(ScaleError) as problem:
        ih.run(folder)
    (finding,) = problem.value.findings
    assert finding.code == "S171"
    assert finding.params["indicators"] == ("b",)
    # Winsorised values keep the unit.
    z = normalised(study(values, about, f'treat = "winsorise(0, 1)"\n{normaliser}'))
    assert z["b"].max() == pytest.approx(5 / 1000)


def test_a_changed_bound_is_computed_anew(study):
    values, rules = {"a": [1, 5], "b": [10, 50]}, 'normalise = "goalposts(own, own)"'
    first = scores(study(values, "a,u,1,0,10,\nb,u,1,0,100,\n", rules))
    other = scores(study(values, "a,u,1,0,20,\nb,u,1,0,100,\n", rules))
    assert first.tolist() == pytest.approx([0.1, 0.5])
    assert other.tolist() == pytest.approx([0.075, 0.375])


@pytest.mark.parametrize(("values", "z"), [([3, 3, 3], 0.3), ([0, 0, 0], 0.0)])
def test_constant_indicators_have_a_place_between_goalposts(study, values, z):
    folder = study(
        {"a": values, "b": [1, 2, 3]}, "a,u,1,0,10,\nb,u,1,0,10,\n", 'normalise = "goalposts(own, own)"'
    )
    assert normalised(folder)["a"].tolist() == pytest.approx([z] * 3)


def test_a_reference_place_is_found_by_its_name(study):
    values = {"a": [2, 4, 10], "b": [1, 2, 3]}
    about = "a,u,1,,,\nb,u,-1,,,\n"
    z = normalised(study(values, about, 'normalise = "dist_ref(p1)"'))
    np.testing.assert_allclose(z, [[0, 2], [1, 1], [4, 0]])
    with pytest.raises(InnohubError, match="p9"):
        ih.run(study(values, about, 'normalise = "dist_ref(p9)"'))
