"""Coupling, obstacles and constraints through a study folder: worked examples, recomputations, gaps, bad input."""

import json
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import innohub as ih
from innohub.catalog import example_folder
from innohub.cli import main
from innohub.errors import ModelError, PanelError, PlaceError, ScaleError, StudyError
from innohub.run import check
from innohub.run.ecosystem_step import diagnose_ecosystem
from innohub.run.ground import lay_ground
from innohub.study import read_study

# The table of the handbook: scores of the subsystems, then C and D, classic and corrected.
WORKED = [
    ((0.5, 0.5), (1, 0.707107), (1, 0.707107)),
    ((0.3, 0.6), (0.942809, 0.651356), (0.591608, 0.515969)),
    ((0.1, 0.9), (0.6, 0.547723), (0.149071, 0.273012)),
    ((0.05, 0.06), (0.995859, 0.234035), (0.908295, 0.223509)),
    ((0.2, 0.4, 0.8), (0.857143, 0.632456), (0.460578, 0.463612)),
    ((0.2, 0.4, 0.6, 0.8), (0.885346, 0.665337), (0.550321, 0.524558)),
]
STUDY = """[study]
id = "made"
title = {{ zh = "研究", en = "A study" }}
year = {year}
years = {years}

[index.i]
normalise = "{normalise}"
{index}
uncertainty = {{ draws = 200{vary} }}

[ecosystem]
{ecosystem}
"""
SOUND = 'index = "i"\nscheme = "ccd-10"'


@pytest.fixture
def write(tmp_path: Path):
    """Return a writer: leaves by subsystem, values by place, year and leaf (None for a gap)."""

    def writer(
        tree: dict[str, list[str]],
        values: dict[str, dict[int, list[float | None]]],
        ecosystem: str = SOUND,
        *,
        normalise: str = "none",
        index: str = "",
        vary: str = "",
        weights: dict[str, float] | None = None,
        **files: str,
    ) -> Path:
        folder = tmp_path / "made"
        folder.mkdir(exist_ok=True)
        leaves = [leaf for own in tree.values() for leaf in own]
        years = sorted({year for by_year in values.values() for year in by_year})
        given = weights or {}
        nodes = [f"{name},i,{given.get(name, 1)}," for name in tree]
        nodes += [
            f"n_{leaf},{name},{given.get(leaf, 1)},{leaf}" for name, own in tree.items() for leaf in own
        ]
        rows = [
            f"{place},{leaf},{year},{'' if value is None else repr(float(value))}"
            for place, by_year in values.items()
            for year, row in by_year.items()
            for leaf, value in zip(leaves, row, strict=True)
        ]
        told = {
            "year": years[-1],
            "years": years,
            "normalise": normalise,
            "index": index,
            "ecosystem": ecosystem,
        }
        texts = {
            "study.toml": STUDY.format(**told, vary=f", vary = {vary}" if vary else ""),
            "places.csv": "\n".join(["place", *values]),
            "indicators.csv": "\n".join(
                ["indicator,name_en,unit,direction", *(f"{leaf},{leaf},count,1" for leaf in leaves)]
            ),
            "framework.csv": "\n".join(["node,parent,weight,indicator", "i,,,", *nodes]),
            "panel.csv": "\n".join(["place,indicator,year,value", *rows]),
            "sources.csv": "source,title\ns,A source",
            **{f"{name}.csv": text for name, text in files.items()},
        }
        for name, text in texts.items():
            (folder / name).write_text(text + "\n", encoding="utf-8")
        return folder

    return writer


def plain(scores):
    """Return a tree of subsystems of one indicator each, and one place with these scores."""
    names = [f"s{number}" for number in range(len(scores))]
    return {name: [f"x{name}"] for name in names}, {
        "a": {2020: list(scores)},
        "b": {2020: [0.5] * len(scores)},
    }


def whole(run, variant="classic", place="a"):
    """Return the row of all subsystems together."""
    table = run.table("coupling")
    rows = table[table["variant"].eq(variant) & table["first"].eq("") & table["place"].eq(place)]
    return rows.iloc[-1]


