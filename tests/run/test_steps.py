"""What is done before normalising: seen in the results, flagged, and carried into the index."""

import numpy as np
import pytest

import innohub as ih


def change(folder, old, new, name="study.toml"):
    path = folder / name
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def gappy(flagship_copy):
    """The flagship with few draws and two values missing: the laboratories of Hubei and of Shandong."""
    change(flagship_copy, "draws = 20000", "draws = 400")
    path = flagship_copy / "panel.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    gone = ("hubei,state_key_laboratories,", "shandong,state_key_laboratories,")
    path.write_text("\n".join(line for line in lines if not line.startswith(gone)), encoding="utf-8")
    return flagship_copy


def rows(run, step):
    return run.index["centre"].table("steps").query("step == @step").set_index("place")


def test_filled_cells_are_shown_flagged_and_used(gappy):
    change(
        gappy, 'weights = "given"\naggregate', 'impute = "group_median(kind)"\nweights = "given"\naggregate'
    )
    run = ih.run(gappy)
    filled = rows(run, "imputed")
    assert filled.index.tolist() == ["hubei", "shandong"]
    assert filled["before"].isna().all()
    provinces = [13.0, 4, 0, 7, 2, 2, 3]  # Shaanxi, Fujian, Henan, Gansu, Shanxi, Yunnan, Guangxi
    assert filled["after"].tolist() == pytest.approx([np.median(provinces)] * 2)
    flags = rows(run, "normalised").query("node == 'state_key_laboratories'")["flag"]
    assert flags["hubei"] == "imputed"
    assert flags["fujian"] == ""
    assert run.trace("hubei", "centre", "state_key_laboratories").flag == "imputed"
    assert run.index["centre"].scores.query("node == 'centre'")["score"].notna().all()


def test_without_filling_the_missing_rule_holds(gappy):
    run = ih.run(gappy)
    assert rows(run, "imputed").empty
    flags = rows(run, "normalised").query("node == 'state_key_laboratories'")["flag"]
    assert flags["hubei"] == "missing"
    z = rows(run, "normalised").loc["hubei"].set_index("node")["after"]
    labs = ["universities_double_first_class", "national_laboratories", "research_institutions_share_pct"]
    knowledge = run.index["centre"].scores.query("node == 'knowledge'").set_index("place")["score"]
    assert knowledge["hubei"] == pytest.approx(z[labs].mean())


def test_treated_values_are_shown_and_flagged(flagship_copy):
    change(flagship_copy, "draws = 20000", "draws = 400")
    change(
        flagship_copy,
        'weights = "given"\naggregate',
        'treat = "winsorise(0, 2)"\nweights = "given"\naggregate',
    )
    run = ih.run(flagship_copy)
    treated = rows(run, "treated")
    assert (treated["after"] < treated["before"]).all()
    assert treated["flag"].str.contains("winsorised").all()
    chain = run.trace("jingjinji", "centre", "state_key_laboratories")
    assert [link.kind for _, link in chain.walk()] == ["normalised", "treated", "raw"]
    assert [link.value for _, link in chain.walk()][1:] == [43.0, 92.0]
    assert "after treatment of outliers = 43" in chain.render("en")
    labs = treated.query("node == 'state_key_laboratories'")
    assert labs["after"].tolist() == [43.0, 43.0]


def test_screened_places_are_named_and_left_out(gappy):
    change(
        gappy, 'weights = "given"\naggregate', 'screen = { min_available = 1 }\nweights = "given"\naggregate'
    )
    change(gappy, 'method = "natural_breaks"', 'method = "quantiles(0.2, 0.3, 0.5)"')
    run = ih.run(gappy)
    assert set(run.index["centre"].scores["place"]).isdisjoint({"hubei", "shandong"})
    assert run.table("findings")["code"].str.startswith("P12").sum() >= 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("impute", "groupmean(kind)"),
        ("treat", "winsor(5)"),
        ("impute", "group_mean"),
        ("treat", "winsorise(1, 2, 3)"),
    ],
)
def test_unknown_methods_are_found_by_check(flagship_copy, key, value):
    change(flagship_copy, 'weights = "given"\naggregate', f'{key} = "{value}"\nweights = "given"\naggregate')
    codes = {finding.code for finding in ih.check(flagship_copy) if finding.level == "error"}
    assert codes & {"M102", "M103"}


def test_an_unknown_grouping_is_named(gappy):
    change(
        gappy, 'weights = "given"\naggregate', 'impute = "group_mean(colour)"\nweights = "given"\naggregate'
    )
    errors = [finding for finding in ih.check(gappy) if finding.level == "error"]
    assert [finding.code for finding in errors] == ["P131"]
    assert "colour" in errors[0].render("en")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('weights = "given"\n', 'weights = "critic"\n'),
        ('weights = "given"\n', 'weights = "pca"\n'),
        ('aggregate = "arithmetic"', 'aggregate = "topsis"'),
        ('aggregate = "arithmetic"', 'aggregate = "copeland"'),
        ('aggregate = "arithmetic"', 'aggregate = "promethee(gaussian, s = 0.2)"'),
        ('normalise = "minmax(0, 1)"', 'normalise = "borda"'),
        ('normalise = "minmax(0, 1)"', 'normalise = "dist_max"'),
    ],
)
def test_methods_of_the_catalogue_run_from_a_study(flagship_copy, old, new):
    change(flagship_copy, "draws = 20000", "draws = 200")
    change(flagship_copy, old, new)
    run = ih.run(flagship_copy)
    scores = run.index["centre"].scores.query("node == 'centre'")
    assert scores["rank"].notna().all()
    assert scores["rank_low"].le(scores["rank_high"]).all()


def test_a_design_is_computed_whole_and_kept(flagship_copy):
    change(flagship_copy, "draws = 20000", "draws = 200")
    design = """
[index.centre.design]
treat = ["none", "winsorise(0, 1)"]
normalise = ["minmax(1, 100)", "rank", "percentile"]
weights = ["given", "entropy"]

[tiers]"""
    change(flagship_copy, "[tiers]", design)
    assert ih.check(flagship_copy) == ()
    run = ih.run(flagship_copy)
    table = run.index["centre"].sensitivity
    assert len(run.index["centre"].table("design")) == 12 * 14
    assert set(table["output"]) == {"rank", "mean_rank_shift", "boundary_1", "boundary_2"}
    shift = table.query("output == 'mean_rank_shift'")
    assert shift["total"].ge(shift["first"] - 1e-12).all()
    seen = {}
    ih.run(flagship_copy, progress=lambda step, computed: seen.update({step: computed}))
    assert seen == {"index:centre": False, "tiers": False, "design:centre": False}
