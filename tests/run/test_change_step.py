"""Change over the years through a study: groups, neighbours from a rule or a table, and what may be wrong with them."""

import json
from pathlib import Path

import numpy as np
import pytest

import innohub as ih
from innohub.errors import PanelError, StudyError

TOLD = json.loads((Path(__file__).parents[1] / "reference" / "markov_giddy.json").read_text(encoding="utf-8"))
PLACES = {
    "region": ["a", "a", "b", "b"],
    "kind": ["city", "city", "city", ""],
    "lat": [0, 0, 0, 0],
    "lon": [10, 11, 13, 17],
}
WORKED = {"v": {2020: [1, 2, 3, 6]}}
MOVING = {
    "v": {2017: [1, 2, 3, 4], 2018: [2, 1, 3, 4], 2019: [4, 3, 2, 1], 2020: [1, 4, 2, 3]},
}


def change(lines):
    return f"\n[index.i.change]\n{lines}\n"


def codes(run):
    return run.table("findings")["code"].tolist()


def errors(folder):
    with pytest.raises(StudyError) as problem:
        ih.run(folder)
    return [finding for finding in problem.value.findings if finding.level == "error"]


def test_inequality_is_split_by_a_column_of_the_places(write_study):
    run = ih.run(write_study(WORKED, change('groups = "region"'), places=PLACES))
    table = (
        run.table("inequality_groups").query("measure == 'theil_t' and group == ''").set_index("component")
    )
    assert table["value"].to_dict() == pytest.approx(
        {"total": 0.187445, "within": 0.056633, "between": 0.130812}, abs=1e-6
    )
    assert set(table["year"]) == {2020}
    assert run.table("places")["region"].tolist() == ["a", "a", "b", "b"]


@pytest.mark.reference
def test_another_program_agrees(write_study):
    """Chains, test and Theil of giddy and inequality, through a study and its table of neighbours."""
    values = {"v": dict(enumerate(TOLD["y"], 2011))}
    pairs = [
        f"p{place + 1},p{other + 1},{weight}"
        for place, row in enumerate(TOLD["neighbours"])
        for other, weight in enumerate(row)
        if other != place  # zeros too: some of these neighbours hold one way only
    ]
    files = {"neighbours.csv": "\n".join(["place,other,weight", *pairs])}
    more = change('groups = "region"\nneighbours = "table"')
    run = ih.run(write_study(values, more, places={"region": list(TOLD["groups"])}, files=files))
    square = TOLD["square"]
    table = run.table("spatial_transitions")
    assert table["count"].tolist() == np.ravel(square["conditional_counts"]).tolist()
    test = run.table("spatial_test").iloc[0]
    assert test["statistic"] == pytest.approx(square["chi2"], rel=1e-12)
    assert test["freedom"] == square["freedom"]
    assert test["p"] == pytest.approx(square["p_value"], rel=1e-10)
    plain = run.table("transitions")
    assert plain["count"].tolist() == np.ravel(TOLD["transitions"]).tolist()
    assert plain["steady"].unique() == pytest.approx(TOLD["steady"], rel=1e-9)
    split = (
        run.table("inequality_groups")
        .query("year == 2020 and group == ''")
        .set_index(["measure", "component"])
    )
    seen = split["value"]
    assert seen["theil_t"].to_dict() == pytest.approx(
        {"total": TOLD["theil"], "within": TOLD["within"], "between": TOLD["between"]}, rel=1e-12
    )
    assert seen["dagum", "total"] == pytest.approx(TOLD["gini"], rel=1e-12)


def test_a_place_without_a_label_is_named(write_study):
    run = ih.run(write_study(WORKED, change('groups = "kind"'), places=PLACES))
    assert "inequality_groups" not in run.table_names
    found = run.table("findings").set_index("code")
    assert "p4" in found.loc["S310", "en"]
    assert found.loc["S311", "column"] == "index.i.change.groups"


def test_a_place_in_one_whole_is_grouped_by_it(write_study):
    """Of wholes that share places only the parts are ranked here."""
    more = change('groups = "part_of"').replace("\n[index", "\n[index", 1)
    places = {"part_of": ["w1", "w1", "w2", "w2"], "kind": ["city"] * 4}
    folder = write_study(WORKED, more, places=places)
    path = folder / "places.csv"
    path.write_text(path.read_text(encoding="utf-8") + "w1,,area\nw2,,area\n", encoding="utf-8")
    run = ih.run(folder)
    assert set(run.table("inequality_groups")["group"]) == {"", "w1", "w2"}


def test_the_nearest_places_are_neighbours(write_study):
    run = ih.run(write_study(MOVING, change('neighbours = "nearest(1)"\nclasses = 2'), places=PLACES))
    table = run.table("spatial_transitions")
    # The nearest of the places at 10, 11, 13 and 17 degrees are those at 11, 10, 11 and 13.
    values = np.array(list(MOVING["v"].values()), dtype=float)
    lag = values[:, [1, 0, 1, 2]]
    own, near = values > np.median(values), lag > np.median(lag)
    for row in table.itertuples():
        here = (
            (near[:-1] == row.lag_class - 1)
            & (own[:-1] == row.from_class - 1)
            & (own[1:] == row.to_class - 1)
        )
        assert row.count == here.sum()
    assert table["count"].sum() == 12