def codes(run):
    return run.table("findings")["code"].tolist()


def random_values(rng, places, years, leaves, gaps=0.0):
    drawn = rng.uniform(0.05, 1, (places, years, leaves))
    drawn[rng.random(drawn.shape) < gaps] = np.nan
    return {
        f"p{place}": {
            2018 + year: [None if np.isnan(x) else float(x) for x in drawn[place, year]]
            for year in range(years)
        }
        for place in range(places)
    }


@pytest.mark.parametrize(("scores", "classic", "corrected"), WORKED)
def test_worked_examples_of_coupling(write, scores, classic, corrected):
    run = ih.run(write(*plain(scores)))
    for variant, (c, d) in (("classic", classic), ("corrected", corrected)):
        row = whole(run, variant)
        assert row["coupling"] == pytest.approx(c, abs=1e-5)
        assert row["level"] == pytest.approx(np.mean(scores), abs=1e-9)
        assert row["coordination"] == pytest.approx(d, abs=1e-5)
        assert row["main"] == (variant == "classic")


def test_worked_example_of_obstacles(write):
    tree = {"A": ["a1", "a2"], "B": ["b1", "b2", "b3"]}
    weights = {"A": 0.4, "B": 0.6, "b1": 0.3, "b2": 0.3, "b3": 0.4}
    values = {"a": {2020: [0.2, 0.9, 0.5, 1.0, 0.1]}, "b": {2020: [0.5] * 5}}
    run = ih.run(
        write(tree, values, SOUND + "\nweights = [0.4, 0.6]", weights=weights, index='weights = "given"')
    )
    rows = run.table("obstacles").query("place == 'a'")
    assert rows["degree"].tolist() == pytest.approx([0.3292, 0.0412, 0.1852, 0, 0.4444], abs=5e-5)
    groups = run.table("obstacle_groups").query("place == 'a'")
    assert groups["degree"].tolist() == pytest.approx([0.3704, 0.6296], abs=5e-5)
    assert whole(run)["level"] == pytest.approx(0.514)


@pytest.mark.parametrize(
    ("scheme", "closed", "at", "above"),
    [
        ("ccd-10", "", "bare", "primary"),
        ("ccd-4", "", "coordinated", "coordinated"),
        ("ccd-5", "left", "resisting", "resisting"),
        ("ccd-5", "right", "very-low", "resisting"),
    ],
)
def test_class_limits_from_both_sides(write, scheme, closed, at, above):
    # Equal scores have C = 1 and D = sqrt(U): D stands exactly on 0.6, and a little above it.
    values = {"a": {2020: [0.36, 0.36]}, "b": {2020: [0.3601, 0.3601]}, "c": {2020: [0.3599, 0.3599]}}
    ecosystem = f'index = "i"\nscheme = "{scheme}"\nclosed = "{closed}"'
    run = ih.run(write({"s": ["x"], "t": ["y"]}, values, ecosystem))
    assert whole(run)["coordination"] == pytest.approx(0.6, abs=1e-12)
    found = [whole(run, place=place)["class"] for place in "abc"]
    assert found[:2] == [at, above]
    assert found[2] == {"ccd-10": "bare", "ccd-4": "bare", "ccd-5": "very-low"}[scheme]
    assert whole(run)["class_probability"] == 1


def test_order_of_subsystems_changes_nothing(write):
    rng = np.random.default_rng(3)
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"], "u": ["z1", "z2"]}
    values = random_values(rng, 6, 3, 6)
    ways = [(["s", "t", "u"], [0.5, 0.3, 0.2]), (["u", "s", "t"], [0.2, 0.5, 0.3])]
    tables = []
    for nodes, weights in ways:
        more = f"{SOUND}\nsubsystems = {nodes}\nweights = {weights}".replace("'", '"')
        run = ih.run(write(tree, values, more, normalise="minmax(0.1, 1)"))
        tables.append(run.table("coupling"))
    left, right = (table[table["first"].eq("")].reset_index(drop=True) for table in tables)
    numbers = left.select_dtypes("number").columns
    np.testing.assert_allclose(left[numbers], right[numbers], atol=1e-12)
    assert left["class"].tolist() == right["class"].tolist()


