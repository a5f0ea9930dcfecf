"""Published indices by name: what comes out, what is reported, what is refused."""

import csv
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import innohub as ih
from innohub.errors import ScaleError, StudyError
from innohub.run import check
from innohub.web import payload

REFERENCE = Path(__file__).parents[1] / "reference" / "presets"
WORKED = {"le": 78, "eys": 15, "mys": 10, "gnipc": 18_000}
LOWER = {"le": 60, "eys": 20, "mys": 5, "gnipc": 90_000}
STUDY = """[study]
id = "followed"
title = "Followed"
year = 2021
years = {years}

[index.i]
{index}

[index.i.uncertainty]
draws = 100
"""


@pytest.fixture
def follow(tmp_path):
    """Write a study that follows a preset: rows by place, or (place, year); None for a gap."""

    def write(index, rows, *, files=None, places=None):
        folder = tmp_path / "followed"
        folder.mkdir(exist_ok=True)
        keyed = {key if isinstance(key, tuple) else (key, 2021): row for key, row in rows.items()}
        years = sorted({year for _, year in keyed})
        lines = [
            f"{place},{code},{year},{value!r}"
            for (place, year), row in keyed.items()
            for code, value in row.items()
            if value is not None
        ]
        heads = places or [f"{place},{place}" for place in dict.fromkeys(place for place, _ in keyed)]
        texts = {
            "study.toml": STUDY.format(index=index, years=years),
            "places.csv": "\n".join(["place,name_en,region" if places else "place,name_en", *heads]),
            "panel.csv": "\n".join(["place,indicator,year,value", *lines]),
            "sources.csv": "source,title\ns,S",
            **(files or {}),
        }
        for name, text in texts.items():
            (folder / name).write_text(text + "\n", encoding="utf-8")
        return folder

    return write


HDI = {"a": WORKED, "b": LOWER, "c": {**WORKED, "le": 70}}


def scores(run, node=None):
    table = run.index["i"].scores
    table = table[table["node"].eq(node or table["node"].iloc[0])]
    return table.set_index("place")["score"]


def codes(folder):
    return {finding.code: finding for finding in check(folder)}


def refused(folder):
    with pytest.raises(StudyError) as problem:
        ih.run(folder)
    return {finding.code: finding for finding in problem.value.findings if finding.level == "error"}


# Human Development Index


def test_the_worked_example_to_every_printed_digit(follow):
    run = ih.run(follow('preset = "hdi"', HDI))
    steps = run.table("steps").query("place == 'a'").set_index(["step", "node"])
    assert steps.loc[("normalised", "health"), "after"] == pytest.approx(0.892308, abs=5e-7)
    assert steps.loc[("normalised", "income"), "after"] == pytest.approx(0.784426, abs=5e-7)
    assert scores(run, "education")["a"] == pytest.approx(0.75, abs=1e-12)
    assert scores(run)["a"] == pytest.approx(0.806695, abs=5e-7)


def test_the_logarithm_is_a_step_of_its_own(follow):
    folder = follow('preset = "hdi"', HDI)
    run = ih.run(folder)
    steps = run.table("steps").query("step == 'transformed'").set_index("place")
    assert set(steps["node"]) == {"income"}
    assert steps.loc["a", "before"] == 18_000
    assert steps.loc["a", "after"] == pytest.approx(np.log(18_000))
    chain = [link.kind for _, link in run.trace("a", "i").walk()]
    assert chain.count("transformed") == 1
    assert "after its transform = 9.79813" in run.trace("a", "i").render("en")
    effects = run.index["i"].effects.set_index("step")
    assert effects.loc["transform", "method"] == "gnipc: log"


def test_caps_at_one(follow):
    run = ih.run(follow('preset = "hdi"', {**HDI, "d": {"le": 90, "eys": 25, "mys": 16, "gnipc": 200_000}}))
    assert scores(run)["d"] == pytest.approx(1, abs=1e-12)
    assert run.table("steps").query("place == 'b' and node == 'expected'")["after"].tolist() == [1.0]


def test_a_place_that_lacks_an_input_has_no_score(follow):
    run = ih.run(follow('preset = "hdi"', {**HDI, "d": {**WORKED, "gnipc": None}}))
    assert np.isnan(scores(run)["d"])
    assert scores(run)["a"] == pytest.approx(0.806695, abs=5e-7)


