"""Sensitivity by sampling through a study's own path: against exact indices, cached, named when it fails."""

import numpy as np
import pandas as pd
import pytest

import innohub as ih

STUDY = """
[study]
id = "example-b"
title = {{ zh = "例", en = "Example" }}
year = 2020
seed = 7

[index.x]
normalise = "minmax(1, 100)"
weights = "given"
{index}

[index.x.uncertainty]
draws = 200
{uncertainty}

{rest}
"""
VARY = """
[index.x.uncertainty.vary]
weights = "fixed"
normalise = ["minmax(1, 100)", "rank"]
aggregate = ["arithmetic", "geometric"]
"""
SAMPLED = "[index.x.sensitivity]\nsize = 256\nreplicates = 8\n"
EXACT = """[index.x.design]
normalise = ["minmax(1, 100)", "rank"]
aggregate = ["arithmetic", "geometric"]
"""
TIERS = """[tiers]
index = "x"
method = "sizes(2, 2)"
names = [{ id = "top", zh = "上", en = "Top" }, { id = "rest", zh = "下", en = "Rest" }]
"""
# The handbook's four places of example B.
VALUES = {"u1": (10, 1, 5), "u2": (20, 2, 4), "u3": (30, 3, 9), "u4": (22, 15, 2)}


def write(folder, uncertainty=VARY, rest=SAMPLED, values=VALUES, index=""):
    """Write a study folder of three indicators."""
    folder.mkdir(exist_ok=True)
    text = STUDY.format(uncertainty=uncertainty, rest=rest, index=index)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    places = [f"{place},region,{place},{place},CN,,30,110" for place in values]
    rows = [
        f"{place},{code},2020,{value},points,s"
        for place, line in values.items()
        for code, value in zip("abc", line, strict=True)
        if value is not None
    ]
    tables = {
        "places": ["place,kind,name_zh,name_en,country,part_of,lat,lon", *places],
        "indicators": [
            "indicator,name_zh,name_en,unit,direction",
            "a,甲,A,points,1",
            "b,乙,B,points,1",
            "c,丙,C,points,-1",
        ],
        "framework": [
            "node,parent,weight,indicator,name_zh,name_en",
            "x,,1,,总,X",
            "a,x,0.5,a,甲,A",
            "b,x,0.3,b,乙,B",
            "c,x,0.2,c,丙,C",
        ],
        "panel": ["place,indicator,year,value,unit,source", *rows],
        "sources": ["source,title,publisher,year,url,licence,accessed", "s,S,P,2020,,,"],
    }
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_sampled_and_exact_indices_agree(tmp_path):
    run = ih.run(write(tmp_path / "s", rest=SAMPLED + EXACT + TIERS))
    table = run.table("sensitivity")
    keys = ["output", "place", "factor"]
    exact = table[table["method"] == "exact"].set_index(keys)
    sampled = table[table["method"] == "sampled"].set_index(keys).loc[exact.index]
    assert exact[["first_error", "total_error"]].isna().all(axis=None)
    moved = exact["first"].notna()
    assert moved.sum() >= 4
    assert sampled.loc[~moved, ["first", "total"]].isna().all(axis=None)
    for kind in ("first", "total"):
        apart = (sampled.loc[moved, kind] - exact.loc[moved, kind]).abs()
        assert (apart <= 4 * sampled.loc[moved, f"{kind}_error"] + 1e-6).all()
    np.testing.assert_allclose(sampled["variance"], exact["variance"], atol=0.02)
    path = run.table("sensitivity_path")
    assert sorted(path["size"].unique()) == [64, 128, 256]
    last = path[path["size"] == 256].set_index(keys).loc[exact.index]
    pd.testing.assert_series_equal(last["total"], sampled["total"])


EVERYTHING = """sampling = "quasi-random"
[index.x.uncertainty.vary]
normalise = ["minmax(1, 100)", "rank"]
impute = ["column_mean", "multiple(3, ridge = 2)"]
noise = 0.05
leave_out = true
"""
GAPPY = {**VALUES, "u1": (10, None, 5), "u5": (12, 4, 6), "u6": (25, 7, 3)}