@pytest.mark.parametrize(
    ("method", "gaps"),
    [
        (method, gaps)
        for method in ("arithmetic", "geometric", "harmonic", "power(2)", "topsis(minmax)")
        for gaps in (0.0, 0.1)
        # topsis takes no gaps.
        if not (gaps and "topsis" in method)
    ],
)
def test_draws_at_the_nominal_weights_give_the_nominal_scores(write, method, gaps):
    tree = {"s": ["x1", "x2", "x3"], "t": ["y1", "y2", "y3"]}
    values = random_values(np.random.default_rng(5), 8, 3, 6, gaps)
    folder = write(
        tree,
        values,
        normalise="minmax(1, 100)",
        index=f'aggregate = "{method}"',
        vary='{ weights = "fixed" }',
    )
    run = ih.run(folder)
    table = run.table("subsystems")
    np.testing.assert_allclose(table["score_low"], table["score"], rtol=1e-12)
    np.testing.assert_allclose(table["score_high"], table["score"], rtol=1e-12)
    known = run.table("coupling").dropna(subset="coordination")
    np.testing.assert_allclose(known["coordination_low"], known["coordination"], rtol=1e-10)
    assert "S382" in codes(run)


def test_draws_are_the_index_draws_within_each_subsystem(write):
    tree = {"s": ["x1", "x2", "x3"], "t": ["y1", "y2"]}
    values = random_values(np.random.default_rng(8), 5, 2, 5, 0.15)
    folder = write(tree, values, index="missing = { min_share = 0.3 }", vary='{ weights = "nested(2)" }')
    run = ih.run(folder)
    study = read_study(folder)
    index = lay_ground(study).build("i", study.settings.index["i"])
    weights = index.draws.weights
    x = index.history.normalised
    every = run.table("subsystems")
    for own, name in (([0, 1, 2], "s"), ([3, 4], "t")):
        table = every[every["subsystem"].eq(name)].set_index(["place", "year"])
        for row, key in enumerate(
            zip(index.history.panel.places, index.history.panel.years.tolist(), strict=True)
        ):
            known = [leaf for leaf in own if not np.isnan(x[row, leaf])]
            if np.isnan(table.loc[key, "score"]):
                continue
            drawn = [sum(w[k] * x[row, k] for k in known) / sum(w[k] for k in known) for w in weights]
            ends = np.quantile(drawn, [0.05, 0.95])
            assert table.loc[key, ["score_low", "score_high"]].tolist() == pytest.approx(
                ends.tolist(), abs=1e-12
            )


@pytest.mark.parametrize("normalise", ["minmax(0, 100)", "goalposts(0.05, 1, 100)", "goalposts(0.05, 1)"])
def test_scores_are_divided_by_their_known_scale(write, normalise):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"]}
    values = {
        "a": {2020: [0.05, 1, 0.3, 0.05]},
        "b": {2020: [1, 0.05, 1, 1]},
        "c": {2020: [0.4, 0.6, 0.05, 0.2]},
    }
    run = ih.run(write(tree, values, normalise=normalise))
    expected = [(np.array(row[2020]) - 0.05) / 0.95 for row in values.values()]
    scores = run.table("subsystems")["score"].to_numpy().reshape(3, 2)
    np.testing.assert_allclose(scores, [[row[:2].mean(), row[2:].mean()] for row in expected], atol=1e-12)


def test_obstacles_sum_to_one_and_trends_follow_them(write):
    tree = {"s": ["x1", "x2", "x3"], "t": ["y1", "y2", "y3"]}
    values = random_values(np.random.default_rng(2), 4, 4, 6, 0.05)
    run = ih.run(write(tree, values, normalise="minmax(0, 1)"))
    sums = run.table("obstacles").groupby(["place", "year"])["degree"].sum()
    np.testing.assert_allclose(sums, 1, atol=1e-12)
    sums = run.table("obstacle_groups").groupby(["place", "year"])["degree"].sum()
    np.testing.assert_allclose(sums, 1, atol=1e-12)
    trends = run.table("obstacle_trends")
    assert set(trends["kind"]) == {"indicator", "subsystem"}
    one = run.table("obstacles").query("place == 'p1' and indicator == 'x1' and known >= 0.8")
    row = trends.query("place == 'p1' and name == 'x1'").iloc[0]
    assert row["mean"] == pytest.approx(one["degree"].mean())
    assert row["trend"] == pytest.approx(np.polyfit(one["year"], one["degree"], 1)[0])


