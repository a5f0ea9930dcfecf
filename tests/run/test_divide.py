"""Indices that divide: from the table of indicators to the chain behind a score."""

import numpy as np
import pandas as pd
import pytest

import innohub as ih
from innohub.errors import PanelError
from innohub.index import build_tree, prepare
from innohub.run.ground import lay_ground
from innohub.study import check_study

STUDY = """[study]
id = "heads"
title = { zh = "人均", en = "Per head" }
year = 2021
years = "all"
[index.x]
denominate = true
normalise = "minmax(0, 100)"
[index.x.uncertainty]
draws = 100
"""
INDICATORS = """indicator,name_en,unit,direction,denominator,factor,area,noise
papers,Papers,篇,1,people,1000,city,0.03
energy,Energy,万元,-1,output,,city,
output,Output,亿元,1,,,city,
people,People,人,0,,,{area},0.04
"""
FRAMEWORK = "node,parent,indicator\nx,,\np,x,papers\ne,x,energy\no,x,output\n"
PLACES = "place,kind,name_en\na,city,A\nb,city,B\nc,city,C\n"
VALUES = {
    "papers": [[10, 30, 0], [12, 36, 6]],
    "energy": [[5, 8, 9], [6, 6, 9]],
    "output": [[2, 4, 3], [3, 4, 2]],
    "people": [[1000, 1500, 2000], [1000, 1200, 2000]],
}


@pytest.fixture
def study(tmp_path):
    """Lay out the study; ``values`` and texts may be changed."""

    def write(values=VALUES, text=STUDY, area="city", indicators=INDICATORS):
        rows = [
            f"{place},{key},{2020 + t},{number},yb,{'estimated' if (key, place) == ('people', 'b') else ''}"
            for key, years in values.items()
            for t, numbers in enumerate(years)
            for place, number in zip("abc", numbers, strict=True)
        ]
        files = {
            "study.toml": text,
            "places.csv": PLACES,
            "indicators.csv": indicators.format(area=area),
            "framework.csv": FRAMEWORK,
            "sources.csv": "source,title\nyb,Yearbook\n",
            "panel.csv": "place,indicator,year,value,source,flag\n" + "\n".join(rows) + "\n",
        }
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path

    return write


def by_hand():
    """The scores of both years, in plain pandas."""
    index = pd.MultiIndex.from_product([[2020, 2021], list("abc")])
    x = pd.DataFrame({key: np.ravel(years) for key, years in VALUES.items()}, index=index).astype(float)
    z = pd.DataFrame(
        {"p": 1000 * x["papers"] / x["people"], "e": -x["energy"] / x["output"], "o": x["output"]}
    )
    return (100 * (z - z.min()) / (z.max() - z.min())).mean(axis=1)


def test_scores_stand_on_quotients(study):
    run = ih.run(study())
    history = run.table("history").query("node == 'x'").set_index(["year", "place"])["score"]
    np.testing.assert_allclose(history.loc[by_hand().index], by_hand(), rtol=1e-12)
    assert not run.table("findings")["code"].str.startswith("P1").any()


def test_steps_show_numbers_before_and_after(study):
    steps = ih.run(study()).table("steps").query("step == 'denominated'").set_index(["node", "place"])
    assert set(steps.index.get_level_values("node")) == {"p", "e"}
    assert steps.loc[("p", "b"), "before"] == 36
    assert steps.loc[("p", "b"), "after"] == pytest.approx(30)
    # What is wrong with the denominator is wrong with the quotient.
    assert steps["flag"].loc["p"].to_dict() == {"a": "", "b": "estimated", "c": ""}


def test_the_chain_goes_down_to_both_cells(study):
    folder = study()
    leaf = ih.run(folder).trace("b", "x", "p")
    (quotient,) = leaf.children
    above, below = quotient.children
    assert [link.kind for link in (leaf, quotient, above, below)] == [
        "normalised", "denominated", "raw", "denominator",
    ]  # fmt: skip
    assert quotient.value == pytest.approx(1000 * above.value / below.value)
    lines = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    assert lines[above.row - 1].startswith("b,papers,2021,36")
    assert lines[below.row - 1].startswith("b,people,2021,1200")
    text = leaf.render("en")
    assert "divided by its denominator = 30 per 1000 persons" in text
    assert "denominator People 1200 persons, 2021" in text
    assert "除以分母后 = 30篇/1000人" in leaf.render("zh")


def test_an_undivided_indicator_of_the_same_index_keeps_its_unit(study):
    run = ih.run(study())
    units = run.table("framework").set_index("node")["unit"].to_dict()
    assert units == {"x": "", "p": "篇 / 1000 人", "e": "万元 / 亿元", "o": "亿元"}
    assert [link.kind for _, link in run.trace("a", "x", "o").walk()] == ["normalised", "raw"]