@pytest.mark.reference
def test_every_published_value_of_every_year(follow):
    table = pd.read_csv(REFERENCE / "hdi.csv")
    rows = {
        (row.iso3, row.year): {
            "le": row.le,
            "eys": row.eys,
            "mys": row.mys,
            "gnipc": row.gnipc,
            "told": row.hdi,
        }
        for row in table.itertuples()
    }
    listed = {"indicators.csv": "indicator,unit,direction\ntold,index,context"}
    run = ih.run(follow('preset = "hdi"\npublished = { indicator = "told" }', rows, files=listed))
    done = run.table("reproduced")
    assert len(done) == len(table) == 1077
    assert sorted(done["year"].unique()) == [1990, 2000, 2010, 2019, 2020, 2021]
    assert done["agrees"].all()
    assert done["allowed"].eq(0.0005).all()
    assert (done["score"].round(3) - done["published"]).abs().max() < 1e-9 + 0.001
    assert "C202" not in set(run.table("findings")["code"])


def test_the_shipped_study_reproduces_its_index(root, tmp_path):
    folder = tmp_path / "hdi-2021"
    shutil.copytree(root / "examples" / "hdi-2021", folder, ignore=shutil.ignore_patterns("results"))
    done = ih.run(folder).table("reproduced")
    assert (len(done), int(done["agrees"].sum())) == (191, 191)


# Others


@pytest.mark.reference
def test_egdi_is_the_mean_of_its_three(follow):
    with (REFERENCE / "egdi_2022.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    rows = {
        f"p{number}": {key: float(row[key]) for key in ("osi", "tii", "hci", "egdi")}
        for number, row in enumerate(table)
    }
    listed = {"indicators.csv": "indicator,unit,direction\negdi,index,context"}
    about = 'published = { indicator = "egdi", within = 0.0001 }'
    done = ih.run(follow(f'preset = "egdi"\n{about}', rows, files=listed)).table("reproduced")
    assert len(done) == 45
    assert done["agrees"].all()
    # The digits are the preset's, and four countries show that the sub-indices are rounded.
    strict = ih.run(follow('preset = "egdi"\npublished = { indicator = "egdi" }', rows, files=listed))
    assert strict.table("reproduced")["allowed"].eq(0.00005).all()
    assert int((~strict.table("reproduced")["agrees"]).sum()) == 4
    assert "C202" in set(strict.table("findings")["code"])


def test_a_missing_goal_takes_the_mean_of_its_region(follow):
    row = {f"goal{number}": 50.0 + number for number in range(1, 18)}
    rows = {"a": row, "b": {**row, "goal1": None}, "c": {**row, "goal1": 71.0}, "d": {**row, "goal1": 0.0}}
    run = ih.run(follow('preset = "sdg"', rows, places=["a,A,x", "b,B,x", "c,C,x", "d,D,y"]))
    rest = sum(50 + number for number in range(2, 18))
    assert scores(run)["b"] == pytest.approx((rest + (51 + 71) / 2) / 17)


MPI = {"a": {"x": 10, "y": 200}, "b": {"x": 20, "y": 100}, "c": {"x": 30, "y": 300}, "d": {"x": 40, "y": 200}}
TREE = {
    "framework.csv": "node,parent,indicator\ni,,\nnx,i,x\nny,i,y",
    "indicators.csv": "indicator,unit,direction,low,high\nx,count,1,0,50\ny,count,1,0,400",
}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mpi", [92.809439, 90.435102, 109.093268, 106.286493]),
        ("ampi", [90.10989, 89.273743, 110.316742, 108.256881]),
    ],
)
def test_mazziotta_pareto(follow, name, told):
    run = ih.run(follow(f'preset = "{name}"\nframework = "framework.csv"', MPI, files=TREE))
    assert scores(run).reindex(list("abcd")).tolist() == pytest.approx(told, abs=1e-6)
    changed = run.table("departures")
    assert changed[["key", "kind"]].to_numpy().tolist() == [["framework", "supplied"]]


def test_arwu_weighs_fractions_of_the_best(follow):
    best = {"alumni": 50, "award": 40, "hici": 200, "ns": 100, "pub": 9000, "pcp": 80}
    half = {code: value / 2 for code, value in best.items()}
    run = ih.run(follow('preset = "arwu"', {"a": best, "b": half, "c": {**best, "award": 0}}))
    assert scores(run).to_dict() == pytest.approx({"a": 1.0, "b": 0.5, "c": 0.8})