def test_changes_drivers_and_inequality(write):
    tree = {"s": ["x"], "t": ["y"]}
    values = {"a": {2019: [0.25, 0.25], 2020: [0.25, 1.0]}, "b": {2019: [0.5, 0.5], 2020: [0.5, 0.5]}}
    run = ih.run(write(tree, values))
    change = run.table("coupling_changes").query("place == 'a' and whole").iloc[0]
    assert change["coordination_change"] == pytest.approx(np.sqrt(0.8 * 0.625) - 0.5)
    assert (change["from_class"], change["to_class"], change["move"]) == (
        "near-imbalance",
        "intermediate",
        "up",
    )
    drivers = run.table("drivers").query("place == 'a'").set_index("subsystem")["contribution"]
    assert drivers.sum() == pytest.approx(change["coordination_change"])
    assert drivers["s"] == 0
    spread = run.table("coupling_inequality").query("year == 2019 and variant == 'classic'").iloc[0]
    d = np.array([0.5, np.sqrt(0.5)])
    assert spread["mean"] == pytest.approx(d.mean())
    assert spread["gini"] == pytest.approx(abs(d[0] - d[1]) / (2 * 2 * d.mean()))


def test_an_indicator_left_out_of_draws_may_leave_a_subsystem_undefined(write):
    tree = {"s": ["x1"], "t": ["y1", "y2"]}
    values = random_values(np.random.default_rng(4), 4, 1, 3)
    run = ih.run(write(tree, values, vary='{ weights = "fixed", leave_out = true }'))
    share = run.table("coupling").query("variant == 'classic'")["defined"].unique()
    assert len(share) == 1
    assert 0.5 < share[0] < 0.8


def test_what_the_draws_do_not_carry_is_told(write):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"]}
    values = random_values(np.random.default_rng(4), 4, 1, 4)
    vary = '{ normalise = ["minmax(0, 1)", "rank"], noise = 0.1 }'
    run = ih.run(write(tree, values, vary=vary, normalise="minmax(0, 1)"))
    said = run.table("findings").query("code == 'S381'").iloc[0]
    assert "normalising methods" in said["en"]
    assert "errors in the data" in said["en"]
    assert "标准化方法" in said["zh"]


def test_squeezing_is_told_and_keeps_the_scores(write):
    values = {"a": {2020: [0.0, 0.5]}, "b": {2020: [1.0, 1.0]}}
    tree = {"s": ["x"], "t": ["y"]}
    bare = ih.run(write(tree, values))
    assert whole(bare)["coordination"] == 0
    assert "S335" in codes(bare)
    run = ih.run(write(tree, values, SOUND + "\nsqueeze = [0.01, 0.99]"))
    row = whole(run)
    assert row["squeezed"] == "0.01–0.99"
    u = np.array([0.01, 0.5])
    assert row["coordination"] == pytest.approx(np.sqrt(np.sqrt(u.prod())))
    assert run.table("subsystems")["score"].iloc[0] == 0
    assert "S338" in codes(run)


def test_weights_count_in_the_level_alone(write):
    tree, values = plain((0.2, 0.8))
    even, uneven = (ih.run(write(tree, values, SOUND + more)) for more in ("", "\nweights = [3, 1]"))
    assert whole(even)["coupling"] == whole(uneven)["coupling"]
    assert whole(uneven)["level"] == pytest.approx(0.35)