def test_data_weights_see_quotients(study):
    text = STUDY.replace("normalise =", 'weights = "entropy"\nnormalise =')
    shares = ih.run(study(text=text)).table("weights").set_index("node")["share"]
    x = {key: np.ravel(years).astype(float) for key, years in VALUES.items()}
    z = np.column_stack([x["papers"] / x["people"], -x["energy"] / x["output"], x["output"]])
    z = (z - z.min(axis=0)) / (z.max(axis=0) - z.min(axis=0))
    p = z / z.sum(axis=0)
    e = -np.sum(np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0), axis=0) / np.log(len(p))
    np.testing.assert_allclose(shares[["p", "e", "o"]], (1 - e) / (1 - e).sum(), rtol=1e-12)


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), ("", "–")])
def test_every_denominator_that_is_zero_or_missing_is_named(study, number, shown):
    values = {**VALUES, "people": [[1000, number, 2000], [1000, 1200, number]]}
    folder = study(values)
    with pytest.raises(PanelError) as problem:
        ih.run(folder)
    lines = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    found = problem.value.findings
    assert [(f.code, f.params["place"], f.value) for f in found] == [
        ("P123", "b 2020", shown),
        ("P123", "c 2021", shown),
    ]
    assert [lines[f.row - 1].split(",")[:3] for f in found] == [
        ["b", "people", "2020"],
        ["c", "people", "2021"],
    ]
    assert {f.file for f in found} == {"panel.csv"}


def test_a_missing_numerator_needs_no_denominator(study):
    values = {
        **VALUES,
        "papers": [["", 30, 0], [12, 36, 6]],
        "people": [["", 1500, 2000], [1000, 1200, 2000]],
    }
    history = ih.run(study(values)).table("history").query("node == 'x' and year == 2020").set_index("place")
    assert np.isnan(history.loc["a", "score"]) or history.loc["a", "score"] >= 0
    assert history.loc[["b", "c"], "score"].notna().all()


def test_gaps_are_filled_after_dividing(study):
    values = {**VALUES, "papers": [[10, 30, 0], [12, "", 6]]}
    text = STUDY.replace("normalise =", 'impute = "column_mean"\nnormalise =')
    run = ih.run(study(values, text))
    steps = run.table("steps").query("node == 'p' and place == 'b'").set_index("step")["after"]
    per_head = [10, 20, 0, 12, 3]
    assert steps["imputed"] == pytest.approx(np.mean(per_head))
    assert "denominated" not in steps


def test_two_areas_warn(study):
    findings = ih.run(study(area="prefecture")).table("findings")
    (warning,) = findings[findings["code"] == "P129"].to_dict("records")
    assert warning["level"] == "warning"
    assert "Papers" in warning["en"] or "papers" in warning["en"]


def test_not_dividing_is_said(study):
    found = check_study(study(text=STUDY.replace("denominate = true\n", "")))
    assert [finding.level for finding in found if finding.code == "P043"] == ["note"]


def test_a_changed_denominator_is_computed_anew(study):
    first = ih.run(study()).table("scores").query("node == 'x'").set_index("place")["score"]
    again = ih.run(study()).table("scores").query("node == 'x'").set_index("place")["score"]
    values = {**VALUES, "people": [[1000, 1500, 2000], [1000, 600, 2000]]}
    other = ih.run(study(values)).table("scores").query("node == 'x'").set_index("place")["score"]
    factor = ih.run(study(indicators=INDICATORS.replace("people,1000", "people,10"))).table("steps")
    assert first.equals(again)
    assert not first.equals(other)
    after = factor.query("step == 'denominated' and node == 'p' and place == 'a'")["after"]
    assert after.tolist() == pytest.approx([0.12])


def test_one_place_of_many_places_alone(study):
    """A screen that leaves places out does so before their denominators are asked for."""
    values = {**VALUES, "people": [[1000, 1500, 0], [1000, 1200, 0]], "energy": [[5, 8, ""], [6, 6, ""]]}
    text = STUDY.replace("denominate = true", "denominate = true\nscreen = { min_available = 0.9 }")
    scores = ih.run(study(values, text)).table("scores").query("node == 'x'")
    assert sorted(scores["place"]) == ["a", "b"]


def test_noise_of_a_quotient_has_both_parts(study):
    read = ih.read_study(study())
    panel = lay_ground(read).panel
    assert dict(zip(panel.indicators, panel.noise, strict=True))["papers"] == 0.03
    done = prepare(panel, build_tree(read.frameworks["x"]), read.settings.index["x"], {}).panel
    assert done.noise[0] == pytest.approx(0.05)
    assert np.isnan(done.noise[1:]).all()