def test_gii_is_the_mean_of_input_and_output(follow):
    pillars = (
        "institutions",
        "human_capital",
        "infrastructure",
        "market",
        "business",
        "knowledge",
        "creative",
    )
    row = dict(zip(pillars, (60.0, 50.0, 40.0, 30.0, 20.0, 10.0, 30.0), strict=True))
    run = ih.run(follow('preset = "gii"', {"a": row, "b": {key: value + 1 for key, value in row.items()}}))
    assert scores(run)["a"] == pytest.approx((40 + 20) / 2)


def test_square_roots_by_indicator(follow):
    files = {**TREE, "indicators.csv": "indicator,unit,direction,transform\nx,count,1,开方\ny,count,1,"}
    run = ih.run(follow('preset = "eis"\nframework = "framework.csv"', MPI, files=files))
    low, high = np.sqrt(10), np.sqrt(40)
    expected = ((np.sqrt(20) - low) / (high - low) + 0) / 2
    assert scores(run)["b"] == pytest.approx(expected)


# What the study writes itself


def test_ids_of_ones_own(follow):
    rows = {place: {**row, "life": row["le"], "le": None} for place, row in HDI.items()}
    run = ih.run(follow('preset = "hdi"\npreset_indicators = { le = "life" }', rows))
    assert scores(run)["a"] == pytest.approx(0.806695, abs=5e-7)
    assert "life" in set(run.table("framework")["indicator"])
    assert run.table("departures").empty


def test_departures_are_applied_and_listed(follow):
    listed = {"indicators.csv": "indicator,unit,high\nle,岁,90\n"}
    folder = follow(
        'preset = "hdi"\naggregate = "arithmetic"\nnormalise = "goalposts(own,own)"', HDI, files=listed
    )
    run = ih.run(folder)
    changed = run.table("departures").set_index("key")
    # The same spec in other spacing, and a unit by another name, are no departures.
    assert changed[["said", "used"]].to_dict("index") == {
        "aggregate": {"said": "geometric", "used": "arithmetic"},
        "le.high": {"said": "85", "used": "90"},
    }
    expected = ((78 - 20) / 70 + 0.75 + 0.7844258951) / 3
    assert scores(run)["a"] == pytest.approx(expected)
    finding = codes(folder)["C196"]
    assert finding.level == "warning"
    assert "geometric → arithmetic" in finding.render("zh")


def test_a_key_that_the_preset_is_silent_on_is_a_departure_too(follow):
    run = ih.run(follow('preset = "hdi"\nimpute = "column_mean"\nmissing = { by = "weight" }', HDI))
    assert run.table("departures")["key"].tolist() == ["impute", "missing.by"]
    assert run.settings.index["i"].missing.min_share == 1


def test_what_is_unknown_stands_in_every_output(follow):
    weights = 'weights = "equal"\nnormalise = "minmax(0, 100)"\nframework = "framework.csv"'
    folder = follow(f'preset = "gihi"\n{weights}', MPI, files=TREE)
    finding = codes(folder)["C197"]
    assert finding.level == "warning"
    assert "权重" in finding.render("zh")
    run = ih.run(folder)
    assert run.table("presets")["status"].tolist() == ["from description"]
    assert sorted(run.table("departures")["kind"]) == ["supplied"] * 3
    brief = ih.brief(run, folder.parent / "brief.html", language="en").read_text(encoding="utf-8")
    assert "weights, normalisation and the floor of the scores are not" in brief
    assert "not checked against published results" in brief
    (index,) = payload(run)["indices"]
    assert "权重" in index["preset"]["unknown"]["zh"]
    assert len(index["preset"]["departures"]) == 3


def test_values_with_errors_are_transformed_after_the_error(follow):
    listed = {"indicators.csv": "indicator,noise\ngnipc,0.01\n"}
    noisy = ih.run(follow('preset = "hdi"', HDI, files=listed))
    table = noisy.index["i"].scores.query("node == 'hdi'").set_index("place")
    # An error of one per cent moves the logarithm of income, not its exponent: scores stay near.
    assert abs(table.loc["a", "score_low"] - table.loc["a", "score"]) < 0.2
    assert table["score_high"].max() <= 1