def test_lags_are_told_by_name(write):
    framework = "node,parent,name_zh,name_en,weight,indicator\ni,,,,,\ns,i,主体,Subjects,1,\nt,i,环境,Environment,1,\n"
    framework += "nx,s,,,1,x\nny,t,,,1,y"
    values = {"a": {2020: [0.3, 0.6]}, "b": {2020: [0.5, 0.6]}}
    run = ih.run(write({"s": ["x"], "t": ["y"]}, values, framework=framework))
    table = run.table("lags").set_index("place")
    assert table.loc["a", ["lag", "lag_zh", "lag_en"]].tolist() == ["lagging", "主体滞后", "Subjects lags"]
    assert table.loc["b", "lag"] == "synchronous"
    assert run.table("subsystems")["name_en"].tolist()[:2] == ["Subjects", "Environment"]


def test_a_year_without_a_subsystem_and_one_place_only(write):
    tree = {"s": ["x"], "t": ["y"], "u": ["z"]}
    values = {"a": {2018: [0.2, None, 0.4], 2019: [0.3, 0.4, 0.5], 2020: [0.4, 0.5, 0.6]}}
    values["b"] = {year: [None if x is None else x / 2 for x in row] for year, row in values["a"].items()}
    run = ih.run(write(tree, values))
    assert "S332" in codes(run)
    table = run.table("coupling").query("place == 'a' and variant == 'classic' and year == 2018")
    table = table.set_index(["first", "second"])
    assert np.isnan(table.loc[("", ""), "coordination"])
    assert table.loc[("", ""), "class"] == ""
    assert table.loc[("s", "u"), "coordination"] > 0
    assert run.table("coupling_changes").query("first == '' and whole")["start"].tolist() == [2019, 2019]
    # An index ranks, so it needs two places; the coupling of one of them asks no more.
    with pytest.raises(PanelError) as told:
        ih.run(write(tree, {"a": values["a"]}))
    assert told.value.findings[0].code == "P102"


CONSTRAINTS = """indicator,group,name_zh,name_en,levers
x1,community,,,
x2,platforms,,,
y1,chains,,,
y2,own,自定,Our own,talent-base; joint-work"""


def test_constraints_with_evidence_confidence_and_levers(write):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"]}
    values = random_values(np.random.default_rng(6), 6, 2, 4)
    values["p0"][2019] = [0.9, 0.8, 0.7, 0.1]
    more = SOUND + '\nplaces = ["p0"]\npeers = ["p1", "p2", "p3"]\n[ecosystem.constraints]\n'
    folder = write(tree, values, more, constraints=CONSTRAINTS)
    run = ih.run(folder)
    table = run.table("constraints").set_index("group")
    gaps = 1 - np.array(values["p0"][2019])
    assert table.loc["own", "severity"] == pytest.approx(gaps[3] / gaps.sum() / 0.25)
    assert table.loc["own", ["rank", "verdict"]].tolist() == [1, "binds"]
    assert table.loc["own", ["name_zh", "name_en"]].tolist() == ["自定", "Our own"]
    assert 0.9 < table.loc["own", "confidence"] <= 1
    assert table.loc["environment", "verdict"] == "cannot judge"
    median = np.median([values[place][2019][3] for place in ("p1", "p2", "p3")])
    assert table.loc["own", "peer_median"] == pytest.approx(median)
    evidence = run.table("constraint_evidence").set_index("indicator").loc["y2"]
    line = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()[int(evidence["row"]) - 1]
    assert line == "p0,y2,2019,0.1"
    assert (evidence["value"], evidence["unit"], evidence["file"]) == (0.1, "count", "panel.csv")
    levers = run.table("constraint_levers").query("group == 'own'")
    assert levers["lever"].tolist() == ["talent-base", "joint-work"]
    assert levers["zh"].str.len().min() > 4
    assert run.table("ecosystem_places")["place"].tolist() == ["p0"]