def test_a_table_of_neighbours_holds_both_ways(write_study):
    more = change('neighbours = "table"\nclasses = 2')
    files = {"neighbours.csv": "place,other\np1,p2\np3,p1"}
    run = ih.run(write_study(MOVING, more, places=PLACES, files=files))
    values = np.array(list(MOVING["v"].values()), dtype=float)
    lag = np.column_stack([values[:, [1, 2]].mean(axis=1), values[:, 0], values[:, 0]])
    own, near = (values > np.median(values))[:, :3], lag > np.median(lag)
    for row in run.table("spatial_transitions").itertuples():
        here = (
            (near[:-1] == row.lag_class - 1)
            & (own[:-1] == row.from_class - 1)
            & (own[1:] == row.to_class - 1)
        )
        assert row.count == here.sum()
    found = run.table("findings").set_index("code")["en"]
    assert found["S191"].endswith("p4")


def test_a_place_without_coordinates_has_no_neighbours(write_study):
    places = {**PLACES, "lat": [0, 0, 0, ""], "lon": [10, 11, 13, ""]}
    run = ih.run(write_study(MOVING, change('neighbours = "nearest(2)"\nclasses = 2'), places=places))
    assert run.table("spatial_transitions")["count"].sum() == 9
    assert "S191" in codes(run)
    run = ih.run(write_study(MOVING, change('neighbours = "nearest(9)"\nclasses = 2'), places=places))
    assert "S317" in codes(run)


def test_too_few_years_are_said(write_study):
    run = ih.run(write_study(WORKED, change('neighbours = "nearest(1)"'), places=PLACES))
    assert "S314" in codes(run)
    assert "spatial_transitions" not in run.table_names


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        ('groups = "regoin"', "M236", "region"),
        ('neighbours = "nearest(0)"', "M237", "nearest(4)"),
        ('neighbours = "queen"', "M237", "table"),
        ('neighbours = "table"', "F004", "neighbours.csv"),
    ],
)
def test_choices_that_do_not_hold_are_refused_with_their_line(write_study, lines, code, said):
    folder = write_study(WORKED, change(lines), places=PLACES)
    [finding] = errors(folder)
    assert (finding.code, finding.file) == (code, "study.toml")
    if code != "F004":
        assert (folder / "study.toml").read_text(encoding="utf-8").splitlines()[finding.row - 1] == lines
    assert said in finding.render("en")
    assert said in finding.render("zh")


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ("p1,p2,1\np3,p3,1", "M238", 3),
        ("p1,p2,1\np2,p1,1\np1,p2,2", "M239", 4),
        ("p1,p2,-1", "M240", 2),
        ("p1,p9,1", "P001", 2),
        ("p1,p2,near", "R014", 2),
    ],
)
def test_rows_of_neighbours_that_do_not_hold(write_study, rows, code, row):
    files = {"neighbours.csv": f"place,other,weight\n{rows}"}
    folder = write_study(MOVING, change('neighbours = "table"'), places=PLACES, files=files)
    [finding] = errors(folder)
    assert (finding.code, finding.file, finding.row) == (code, "neighbours.csv", row)
    assert finding.render("en") != finding.render("zh")


def test_only_what_has_changed_is_read_again(write_study):
    told = []

    def run(section):
        told.clear()
        folder = write_study(MOVING, change(section), places=PLACES)
        return ih.run(folder, progress=lambda step, computed: told.append((step, computed)))

    run('groups = "region"')
    run('groups = "region"')
    assert told == [("index:i", False), ("change:i", False)]
    table = run('groups = "region"\nclasses = 2').table("transitions")
    assert told == [("index:i", False), ("change:i", True)]
    assert table["from_class"].max() == 2


def test_labels_are_part_of_what_an_index_depends_on(write_study):
    """Values filled by group follow the groups, in a study that has been run before."""
    values = {"v": {2020: [1, 2, None, 6]}, "other": {2020: [1, 2, 3, 4]}}
    section = '\nimpute = "group_mean(region)"\n'
    first = write_study(values, "", places=PLACES)
    path = first / "study.toml"
    path.write_text(path.read_text(encoding="utf-8") + section, encoding="utf-8")
    scores = ih.run(first).table("scores").set_index("place")["score"]
    assert scores["p3"] == 6
    places = first / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace("p3,b", "p3,a"), encoding="utf-8")
    scores = ih.run(first).table("scores").set_index("place")["score"]
    assert scores["p3"] == 1.5


def test_the_check_tells_what_a_run_would(write_study):
    folder = write_study(
        MOVING, change('groups = "kind"\nneighbours = "nearest(9)"\nclasses = 2'), places=PLACES
    )
    expected = {"S310", "S311", "S317"}
    assert expected <= {finding.code for finding in ih.check(folder)}
    assert expected <= set(codes(ih.run(folder)))


def test_an_unknown_grouping_of_imputation_offers_the_regions(write_study):
    values = {"v": {2020: [1, 2, None, 6]}, "other": {2020: [1, 2, 3, 4]}}
    folder = write_study(values, '\nimpute = "group_mean(regoin)"\n', places=PLACES)
    with pytest.raises(PanelError) as problem:
        ih.run(folder)
    assert "region" in problem.value.findings[0].render("en")


def test_a_study_of_equal_scores_does_not_break(write_study):
    values = {"v": {year: [2, 2, 2, 2] for year in (2018, 2019, 2020)}}
    more = change('groups = "region"\nneighbours = "nearest(1)"\nclasses = 2')
    run = ih.run(write_study(values, more, places=PLACES))
    assert "S193" in codes(run)
    assert "density" not in run.table_names
    assert run.table("inequality_groups")["value"].abs().max() < 1e-12
