"""What `check` says of definitions that cannot be computed, before anything is written."""

import pytest

import innohub as ih


def change(folder, old, new, name="study.toml"):
    path = folder / name
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def codes(folder):
    return {finding.code for finding in ih.check(folder) if finding.level == "error"}


def test_the_shipped_study_is_good(flagship_folder):
    assert ih.check(flagship_folder) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('overlaps = "wholes"', 'overlaps = "refuse"', "L101"),
        ('aggregate = "arithmetic"', 'aggregate = "geometric"', "S102"),
        ('method = "natural_breaks"', 'method = "sizes(3, 5)"', "M"),
        ('method = "natural_breaks"', 'method = "thresholds(0.1, 0.5)"', "M121"),
        ('method = "natural_breaks"', 'method = "quantiles(0.1, 0.2, 0.3)"', "M123"),
        ("draws = 20000", "draws = 1000000000", "M"),
        ("year = 2020", "year = 2019", "P"),
        ('vary = { weights = "dirichlet(1)" }', 'vary = { aggregate = ["geometric"] }', "M142"),
        ('normalise = "minmax(1, 100)"', 'normalise = "minmax(0, 100)"', "S102"),
    ],
)
def test_definitions_that_cannot_be_computed(flagship_copy, old, new, code):
    change(flagship_copy, old, new)
    found = codes(flagship_copy)
    assert any(name.startswith(code) for name in found), found
    with pytest.raises(ih.InnohubError):
        ih.run(flagship_copy)
    assert not (flagship_copy / "results" / "current").exists()


def test_log_scale_with_a_zero_score(flagship_copy):
    change(flagship_copy, 'normalise = "minmax(0, 1)"', 'normalise = "zscore"')
    change(flagship_copy, 'scale = "raw"', 'scale = "log"')
    assert "S110" in codes(flagship_copy)


def test_constant_indicator_is_a_warning_and_the_run_goes_on(flagship_copy):
    path = flagship_copy / "panel.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    flat = [
        ",".join([*line.split(",")[:3], "3", *line.split(",", 4)[4:]])
        if ",national_laboratories," in line
        else line
        for line in lines
    ]
    path.write_text("\n".join(flat), encoding="utf-8")
    warned = [finding.code for finding in ih.check(flagship_copy) if finding.level == "warning"]
    assert "S104" in warned
    run = ih.run(flagship_copy)
    weights = run.index["centre"].weights.set_index("node")
    assert weights.loc["national_laboratories", "effective"] == 0
    assert "S104" in set(run.table("findings")["code"])
    run.trace("hubei")


def test_several_indices_over_one_panel(flagship_copy):
    extra = """
[index.labs]
title = { zh = "实验室", en = "Laboratories" }
framework = "labs.csv"
normalise = "minmax(1, 100)"
aggregate = "geometric"
uncertainty = { draws = 500, vary = { weights = "pm(0.25)", normalise = ["minmax(1, 100)", "rank"] } }
"""
    change(flagship_copy, "[tiers]", extra + "\n[tiers]")
    rows = "node,parent,name_zh,name_en,weight,indicator\nlabs,,实验室,Labs,1,\n"
    rows += "a,labs,国家,National,1,national_laboratories\nb,labs,重点,State key,1,state_key_laboratories\n"
    (flagship_copy / "labs.csv").write_text(rows, encoding="utf-8")
    both = ih.run(flagship_copy)
    assert set(both.index) == {"centre", "labs"}
    assert len(both.index["labs"].scores) == 14
    assert both.index["labs"].wins["probability"].between(0, 1).all()
    assert both.trace("jingjinji", "labs").rank == 1


@pytest.mark.parametrize(
    "method", ["mixture(3)", "mixture(3, free)", "quantiles(0.2, 0.3, 0.5)", "thresholds(0.34, 0.1)"]
)
def test_every_tier_method_runs_to_probabilities(flagship_copy, method):
    change(flagship_copy, 'method = "natural_breaks"', f'method = "{method}"')
    change(flagship_copy, "draws = 20000", "draws = 500")
    run = ih.run(flagship_copy)
    table = run.tiers.table
    sums = table.groupby(["definition", "place"])["probability"].sum()
    assert sums.to_numpy() == pytest.approx(1.0)


def test_probability_is_refitted_without_a_plan(flagship_copy):
    change(flagship_copy, 'plan = "plan.csv"', "")
    change(flagship_copy, "draws = 20000", "draws = 500")
    run = ih.run(flagship_copy)
    assert run.tiers.definition == "refitted"
    assert "plan" not in run.table_names


def test_an_index_over_several_years_compares_over_time(flagship_copy):
    path = flagship_copy / "panel.csv"
    text = path.read_text(encoding="utf-8-sig")
    head, *lines = text.splitlines()
    cells = [line.split(",", 4) for line in lines]
    older = [
        ",".join([place, indicator, "2019", str(float(value) / 2), rest])
        for place, indicator, _, value, rest in cells
    ]
    path.write_text("\n".join([head, *lines, *older]), encoding="utf-8")
    change(flagship_copy, "year = 2020", 'year = 2020\nyears = "all"')
    change(flagship_copy, "draws = 20000", "draws = 500")
    run = ih.run(flagship_copy)
    history = run.index["centre"].history.query("node == 'centre'").set_index(["year", "place"])
    assert set(history.index.get_level_values("year")) == {2019, 2020}
    assert len(run.index["centre"].scores.query("node == 'centre'")) == 14
    assert (history.loc[2019, "score"] < history.loc[2020, "score"]).all()
    assert (
        history.loc[2020, "rank"].tolist()
        == run.index["centre"].scores.query("node == 'centre'")["rank"].tolist()
    )

    change(flagship_copy, 'weights = "given"', 'weights = "given"\npool = "each-year"')
    each = (
        ih.run(flagship_copy).index["centre"].history.query("node == 'centre'").set_index(["year", "place"])
    )
    assert each.loc[2019, "score"].to_numpy() == pytest.approx(each.loc[2020, "score"].to_numpy())