@pytest.mark.parametrize(
    ("more", "code", "row"),
    [
        ("", "S370", 12),
        ('scheme = "ccd-10"', "S370", 13),
        ('index = "j"\nscheme = "ccd-10"', "M262", 13),
        (SOUND + '\nsubsystems = ["s", "nope"]', "M262", 15),
        (SOUND + '\nsubsystems = ["s"]', "S334", 15),
        (SOUND + '\nsubsystems = ["s", "n_x1"]', "S377", 15),
        (SOUND + "\nweights = [1, 1, 1]", "S376", 15),
        (SOUND + "\nweights = [0, 0]", "S376", 15),
        (SOUND + "\nweights = [-1, 2]", "M012", 15),
        (SOUND + "\ncoupling_weights = [1, 2]", "M002", 15),
        ('index = "i"', "S373", 12),
        ('index = "i"\nscheme = "ccd-11"', "N166", 14),
        ('index = "i"\nscheme = "c-4"', "S374", 14),
        (SOUND + '\ncoupling_scheme = "ccd-4"', "S374", 15),
        ('index = "i"\nscheme = "ccd-5"', "S375", 14),
        (SOUND + '\nvariant = "clasic"', "M102", 15),
        (SOUND + '\nbeside = ["liao"]', "M103", 15),
        (SOUND + "\nsqueeze = [0.9, 0.1]", "N179", 15),
        (SOUND + '\nplaces = ["nowhere"]', "P001", 15),
        (SOUND + '\npeers = ["nobody"]', "M263", 15),
        (SOUND + "\nbar = -0.1", "M012", 15),
        (SOUND + "\n[ecosystem.constraints]", "F004", None),
    ],
)
def test_wrong_keys_are_named_with_their_line(write, more, code, row):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"]}
    folder = write(tree, random_values(np.random.default_rng(1), 3, 1, 4), more)
    with pytest.raises(StudyError) as told:
        read_study(folder)
    found = [finding for finding in told.value.findings if finding.code == code]
    assert len(found) == 1, [finding.code for finding in told.value.findings]
    assert row is None or found[0].row == row
    for language in ("zh", "en"):
        assert all(found[0].text(part, language) for part in ("title", "hint"))


@pytest.mark.parametrize(
    ("table", "code", "row"),
    [
        ("indicator,group\nx1,communiti", "N321", 2),
        ("indicator,group\nx1,community\nx1,chains", "N323", 3),
        ("indicator,group\nzz,community", "P002", 2),
        ("indicator,group\nw,community", "N320", 2),
        ("indicator,group,name_en,levers\nx1,mine,Mine,talent-bas", "N322", 2),
        ("indicator,group\n,community", "N324", None),
        ("indicator\nx1", "R011", None),
        ("indicator,group\nx1,", "P020", 2),
    ],
)
def test_a_wrong_table_of_constraints_is_named_with_its_row(write, table, code, row):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"]}
    folder = write(
        tree,
        random_values(np.random.default_rng(1), 3, 1, 4),
        SOUND + "\n[ecosystem.constraints]",
        constraints=table,
        indicators="indicator,name_en,unit,direction\n"
        + "\n".join(f"{x},{x},count,1" for x in ("x1", "x2", "y1", "y2", "w")),
    )
    with pytest.raises(StudyError) as told:
        read_study(folder)
    found = [finding for finding in told.value.findings if finding.code == code]
    assert len(found) == 1, [finding.code for finding in told.value.findings]
    assert row is None or found[0].row == row
    assert found[0].file == "constraints.csv"


@pytest.mark.parametrize(
    ("normalise", "index", "code"),
    [
        ("zscore", "", "S371"),
        ("rank", "", "S371"),
        ("zscore(100, 10)", 'aggregate = "mpi"', "S372"),
        ("none", "", "S330"),
    ],
)
def test_a_scale_that_cannot_carry_coupling_is_refused_before_the_run(write, normalise, index, code):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"]}
    values = random_values(np.random.default_rng(1), 4, 1, 4)
    if code == "S330":
        values["p0"][2018] = [-1, -1, 0.5, 0.5]
    folder = write(tree, values, normalise=normalise, index=index)
    found = [finding for finding in check(folder) if finding.level == "error"]
    assert [finding.code for finding in found] == [code]
    for language in ("zh", "en"):
        assert "{" not in found[0].text("title", language) + found[0].text("reason", language)
    with pytest.raises((ModelError, ScaleError)):
        ih.run(folder)