# Bad input


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("index", "code", "hint"),
    [
        ('preset = "hdl"', "C190", "hdi"),
        ('preset = "gihi"\nframework = "framework.csv"\nnormalise = "minmax"', "C204", "weights"),
        ('preset = "gihi"\nnormalise = "minmax"\nweights = "equal"', "C205", "framework.csv"),
        ('preset = "hdi"\npreset_indicators = { lee = "le" }', "C194", "le"),
        ('preset = "hdi"\npreset_indicators = { eys = "mys" }', "C206", "mys"),
        ('preset_indicators = { le = "le" }', "C203", "preset"),
        ('preset = "hdi"\npublished = { indicator = "hdo" }', "C201", "context"),
        ('preset = "hdi"\npreset_indicators = { gnipc = "income" }', "C192", "gnipc"),
    ],
)
def test_what_is_wrong_has_one_message(follow, index, code, hint, language):
    finding = refused(follow(index, HDI, files=TREE))[code]
    assert finding.file == "study.toml"
    assert finding.row
    told = finding.render(language)
    assert "{" not in told.replace("{ ", "")
    assert hint in told
    assert finding.text("hint", language)


def test_a_missing_indicator_is_named_once(follow):
    rows = {place: {**row, "gnipc": None} for place, row in HDI.items()}
    found = check(follow('preset = "hdi"', rows))
    assert [finding.code for finding in found if finding.level == "error"] == ["C192"]


def test_another_unit_is_refused(follow):
    listed = {"indicators.csv": "indicator,unit\ngnipc,thousand yuan\n"}
    finding = refused(follow('preset = "hdi"', HDI, files=listed))["C193"]
    assert (finding.file, finding.row, finding.column) == ("indicators.csv", 2, "unit")
    assert "2017 PPP $" in finding.render("zh")


def test_two_presets_that_disagree(follow):
    second = '\n[index.j]\npreset = "egdi"\npreset_indicators = { osi = "eys" }'
    rows = {place: {**row, "tii": 0.5, "hci": 0.6} for place, row in HDI.items()}
    folder = follow('preset = "hdi"', rows)
    text = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(text + second + "\n", encoding="utf-8")
    finding = refused(folder)["C195"]
    assert finding.column == "index.j.preset"
    assert "hdi" in finding.render("en")
    assert "egdi" in finding.render("en")


@pytest.mark.parametrize(
    ("row", "code"),
    [("x,count,1,cubic,0,50", "C199"), ("x,count,1,log,0,50", "C200"), ("x,count,1,sqrt,-1,50", "C200")],
)
def test_a_transform_that_cannot_be(follow, row, code):
    files = {
        **TREE,
        "indicators.csv": f"indicator,unit,direction,transform,low,high\n{row}\ny,count,1,,0,400",
    }
    finding = refused(follow('preset = "mpi"\nframework = "framework.csv"', MPI, files=files))[code]
    assert (finding.file, finding.row) == ("indicators.csv", 2)
    assert finding.render("zh") != finding.render("en")


def test_a_logarithm_of_zero_names_indicator_and_place(follow):
    with pytest.raises(ScaleError) as problem:
        ih.run(follow('preset = "hdi"', {**HDI, "d": {**WORKED, "gnipc": 0}}))
    (finding,) = problem.value.findings
    assert finding.code == "C207"
    assert "gnipc" in finding.render("en")
    assert "d" in finding.params["places"]


def test_published_values_that_do_not_come_out(follow):
    rows = {**HDI, "a": {**WORKED, "told": 0.807}, "b": {**LOWER, "told": 0.5}}
    listed = {"indicators.csv": "indicator,unit,direction\ntold,index,context"}
    folder = follow('preset = "hdi"\npublished = { indicator = "told" }', rows, files=listed)
    finding = codes(folder)["C202"]
    assert finding.params["count"] == 1
    assert "b 2021" in finding.render("en")
    assert ih.run(folder).table("reproduced").set_index("place")["agrees"].to_dict() == {
        "a": True,
        "b": False,
    }


def test_an_unknown_preset_is_no_other_error(follow):
    listed = {
        "indicators.csv": "indicator,unit,direction\n" + "\n".join(f"{code},count,1" for code in WORKED)
    }
    assert list(refused(follow('preset = "hdl"', HDI, files=listed))) == ["C190"]