def test_every_factor_has_its_rows_and_settles(tmp_path):
    folder = write(tmp_path / "s", EVERYTHING, SAMPLED, GAPPY, 'impute = "column_mean"')
    assert not [finding for finding in ih.check(folder) if finding.level == "error"]
    run = ih.run(folder)
    table = run.table("sensitivity")
    assert set(table["factor"]) == {"weights", "impute", "normalise", "leave_out", "noise"}
    assert set(table["place"]) == {*GAPPY, ""}
    shift = table[table["output"] == "mean_rank_shift"].set_index("factor")
    assert shift["total"].between(0, 1.2).all()
    assert (shift["total"] > shift["first"] - 4 * shift["first_error"]).all()
    assert shift["total"].sum() > 0.9
    assert "M145" in set(run.table("findings")["code"])


def test_same_seed_same_tables_and_read_back(tmp_path):
    one = ih.run(write(tmp_path / "one", EVERYTHING, SAMPLED, GAPPY, 'impute = "column_mean"'))
    two = ih.run(write(tmp_path / "two", EVERYTHING, SAMPLED, GAPPY, 'impute = "column_mean"'))
    for name in ("sensitivity", "sensitivity_path", "scores", "acceptability", "draws"):
        pd.testing.assert_frame_equal(one.table(name), two.table(name), check_exact=True)
    steps = {}
    ih.run(tmp_path / "one", progress=steps.setdefault)
    assert steps["sensitivity:x"] is False
    write(tmp_path / "one", EVERYTHING, SAMPLED.replace("256", "128"), GAPPY, 'impute = "column_mean"')
    again = {}
    ih.run(tmp_path / "one", progress=again.setdefault)
    assert (again["index:x"], again["sensitivity:x"]) == (False, True)


def test_too_few_points_are_a_finding_with_a_better_number(tmp_path):
    few = "[index.x.sensitivity]\nsize = 16\nreplicates = 4\n"
    run = ih.run(write(tmp_path / "s", EVERYTHING, few, GAPPY, 'impute = "column_mean"'))
    found = run.table("findings").set_index("code").loc["S204"]
    assert found["level"] == "warning"
    assert found["column"] == "index.x.sensitivity.size"


@pytest.mark.parametrize(
    ("vary", "rest", "code"),
    [
        ('vary = { weights = "fixed" }', SAMPLED, "M144"),
        ('vary = { aggregate = ["arithmetic", "geometric"], normalise = ["zscore"] }', SAMPLED, "M142"),
        ('vary = { impute = ["group_mean(nothing)"] }', "", "M142"),
        ('vary = { impute = ["em(1, 2, 3, 4)"] }', "", "M103"),
        (VARY, SAMPLED.replace("256", "100"), "S201"),
        ("vary = { noise = 1.5 }", "", "M"),
    ],
)
def test_what_cannot_be_computed_is_known_before_the_run(tmp_path, vary, rest, code):
    folder = write(tmp_path / "s", vary, rest, GAPPY, 'impute = "column_mean"')
    errors = {finding.code for finding in ih.check(folder) if finding.level == "error"}
    assert any(found.startswith(code) for found in errors), errors
    with pytest.raises(ih.InnohubError) as caught:
        ih.run(folder)
    assert any(finding.code.startswith(code) for finding in caught.value.findings)
    assert not (folder / "results" / "current").exists()


def test_points_that_do_not_fit_into_memory(tmp_path):
    many = {f"u{n}": (n, n % 7 + 1, n % 5 + 1) for n in range(1, 200)}
    rest = "[index.x.sensitivity]\nsize = 65536\nreplicates = 2\n"
    folder = write(tmp_path / "s", VARY, rest, many)
    (found,) = [finding for finding in ih.check(folder) if finding.level == "error"]
    assert (found.code, found.column) == ("M112", "index.x.sensitivity.size")


def test_one_place_more_or_less_than_needed(tmp_path):
    two = {"u1": (10, 1, 5), "u2": (20, 2, 4)}
    run = ih.run(write(tmp_path / "s", "vary = { noise = 0.2, leave_out = true }", SAMPLED, two))
    table = run.table("sensitivity")
    totals = [table.loc[table["place"] == place, "total"].tolist() for place in two]
    assert totals[0] == pytest.approx(totals[1])
    assert len(totals[0]) == 3