def test_a_subsystem_without_indicators_is_refused(write):
    tree, values = plain((0.2, 0.4))
    framework = "node,parent,weight,indicator\ni,,,\ns0,i,1,\ns1,i,1,\nempty,i,1,\nn0,s0,1,xs0\nn1,s1,1,xs1"
    with pytest.raises(StudyError) as told:
        read_study(write(tree, values, framework=framework))
    assert any("empty" in finding.text("title", "en") for finding in told.value.findings)


def test_a_value_of_a_draw_on_an_open_limit_needs_no_more_once_closed_is_given(write):
    values = {"a": {2020: [0.0, 0.0]}, "b": {2020: [0.36, 0.36]}, "c": {2020: [1, 1]}}
    more = 'index = "i"\nscheme = "ccd-5"\nclosed = "right"'
    run = ih.run(write({"s": ["x"], "t": ["y"]}, values, more))
    assert "S336" in codes(run)
    assert whole(run, place="a")["class"] == ""
    assert np.isnan(whole(run, place="a")["class_probability"])


def test_a_second_run_reads_the_diagnosis_back_and_a_new_bar_computes_it_anew(write):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"]}
    values = random_values(np.random.default_rng(9), 4, 2, 4)
    folder = write(tree, values)
    seen: list[tuple[str, bool]] = []
    ih.run(folder, progress=lambda step, computed: seen.append((step, computed)))
    ih.run(folder, progress=lambda step, computed: seen.append((step, computed)))
    assert [computed for step, computed in seen if step == "ecosystem"] == [True, False]
    text = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(text + "\nbar = 0.9\n", encoding="utf-8")
    again = ih.run(folder, progress=lambda step, computed: seen.append((step, computed)))
    assert seen[-1] == ("ecosystem", True)
    assert set(again.table("lags")["lag"]) == {"synchronous"}


def test_many_places_are_computed_in_parts_with_the_same_result(write, monkeypatch):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"], "u": ["z1", "z2"]}
    folder = write(tree, random_values(np.random.default_rng(9), 5, 3, 6))
    first = ih.run(folder)
    monkeypatch.setattr("innohub.run.ecosystem.laid.MOST", 1)
    second = ih.run(folder, fresh=True)
    for name in ("subsystems", "coupling", "lags", "coupling_inequality", "drivers"):
        left, right = first.table(name), second.table(name)
        keys = [key for key in ("place", "year", "first", "second", "variant", "subsystem") if key in left]
        pd.testing.assert_frame_equal(
            left.sort_values(keys, ignore_index=True), right.sort_values(keys, ignore_index=True), rtol=1e-12
        )


def test_the_shipped_study_against_a_recomputation_from_its_panel(tmp_path):
    """Normalised values, subsystems, C, T, D and obstacles of one province and year, in plain numpy."""
    folder = example_folder("china-provinces")
    study = read_study(folder)
    section = study.settings.index["ecosystem"].model_copy(
        update={
            "uncertainty": study.settings.index["ecosystem"].uncertainty.model_copy(update={"draws": 200})
        }
    )
    ground = lay_ground(study)
    tables, _ = diagnose_ecosystem(ground, ground.build("ecosystem", section))
    panel, framework = pd.read_csv(folder / "panel.csv"), pd.read_csv(folder / "ecosystem.csv")
    years = [*study.settings.study.years]
    places = set(tables["coupling"]["place"])
    z = {}
    for code in framework["indicator"].dropna():
        wide = panel[panel["indicator"].eq(code) & panel["year"].isin(years) & panel["place"].isin(places)]
        x = wide.set_index(["place", "year"])["value"]
        n, apart = len(x), x - x.mean()
        m2, m3, m4 = ((apart**power).mean() for power in (2, 3, 4))
        skew = m3 / m2**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
        excess = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / m2**2 - 3) + 6)
        if abs(skew) > 2 and excess > 3.5:
            x = np.log(x - x.min() + 0.01 * (x.max() - x.min()))
        z[code] = (x - x.min()) / (x.max() - x.min())
    key, names = ("CN-AH", 2022), ["subjects", "resources", "capability", "environment"]
    below = {name: framework.loc[framework["parent"].eq(name), "indicator"].tolist() for name in names}
    u = np.array([np.mean([z[code].get(key) for code in below[name]]) for name in names])
    mine = tables["subsystems"].query("place == 'CN-AH' and year == 2022")
    np.testing.assert_allclose(mine["score"], u, atol=1e-9)
    classic = 4 * u.prod() ** 0.25 / u.sum()
    spread = np.mean([abs(a - b) for a, b in combinations(u, 2)])
    corrected = np.sqrt((1 - spread) * (u / u.max()).prod() ** (1 / 3))
    mine = tables["coupling"].query("place == 'CN-AH' and year == 2022 and first == ''").set_index("variant")
    for variant, c in (("classic", classic), ("corrected", corrected)):
        row = mine.loc[variant]
        assert row["coupling"] == pytest.approx(c, abs=1e-9)
        assert row["coordination"] == pytest.approx(np.sqrt(c * u.mean()), abs=1e-9)
    gaps = {code: 0.25 / len(own) * (1 - z[code][key]) for own in below.values() for code in own}
    found = tables["obstacles"].query("place == 'CN-AH' and year == 2022").set_index("indicator")["degree"]
    for code, gap in gaps.items():
        assert found[code] == pytest.approx(gap / sum(gaps.values()), abs=1e-9)
    assert tables["constraints"]["severity"].notna().all()


def test_trace_of_coupling_walks_down_to_the_row(write):
    tree = {"s": ["x1", "x2"], "t": ["y1"]}
    values = {"a": {2020: [10, 30, 60]}, "b": {2020: [0, 100, 0]}, "c": {2020: [100, 0, 100]}}
    folder = write(tree, values, SOUND + "\nweights = [3, 1]", normalise="minmax(0, 100)")
    run = ih.run(folder)
    top = run.trace("a", "coupling")
    row = whole(run)
    assert (top.kind, top.value) == ("coordination", row["coordination"])
    coupling, level = top.children
    assert (coupling.value, level.value) == (row["coupling"], row["level"])
    assert [link.value for link in level.children] == pytest.approx([0.2, 0.6])
    assert [link.weight for link in level.children] == [0.75, 0.25]
    raw = [link for _, link in top.walk() if link.kind == "raw"]
    lines = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    assert [lines[link.row - 1] for link in raw] == ["a,x1,2020,10.0", "a,x2,2020,30.0", "a,y1,2020,60.0"]
    assert f"为{row['class_zh']}" in top.render("zh")
    assert run.trace("a", "耦合", "s").value == pytest.approx(20)
    with pytest.raises(PlaceError):
        run.trace("nobody", "coupling")


def test_the_terminal_shows_the_places_diagnosed(write, monkeypatch, capsys):
    tree = {"s": ["x1", "x2"], "t": ["y1", "y2"]}
    more = SOUND + '\nplaces = ["p0", "p1"]\n[ecosystem.constraints]\n'
    folder = write(tree, random_values(np.random.default_rng(6), 5, 1, 4), more, constraints=CONSTRAINTS)

    def said(*arguments):
        monkeypatch.setenv("INNOHUB_LANG", "en")
        monkeypatch.setattr(sys, "argv", ["innohub", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code == 0
        return capsys.readouterr().out

    table = said("run", folder).partition("Classic coupling")[2]
    row = whole(ih.run(folder), place="p0")
    line = next(line for line in table.splitlines() if line.startswith("p0"))
    for text in (f"{row['coupling']:.3f}", f"{row['coordination']:.3f}", row["class_en"]):
        assert text in line
    assert not any(line.startswith("p2") for line in table.splitlines())
    data = json.loads(said("run", folder, "--json"))["coupling"]
    assert {row["place"] for row in data} == {"p0", "p1"}
    assert next(one for one in data if one["place"] == "p0")["class"] == row["class_en"]
    assert "Coordination D" in said("trace", folder, "p0", "coupling")
