"""What a study asks beside the grid, through its folder: the worked examples, and independent computations."""

import itertools
import tomllib

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from sklearn.preprocessing import StandardScaler

import innohub as ih
from innohub.catalog.models import model_patterns
from innohub.errors import InnohubError
from innohub.run import check

HEAD = '\n[position]\nplaces = ["p1"]\n'
STANDING = [
    "classes",
    "checklists",
    "checklist_counts",
    "stages",
    "stage_sensitivity",
    "equivalents",
    "targets",
    "technologies",
    "conditions",
    "condition_indicators",
    "condition_peers",
    "similar",
    "similar_parts",
    "comparison",
    "rollups",
    "rollup_untagged",
    "containment",
    "containment_shares",
    "special_functions",
    "local_types",
    "local_tests",
    "model_mix",
    "model_fit",
    "model_slots",
    "modes",
    "cases",
    "triangle",
    "triangle_loop",
    "balance",
]
ONE = {"x": {2015: [1.0, 2.0, 3.0]}}


def told(*rows):
    """The table of indicators: code, unit, direction."""
    lines = [f"{code},{code},{unit},{direction}" for code, unit, direction in rows]
    return "\n".join(["indicator,name_en,unit,direction", *lines])


def codes(run):
    return run.table("findings")["code"].tolist()


def errors(folder):
    """The errors of a check as (code, file, row)."""
    return [(f.code, f.file, f.row) for f in check(folder) if f.level == "error"]


def test_stage_takes_the_years_of_the_worked_examples(write_study):
    values = {
        "gdp": {2015: [12_000, 18_000, 18_001]},
        "work": {2015: [35_000, 40_000, 39_999]},
        "x": ONE["x"],
    }
    more = (
        '\n[position]\nplaces = ["p1", "p2", "p3"]\n[position.stage]\n'
        'measures = { gdp_per_capita = "gdp", labour_productivity = "work" }\n'
        "growth = { gdp_per_capita = 0.06, labour_productivity = 0.05 }\n"
    )
    indicators = told(("gdp", "USD per person", 1), ("work", "USD per person", 1), ("x", "count", 1))
    run = ih.run(write_study(values, more, framed=["x"], files={"indicators.csv": indicators}))
    table = run.table("stages").set_index(["place", "measure"])
    assert table.loc[("p1", "gdp_per_capita"), "years"] == pytest.approx(6.9585, abs=1e-4)
    assert table.loc[("p1", "labour_productivity"), "years"] == pytest.approx(2.7369, abs=1e-4)
    # Above 18,000 but from 40,000 on: each limit from both sides.
    stages = table["stage"].unstack()
    assert stages["gdp_per_capita"].tolist() == ["", "", "innovation-stage"]
    assert stages["labour_productivity"].tolist() == ["", "innovation-economy", ""]
    assert sorted(run.table("stage_sensitivity")["shift"].unique()) == [-0.1, 0.0, 0.1]


def test_stage_converts_at_the_rate_of_the_year_and_says_what_it_lacks(write_study):
    values = {"gdp": {2015: [9.0, None, 12.454]}, "x": ONE["x"]}
    more = (
        '\nrates = { CNY-2015 = 6.2270, CNY = 99.0 }\n[position.stage]\nmeasures = { gdp_per_capita = "gdp" }\n'
        "deflator = { 2010 = 0.9, 2015 = 1.0 }\n"
    )
    indicators = told(("gdp", "万元/人", 1), ("x", "count", 1))
    head = '\n[position]\nplaces = ["p1", "p2", "p3"]'
    run = ih.run(write_study(values, head + more, framed=["x"], files={"indicators.csv": indicators}))
    table = run.table("stages").set_index("place")
    assert table["value"].to_dict() == pytest.approx({"p1": 90_000 / 6.227, "p3": 20_000})
    assert table.loc["p3", "stage"] == "innovation-stage"
    assert "M267" in codes(run)


def test_a_country_ranking_gives_rank_15_between_mexico_and_spain(write_study):
    sizes = [20_000 - 500 * n for n in range(13)] + [11_990, 11_443, 7_525]
    values = {
        "cny": {2015: [72_812.55, *[None] * 16]},
        "usd": {2015: [None, *sizes]},
        "x": {2015: [1.0] * 17},
    }
    peers = ["scope,set,place", *(f"international,economies,p{n}" for n in range(2, 18))]
    more = (
        HEAD + 'rates = { CNY = 6.2270 }\n[position.equivalent]\nindicator = "cny"\n'
        'ranking_indicator = "usd"\nranking = ["economies"]\n'
    )
    indicators = told(("cny", "亿元", 1), ("usd", "亿美元", 1), ("x", "count", 1))
    functions = "function,indicator,weight\ntalent,x,1"
    files = {"indicators.csv": indicators, "peers.csv": "\n".join(peers), "functions.csv": functions}
    row = ih.run(write_study(values, more, framed=["x"], files=files)).table("equivalents").iloc[0]
    assert (row["rank"], row["above"], row["below"]) == (15, "p15", "p16")
    assert row["converted"] == pytest.approx(11_693, abs=0.1)
    assert row["members"] == 16


def test_a_ranking_of_other_years_is_refused_unless_allowed(write_study):
    values = {"usd": {2014: [None, 5.0, 1.0], 2015: [3.0, None, None]}, "x": {2015: [1.0, 2, 3]}}
    more = HEAD + '[[position.equivalent]]\nindicator = "usd"\nranking = ["p2", "p3"]\n'
    folder = write_study(values, more, framed=["x"], years=[2015])
    assert [code for code, _, _ in errors(folder)] == ["N124"]
    folder = write_study(values, more + "max_gap = 1\n", framed=["x"], years=[2015])
    row = ih.run(folder).table("equivalents").iloc[0]
    assert (row["rank"], row["marks"], row["other_years"]) == (2, "year", 2)
    wrong = write_study(values, more.replace('"p3"', '"nobody"'), framed=["x"], years=[2015])
    assert [code for code, _, _ in errors(wrong)] == ["M263"]


def test_targets_take_their_base_and_value_from_the_panel(write_study):
    values = {
        "rd": {2015: [2.0, 1.0, 9835.0], 2018: [2.2, None, None]},
        "x": {2018: [1.0, 2, 3]},
    }
    targets = (
        "place,indicator,base,base_year,target,deadline,value,year,direction\n"
        "p1,rd,,2015,2.5,2020,,,\n"
        "p2,rd,1,2015,2,2020,1,2015,\n"
        "p3,rd,,2015,20000,2020,,,\n"
        "p1,x,10,2015,5,2020,8,2018,-1"
    )
    folder = write_study(values, HEAD, framed=["x"], years=[2018], files={"targets.csv": targets})
    table = ih.run(folder).table("targets")
    first = table.iloc[0]
    assert first[["base", "value", "year"]].tolist() == [2.0, 2.2, 2018]
    assert first["progress"] == pytest.approx(0.4)
    assert first["expected"] == pytest.approx(0.6)
    assert first["status"] == "off track"
    assert first["required_growth"] == pytest.approx(0.0660, abs=5e-5)
    assert first["achieved_growth"] == pytest.approx(0.0323, abs=5e-5)
    assert table["required_growth"].iloc[1:3].tolist() == pytest.approx([0.1487, 0.1525], abs=5e-5)
    assert table["progress"].iloc[3] == pytest.approx(0.4)


def test_a_target_before_its_base_year_names_file_and_row(write_study):
    targets = (
        "place,indicator,base,base_year,target,deadline,value,year\n"
        "p1,x,1,2015,2,2020,1,2016\np2,x,1,2015,2,2014,1,2016\np3,x,1,2015,,2020,1,2016\np3,x,1,2015,,20x0,1,2016"
    )
    folder = write_study(ONE, HEAD, files={"targets.csv": targets})
    assert errors(folder) == [("R014", "targets.csv", 5)]
    sound = targets.replace("\np3,x,1,2015,,20x0,1,2016", "")
    folder = write_study(ONE, HEAD, files={"targets.csv": sound})
    assert errors(folder) == [("N128", "targets.csv", 3), ("N131", "targets.csv", 4)]
    with pytest.raises(InnohubError):
        ih.run(folder)
    assert not (folder / "results").exists() or not list((folder / "results").glob("*/manifest.json"))


def test_technologies_sum_and_share_as_printed(write_study):
    head = "place,leading,parallel,following,total,printed_leading,printed_parallel,printed_following\n"
    folder = write_study(ONE, HEAD, files={"technologies.csv": head + "p1,195,355,599,1149,17,31,53"})
    table = ih.run(folder).table("technologies")
    assert (100 * table["share"]).round(2).tolist() == [16.97, 30.90, 52.13]
    assert table["agrees"].tolist() == [True, True, False]
    folder = write_study(ONE, HEAD, files={"technologies.csv": head + "p1,195,355,599,1150,,,"})
    assert errors(folder) == [("N130", "technologies.csv", 2)]


def test_base_conditions_follow_the_terciles_of_the_peers(write_study):
    peers = [4.0, 1.0, 9.0, 6.0, 2.5]
    values = {"size": {2015: [7.0, *peers]}, "price": {2015: [7.0, *peers]}, "x": {2015: [1.0] * 6}}
    table = "condition,indicator,direction,claimed\nsize,size,1,high\nliveability,price,-1,high"
    names = ", ".join(f'"p{n}"' for n in range(2, 7))
    more = HEAD + f"[position.conditions]\npeers = [{names}]\n"
    run = ih.run(write_study(values, more, framed=["x"], files={"conditions.csv": table}))
    found = run.table("conditions").set_index("condition")
    lower, upper = np.quantile(peers, [1 / 3, 2 / 3])
    measured = run.table("condition_indicators").set_index("indicator")
    assert measured.loc["size", ["lower", "upper"]].tolist() == pytest.approx([lower, upper])
    assert upper < 7.0
    assert found.loc["size", ["verdict", "agrees"]].tolist() == ["high", True]
    assert found.loc["liveability", ["verdict", "agrees"]].tolist() == ["low", False]
    assert found.loc["exchange", "verdict"] == "not tested"
    among = write_study(
        values, HEAD + '[position.conditions]\npeers = ["p1", "p2", "p3", "p4"]\n', framed=["x"]
    )
    assert [code for code, _, _ in errors(among)] == ["N134"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(125.0001, "leader"), (125, "strong"), (100.0001, "strong"), (99.99, "moderate"), (70, "moderate"),
     (69.999, "emerging")],
)  # fmt: skip
def test_every_limit_of_the_scoreboard_from_both_sides(write_study, value, expected):
    more = HEAD + 'schemes = ["eis-4"]\n[position.scheme.eis-4]\nindicator = "x"\nreference = "p2"\n'
    run = ih.run(write_study({"x": {2015: [value * 2, 200.0, 10.0]}}, more + 'closed = "right"\n'))
    found = run.table("classes").set_index("place")
    assert found.loc["p1", "class"] == expected
    assert found.loc["p2", "class"] == "moderate"
    open_end = write_study({"x": {2015: [value * 2, 200.0, 10.0]}}, more)
    assert [code for code, _, _ in errors(open_end)] == ["N162"]


def test_deviation_and_breaks_as_in_the_worked_examples(write_study):
    more = HEAD + '[position.scheme.sd-3]\nindicator = "x"\nclosed = "left"\n'
    run = ih.run(write_study({"x": {2015: [10.0, 20, 30, 40, 50]}}, more))
    found = run.table("classes").set_index("place")
    assert found.loc["p3", ["lower", "upper"]].tolist() == pytest.approx([22.9289, 37.0711], abs=1e-4)
    assert found["class"].tolist() == ["low", "low", "middle", "high", "high"]
    more = HEAD + '[position.scheme.tiers-003]\nindicator = "x"\nscale = "log"\n'
    run = ih.run(write_study({"x": {2015: [1.0, 2, 3, 10, 11, 30]}}, more))
    assert run.table("classes")["class"].tolist() == ["regional"] * 3 + ["national"] * 2 + ["international"]


OWN = """
kind = "limits"
zh = "三类"
en = "Three"
edition = "1"
status = "read"
source = "own"
unknown_zh = "无"
unknown_en = "none"
closed = "left"
[[class]]
id = "a"
zh = "甲"
en = "A"
low = {a}
[[class]]
id = "b"
zh = "乙"
en = "B"
low = 1
high = {b}
[[class]]
id = "c"
zh = "丙"
en = "C"
high = 1
"""


def test_own_schemes_say_where_they_overlap_or_leave_gaps(write_study):
    more = HEAD + '[position.scheme.mine]\nfile = "mine.toml"\nindicator = "x"\n'
    run = ih.run(write_study(ONE, more, files={"mine.toml": OWN.format(a=2, b=2)}))
    assert run.table("classes")["class"].tolist() == ["b", "a", "a"]
    gap = write_study(ONE, more, files={"mine.toml": OWN.format(a=3, b=2)})
    line = OWN.splitlines().index('id = "a"') + 1
    assert errors(gap) == [("N160", "mine.toml", line)]
    overlap = write_study(ONE, more, files={"mine.toml": OWN.format(a=2, b="2.5")})
    assert errors(overlap) == [("N161", "mine.toml", line)]
    typed = write_study(ONE, more, files={"mine.toml": OWN.format(a='"two"', b=2)})
    assert errors(typed)[0][:2] == ("N167", "mine.toml")
    broken = write_study(ONE, more, files={"mine.toml": "kind = "})
    assert errors(broken)[0][:2] == ("M266", "mine.toml")
    lost = write_study(ONE, more.replace("mine.toml", "../mine.toml"))
    assert errors(lost)[0][0] == "F005"


def test_cited_classes_stand_beside_computed_ones_and_are_checked(write_study):
    more = (
        HEAD
        + 'schemes = ["2thinknow-5"]\n[position.scheme.2thinknow-5]\nbar = 2.5\nparts = { s = "x", t = "y" }\n'
    )
    values = {"x": {2015: [1.0, 3, 3]}, "y": {2015: [1.0, 3, 2]}}
    cited = "place,scheme,class,source\np1,2thinknow-5,node,them\np2,gawc-12,alpha-plus,them"
    run = ih.run(
        write_study(values, more, files={"classes.csv": cited.splitlines()[0] + "\n" + cited.splitlines()[1]})
    )
    found = run.table("classes")
    assert found.query("basis == 'computed'")["class"].tolist() == ["", "nexus", "hub"]
    assert found.query("basis == 'cited'")[["place", "class", "row"]].to_numpy().tolist() == [
        ["p1", "node", 2]
    ]
    wrong = "place,scheme,class\np1,2thinknow-5,nod\np2,gawk,alpha\np1,2thinknow-5,hub\np9,2thinknow-5,hub"
    folder = write_study(values, more, files={"classes.csv": wrong})
    assert sorted(errors(folder)) == [("M260", "classes.csv", 4), ("P001", "classes.csv", 5)]
    folder = write_study(values, more, files={"classes.csv": "\n".join(wrong.splitlines()[:3])})
    assert errors(folder) == [("M261", "classes.csv", 2), ("N166", "classes.csv", 3)]


def test_a_scheme_without_a_value_and_unknown_names_are_told_with_their_line(write_study):
    more = (
        HEAD + 'schemes = ["sd-3", "sd-33"]\nrates = { yuan = 6.0 }\n[position.stage]\n'
        'measures = { gdp_per_capita = "nothing", wealth = "x" }\n[position.rollup]\n[position.containment]\n'
    )
    folder = write_study(ONE, more)
    found = {(f.code, f.column): f.row for f in check(folder) if f.level == "error"}
    lines = (folder / "study.toml").read_text(encoding="utf-8").splitlines()
    assert set(found) == {
        ("M265", "position.schemes.sd-3"), ("N166", "position.schemes"), ("M261", "position.rates"),
        ("M262", "position.stage.measures"), ("M264", "position.rollup"), ("M268", "position.containment"),
    }  # fmt: skip
    assert lines[found["N166", "position.schemes"] - 1].startswith("schemes")


def test_rollups_are_weighted_means_and_name_what_is_left_out(write_study):
    values = {"a": {2015: [0.2, 0.8, None]}, "b": {2015: [0.5, 0.1, 0.4]}, "c": {2015: [1.0, 0.0, 0.3]}}
    tags = (
        "hierarchy,slot,indicator,weight\nfour-functions,science,a,3\n"
        "four-functions,science,b,\nfour-functions,culture,b,"
    )
    folder = write_study(values, HEAD + "[position.rollup]\n", framed=list(values), files={"tags.csv": tags})
    run = ih.run(folder)
    table = run.table("rollups").pivot_table(index="place", columns="slot", values="score", sort=False)
    # The third place has a quarter of the slot's weight, too little for a score.
    assert table["science"].to_dict() == pytest.approx(
        {"p1": (0.6 + 0.5) / 4, "p2": (2.4 + 0.1) / 4, "p3": np.nan}, nan_ok=True
    )
    assert table["culture"].tolist() == pytest.approx([0.5, 0.1, 0.4])
    assert run.table("rollup_untagged").to_numpy().tolist() == [["four-functions", "c"]]
    assert {"N173", "N175"} <= set(codes(run))
    wrong = write_study(values, HEAD, files={"tags.csv": tags.replace("culture", "cultur")})
    assert errors(wrong) == [("M261", "tags.csv", 4)]


TIERED = (
    '\n[tiers]\nindex = "i"\nmethod = "sizes(2, 2, 2)"\nprobability = "places"\n'
    'names = ["international", "national", "regional"]\n'
)


@pytest.mark.parametrize("tree", ["fa,i,1,\nfb,i,1,\nna,fa,1,a\nnb,fb,1,b", "fa,i,1,a\nfb,i,1,b"])
def test_containment_and_special_functions_against_brute_force(write_study, tree):
    rng = np.random.default_rng(3)
    values = {code: {2015: rng.uniform(0.1, 1, 6).round(3).tolist()} for code in ("a", "b", "c")}
    frame = f"node,parent,weight,indicator\ni,,,\n{tree}"
    more = HEAD + '[position.containment]\nniches = ["a", "b", "c"]\nk = 1.1\n' + TIERED
    run = ih.run(write_study(values, more, files={"framework.csv": frame}))
    assigned = run.table("tiers").query("assigned and definition == 'places'").set_index("place")["tier"]
    tier = assigned.map({"international": 0, "national": 1, "regional": 2})
    x = pd.DataFrame({name: by[2015] for name, by in values.items()}, index=[f"p{n}" for n in range(1, 7)])
    expected = {
        (node, h, low)
        for node, code in (("fa", "a"), ("fb", "b"))
        for h, low in itertools.permutations(x.index, 2)
        if tier[h] < tier[low] and x.loc[low, code] > x.loc[h, code]
    }
    found = run.table("containment")
    assert set(zip(found["function"], found["higher"], found["lower"], strict=True)) == expected
    lq = (x.T / x.sum(axis=1)).T / (x.sum() / x.to_numpy().sum())
    wanted = {
        (p, n): not any(lq.loc[q, n] > 1 for q in x.index if tier[q] < tier[p])
        for p in x.index
        for n in x.columns
        if tier[p] > 0 and lq.loc[p, n] > 1.1
    }
    special = run.table("special_functions")
    assert {(r.place, r.niche): r.special == "yes" for r in special.itertuples()} == wanted


def test_local_types_take_quantiles_among_all_and_quotients_from_two_indicators(write_study):
    values = {
        "people": {2015: [1.0, 5, 9, 7]}, "firms": {2015: [9.0, 5, 9, 1]},
        "niche": {2015: [8.0, 1, 1, 2]}, "all": {2015: [10.0, 10, 10, 10]},
    }  # fmt: skip
    more = HEAD + (
        '[position.local]\nplaces = ["p1", "p2", "p3"]\n'
        'measures = { people_density = "people", industry_density = "firms", niche_lq = ["niche", "all"] }\n'
    )
    run = ih.run(write_study(values, more))
    tests = run.table("local_tests").set_index(["place", "measure"])
    assert tests.loc[("p1", "people_density"), "bar"] == np.median([1, 5, 9, 7])
    assert tests.loc[("p1", "niche_lq"), "value"] == pytest.approx((8 / 10) / (12 / 40))
    assert run.table("local_types")["types"].tolist() == ["", "", ""]
    values["niche"] = {2015: [1.0, 1, 8, 2]}
    run = ih.run(write_study(values, more))
    assert run.table("local_types")["types"].tolist() == ["", "", "cluster"]


@pytest.mark.parametrize("compare", ["levels", "profile"])
def test_the_mixture_of_models_is_the_nearest_one(write_study, compare):
    names, slots, patterns = model_patterns()
    rng = np.random.default_rng(5)
    own = rng.uniform(0, 1, (len(slots), 3)).round(4)
    values = {f"x{n}": {2015: row.tolist()} for n, row in enumerate(own)}
    table = "slot,indicator\n" + "\n".join(f"{slot},x{n}" for n, slot in enumerate(slots))
    more = HEAD + f'[position.models]\ncompare = "{compare}"\n'
    run = ih.run(write_study(values, more, framed=list(values), files={"slots.csv": table}))
    target, vectors = own[:, 0], np.array(patterns)
    if compare == "profile":
        target, vectors = target / target.sum(), vectors / vectors.sum(axis=1, keepdims=True)
    best = minimize(
        lambda w: ((w @ vectors - target) ** 2).sum() * 1e4, np.full(len(names), 0.2), method="SLSQP",
        bounds=[(0, 1)] * len(names), constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 500},
    )  # fmt: skip
    mix = run.table("model_mix").set_index("model")
    assert mix.loc[list(names), "weight"].to_numpy() == pytest.approx(best.x, abs=1e-4)
    cosine = vectors @ target / np.linalg.norm(vectors, axis=1) / np.linalg.norm(target)
    assert mix.loc[list(names), "cosine"].to_numpy() == pytest.approx(cosine)


def test_modes_need_a_dominant_subject(write_study):
    actors = "place,actor,kind,weight\np1,a,企业,7\np1,b,高校,3\np2,a,企业,5\np2,b,研发机构,5"
    ties = "place,actor,other,weight\np1,a,b,2"
    more = HEAD + "[position.modes]\ntie_weight = 0.0\n"
    files = {"actors.csv": actors, "ties_actors.csv": ties}
    run = ih.run(write_study(ONE, more, files=files))
    table = run.table("modes").drop_duplicates("place").set_index("place")
    assert table["verdict"].to_dict() == {"p1": "emerging-industry", "p2": "mixed"}
    assert run.table("modes").query("place == 'p1' and mode == 'emerging-industry'")["by_actor"].item() == 0.7


def test_unevenness_is_compared_over_the_same_places_and_never_without_both(write_study):
    values = {"papers": {2015: [0.0, 2, 4, 12]}, "gdp": {2015: [2.0, 2, 2, None]}, "x": {2015: [1.0] * 4}}
    more = HEAD + '[position.unevenness]\nindicators = ["papers"]\nagainst = "gdp"\ndraws = 50\n'
    run = ih.run(write_study(values, more, framed=["x"]))
    row = run.table("unevenness").iloc[0]
    assert (row["places"], row["year"], row["second"]) == (3, 2015, 0)
    assert row["first"] == pytest.approx((1 * np.log(1) + 2 * np.log(2)) / 3)
    assert row["low"] >= 0
    assert "N401" in codes(run)
    assert {
        code for code, _, _ in errors(write_study(values, more.replace('"gdp"', '"gpd"'), framed=["x"]))
    } == {"M262"}


def test_similar_peers_are_nearest_in_z_scores_and_outcomes_are_refused(write_study):
    rng = np.random.default_rng(8)
    x = rng.lognormal(2, 1, (7, 3)).round(3)
    values = {code: {2015: x[:, n].tolist()} for n, code in enumerate("abc")} | {"x": {2015: [1.0] * 7}}
    more = HEAD + '[position.similar]\nvariables = ["a", "b", "c"]\nlogs = ["a"]\nk = 2\n'
    run = ih.run(write_study(values, more, framed=["x"]))
    x[:, 0] = np.log(x[:, 0])
    z = StandardScaler().fit_transform(x)
    expected = {f"p{n + 1}": np.linalg.norm(z[n] - z[0]) for n in range(1, 7)}
    table = run.table("similar").set_index("peer")
    assert table["distance"].to_dict() == pytest.approx(expected)
    assert table.index[table["chosen"]].tolist() == sorted(expected, key=expected.get)[:2]
    parts = run.table("similar_parts").groupby("peer")["contribution"].sum()
    assert parts.to_dict() == pytest.approx({peer: d**2 for peer, d in expected.items()})
    refused = write_study(values, more, framed=["a"])
    assert [code for code, _, _ in errors(refused)] == ["N136"]


def test_up_to_six_places_side_by_side(write_study):
    values = {"a": {2015: [3.0, 1, 2]}, "b": {2015: [5.0, 6, 6]}}
    indicators = told(("a", "count", 1), ("b", "count", -1))
    more = HEAD + '[position.compare]\nplaces = ["p1", "p3"]\nindicators = ["a", "b"]\n'
    run = ih.run(write_study(values, more, files={"indicators.csv": indicators}))
    table = run.table("comparison").set_index(["node", "place"])
    assert table["rank"].tolist() == [1, 2, 1, 2]
    assert table["best"].tolist() == [True, False, True, False]
    seven = more.replace('["p1", "p3"]', str([f"p{n}" for n in range(1, 8)]).replace("'", '"'))
    values = {"a": {2015: [float(n) for n in range(7)]}}
    assert errors(write_study(values, seven.replace(', "b"', "")))[0][0] == "N136"


def test_the_triangle_is_a_regression_with_place_and_year_effects(write_study):
    rng = np.random.default_rng(4)
    years, count = range(2010, 2017), 6
    cube = rng.normal(5, 1, (3, len(years), count)).round(4)
    values = {code: dict(zip(years, cube[n].tolist(), strict=True)) for n, code in enumerate("aid")}
    more = HEAD + '[position.triangle]\nagglomeration = "a"\ninnovation = "i"\ndiffusion = "d"\ndraws = 50\n'
    run = ih.run(write_study(values, more, framed=["a"]))
    arrows = run.table("triangle").set_index("start")["coefficient"]
    for n, start in enumerate(("agglomeration", "innovation", "diffusion")):
        rows = [(t, p) for t in range(len(years) - 1) for p in range(count)]
        dummies = np.array(
            [[float(p == q) for q in range(count)] + [float(t == s) for s in range(1, 6)] for t, p in rows]
        )
        design = np.column_stack([[cube[n, t, p] for t, p in rows], dummies])
        later = np.array([cube[(n + 1) % 3, t + 1, p] for t, p in rows])
        assert arrows[start] == pytest.approx(np.linalg.lstsq(design, later, rcond=None)[0][0])
    assert {"N150", "N155"} <= set(codes(run))


def test_a_short_panel_gives_the_balance_only(write_study):
    values = {"a": {2015: [0.2, 0.9]}, "i": {2015: [0.4, 0.9]}, "d": {2015: [0.8, 0.9]}}
    more = HEAD + '[position.triangle]\nagglomeration = "a"\ninnovation = "i"\ndiffusion = "d"\n'
    run = ih.run(write_study(values, more, framed=["a"]))
    row = run.table("balance").set_index("place").loc["p1"]
    assert row[["C", "T", "D"]].tolist() == pytest.approx([0.857143, 0.466667, 0.632456], abs=1e-6)
    assert row["lowest"] == "agglomeration"
    assert "triangle" not in run.table_names
    assert "N151" in codes(run)


def test_cases_of_the_catalogue_and_of_the_study(write_study):
    own = (
        "case,mode,subject,place,name_en,item,value,unit,year,source\n"
        "mine,university-park,大学,Here,Mine,labs,12,labs,2020,us\nmine,university-park,大学,Here,Mine,staff,300,persons,,us"
    )
    run = ih.run(write_study(ONE, HEAD + "cases = true\n", files={"cases.csv": own}))
    table = run.table("cases")
    assert table.query("case == 'mine'")["value"].tolist() == [12, 300]
    growth = table[table["case"].eq("dji") & table["unit"].eq("share / year")]["value"].item()
    assert growth == pytest.approx(1.2803, abs=5e-5)
    wrong = write_study(
        ONE,
        HEAD,
        files={"cases.csv": own.replace("university-park,大学,Here,Mine,staff", "park,x,Here,Mine,staff")},
    )
    assert errors(wrong) == [("M261", "cases.csv", 3), ("M261", "cases.csv", 3)]


def test_checklists_take_values_as_written_of_indicators_and_of_the_grid(write_study):
    values = {"x": {2015: [5.0, 1, 2, 9]}}
    rows = (
        "place,tier,mark,indicator,function,scope,value,relation,bar\n"
        "p1,national,research,,talent,international,,,\n"
        "p1,national,output,x,,,,>,4\n"
        "p1,national,radiation,,,,1,,"
    )
    peers = "scope,place\n" + "\n".join(f"international,p{n}" for n in (2, 3, 4))
    files = {
        "checklists.csv": rows,
        "peers.csv": peers,
        "functions.csv": "function,indicator,weight\ntalent,x,1",
    }
    run = ih.run(write_study(values, HEAD + '[position.checklist]\ntiers = ["national"]\n', files=files))
    table = run.table("checklists").set_index("mark")
    # Two of three peers are passed, below the suggested three quarters; a ratio of one is not above one.
    assert table.loc["research", ["value", "verdict"]].tolist() == [pytest.approx(2 / 3), "no"]
    assert table.loc["output", "verdict"] == "yes"
    assert table.loc["radiation", "verdict"] == "no"
    assert table.loc["talent", "verdict"] == "no data"
    assert run.table("checklist_counts")[["yes", "no", "no_data"]].to_numpy().tolist() == [[1, 2, 4]]


def test_answers_are_kept_until_something_changes_and_do_not_depend_on_row_order(write_study):
    head = "place,indicator,base,base_year,target,deadline,value,year\n"
    targets = head + "p1,x,1,2010,2,2020,1.5,2015\np2,x,1,2010,2,2020,1.2,2015"
    more = HEAD + '[position.scheme.sd-3]\nindicator = "x"\nclosed = "left"\n'
    folder = write_study(ONE, more, files={"targets.csv": targets})
    steps = {}
    first = ih.run(folder, progress=steps.__setitem__)
    assert steps["standing"] is True
    ih.run(folder, progress=steps.__setitem__)
    assert steps["standing"] is False
    (folder / "targets.csv").write_text(targets.replace("1.2", "1.9"), encoding="utf-8")
    second = ih.run(folder, progress=steps.__setitem__)
    assert steps["standing"] is True
    assert second.table("targets")["value"].tolist() == [1.5, 1.9]
    head, *rows = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    (folder / "panel.csv").write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    third = ih.run(folder)
    columns = ["place", "class", "lower", "upper"]
    old, new = (
        run.table("classes")[columns].sort_values("place", ignore_index=True) for run in (first, third)
    )
    pd.testing.assert_frame_equal(old, new)


def test_a_study_without_position_reads_none_of_these_tables(write_study):
    run = ih.run(write_study(ONE, files={"targets.csv": "nonsense"}))
    assert "targets" not in run.table_names


def test_every_table_is_documented_column_by_column(write_study, root):
    rng = np.random.default_rng(9)
    places, names = 8, ["a", "b", "c", "d", "e", "f", "g", "h"]
    years = range(2010, 2016)
    values = {
        name: {year: rng.uniform(1, 9, places).round(3).tolist() for year in years}
        for name in [*names, "y", "z"]
    }
    frame = "node,parent,weight,indicator\ni,,,\nfa,i,1,\nfb,i,1,\nfc,i,1,\n" + "\n".join(
        f"n_{name},f{'abc'[at % 3]},1,{name}" for at, name in enumerate(names)
    )
    more = (
        '\n[position]\nplaces = ["p1"]\nschemes = ["sd-3"]\ncases = true\n[position.scheme.sd-3]\nindex = "i"\n'
        'closed = "left"\n[position.checklist]\ntiers = ["local"]\n[position.stage]\n'
        'measures = { gdp_per_capita = "y" }\n[position.equivalent]\nindicator = "z"\nranking = ["p2", "p3"]\n'
        '[position.conditions]\npeers = ["p2", "p3", "p4"]\n[position.similar]\nvariables = ["y", "z"]\n'
        '[position.compare]\nindex = "i"\nplaces = ["p1", "p2"]\n[position.rollup]\n[position.containment]\n'
        'niches = ["a", "b"]\n[position.local]\nmeasures = { growth = "a", liveability = "b" }\n'
        '[position.models]\nmin_share = 0.1\n[position.modes]\n[position.triangle]\nindex = "i"\n'
        'agglomeration = "fa"\ninnovation = "fb"\ndiffusion = "fc"\n'
        + TIERED.replace("(2, 2, 2)", "(2, 2, 4)")
    )
    files = {
        "framework.csv": frame,
        "indicators.csv": told(
            *[(n, "count", 1) for n in names], ("y", "USD per person", 1), ("z", "count", 1)
        ),
        "checklists.csv": "place,tier,mark,value\np1,local,tie,1",
        "conditions.csv": "condition,indicator\nsize,z",
        "targets.csv": "place,indicator,base,base_year,target,deadline\np1,z,1,2010,9,2020",
        "technologies.csv": "place,leading,parallel,following\np1,1,2,3",
        "classes.csv": "place,scheme,class\np1,2thinknow-5,node",
        "tags.csv": "hierarchy,slot,indicator\nfour-functions,science,a",
        "slots.csv": "slot,indicator\nknowledge,a\nindustry,b",
        "actors.csv": "place,actor,kind\np1,a,firm",
    }
    run = ih.run(write_study(values, more, normalise="minmax(0, 1)", files=files))
    documented = tomllib.loads((root / "docs" / "tables.toml").read_text(encoding="utf-8"))
    given = {name: list(run.table(name).columns) for name in run.table_names}
    assert set(STANDING) <= set(given)
    wanted = {name: list(documented[name]["columns"]) for name in STANDING}
    assert {name: sorted(given[name]) for name in STANDING} == {n: sorted(c) for n, c in wanted.items()}


def test_ratings_add_up_and_tiers_by_scope_take_the_widest_scope(write_study):
    values = {
        "a": {2015: [4.0, 2, 3, 1]}, "b": {2015: [4.0, 2, 1, 1]},
        "c": {2015: [3.0, 4, 2, 1]}, "d": {2015: [4.0, 4, 4, 1]},
    }  # fmt: skip
    parts = 'parts = { training = "a", companies = "b", drive = "c", capital = "d" }\n'
    more = (
        HEAD
        + f"[position.scheme.wired-2000]\n{parts}"
        + (
            "[position.scheme.tiers-scope]\nshare = 0.5\nfunctions = 2\n"
            'parts = { science = "a", technology = "b", industry = "c" }\n'
        )
    )
    places = {"kind": ["city"] * 4, "country": ["CN", "CN", "US", "US"], "region": ["S", "N", "E", "W"]}
    run = ih.run(write_study(values, more, places=places))
    found = run.table("classes").set_index(["scheme", "place"])["class"]
    assert found["wired-2000"].tolist() == ["15", "12", "10", "4"]
    # World totals 10, 8, 10: p1 has half of b only. China: p1 has two thirds of a and b; America: p3 three quarters of
    # a, half of b, two thirds of c. Each is alone in its region.
    assert found["tiers-scope"].to_dict() == {
        "p1": "national",
        "p2": "regional",
        "p3": "national",
        "p4": "regional",
    }
    # Within one country the same values say nothing of the world, and nobody is local or national by it.
    alone = ih.run(write_study(values, more, places={**places, "country": ["CN"] * 4})).table("classes")
    tiers = alone[alone["scheme"] == "tiers-scope"].set_index("place")
    assert tiers["class"].tolist() == ["regional"] * 4
    assert set(tiers["next_class"]) == {"national"}
    short = write_study(values, more.replace('industry = "c"', 'trade = "c"'), places=places)
    assert [code for code, _, _ in errors(short)] == ["N179"]


def test_limits_of_a_scheme_that_publishes_only_names_are_the_user_s(write_study):
    limits = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    more = HEAD + f'[position.scheme.gawc-12]\nindicator = "x"\nlimits = {limits}\n'
    run = ih.run(write_study({"x": {2015: [11.0, 1.0, 0.5]}}, more + 'closed = "left"\n'))
    assert run.table("classes")["value"].tolist() == [11.0, 1.0, 0.5]
    assert run.table("classes")["next_class"].iloc[0] == ""
    assert [c for c, _, _ in errors(write_study(ONE, more))] == ["N167"]
    assert [
        c for c, _, _ in errors(write_study(ONE, more.replace(f"{limits}", "[3, 2]") + 'closed = "left"\n'))
    ] == ["N165"]
    assert [
        c for c, _, _ in errors(write_study(ONE, HEAD + '[position.scheme.gawc-12]\nindicator = "x"\n'))
    ] == ["N163"]


def test_own_stages_name_the_cell_that_cannot_be_used(write_study):
    head = "scheme,measure,stage,name_zh,name_en,threshold,closed,currency,base_year,source\n"
    rows = (
        "own,wealth,early,早,Early,1000,left,USD,2015,us\n\nown,wealth,late,晚,Late,{late},left,USD,2015,us"
    )
    values = {"w": {2015: [999.9, 1000.0, 5000.0]}, "x": ONE["x"]}
    more = '\n[position]\nplaces = ["p1", "p2", "p3"]\n[position.stage]\nscheme = "own"\nmeasures = { wealth = "w" }\n'
    files = {"indicators.csv": told(("w", "USD per person", 1), ("x", "count", 1))}
    files["stages.csv"] = head + rows.format(late=5000)
    run = ih.run(write_study(values, more, framed=["x"], files=files))
    assert run.table("stages")["stage"].tolist() == ["", "early", "late"]
    files["stages.csv"] = head + rows.format(late=-5)
    assert errors(write_study(values, more, framed=["x"], files=files)) == [("N123", "stages.csv", 4)]


def test_counts_of_technologies_are_whole(write_study):
    table = "place,leading,parallel,following\np1,1.5,2,3\np2,-1,2,3"
    folder = write_study(ONE, HEAD, files={"technologies.csv": table})
    assert errors(folder) == [("M261", "technologies.csv", 2)]
    folder = write_study(ONE, HEAD, files={"technologies.csv": table.replace("1.5", "1")})
    assert errors(folder) == [("N121", "technologies.csv", 3)]


def test_a_place_outside_of_the_index_is_said_to_be_left_out_of_the_models(write_study):
    values = {"x": {2015: [1.0, 2.0, None]}}
    more = '\n[position]\nplaces = ["p1", "p3"]\n[position.models]\nmin_share = 0.05\n'
    run = ih.run(write_study(values, more, files={"slots.csv": "slot,indicator\nknowledge,x"}))
    assert run.table("model_fit")["place"].tolist() == ["p1"]
    assert run.table("findings").query("code == 'L111'")["value"].tolist() == ["p3"]


def test_a_study_without_an_index_is_compared_on_indicators_and_rolled_up_by_range(tmp_path):
    texts = {
        "study.toml": '[study]\nid = "bare"\ntitle = "Bare"\nyear = 2015\n[position]\nplaces = ["a"]\n'
        '[position.compare]\nplaces = ["a", "b"]\n[position.rollup]\n',
        "places.csv": "place,kind,name_zh,name_en\na,city,甲,A\nb,city,乙,B\nc,city,丙,C\nn,country,国,N",
        "indicators.csv": told(("x", "count", 1), ("y", "count", -1)),
        "panel.csv": "place,indicator,year,value\na,x,2015,1\nb,x,2014,3\nc,x,2015,2\nn,x,2015,100\n"
        "a,y,2015,5\nb,y,2015,1",
        "tags.csv": "hierarchy,slot,indicator\nfour-functions,science,x\nfour-functions,industry,y",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert errors(tmp_path) == [("M269", "study.toml", 7)]
    with_indicators = texts["study.toml"].replace('["a", "b"]\n', '["a", "b"]\nindicators = ["x", "y"]\n')
    (tmp_path / "study.toml").write_text(with_indicators, encoding="utf-8")
    run = ih.run(tmp_path)
    table = run.table("comparison").set_index(["node", "place"])
    assert table["rank"].tolist() == [3, 1, 2, 1]
    assert table.loc["x", "of"].tolist() == [3, 3]
    assert table.loc["x", "marks"].tolist() == ["year", "year"]
    # The country is of another kind: it is neither ranked nor does it stretch the range.
    scores = run.table("rollups").dropna(subset="score").set_index(["slot", "place"])["score"]
    assert scores.to_dict() == {
        ("science", "a"): 0.0, ("science", "b"): 1.0, ("science", "c"): 0.5, ("industry", "a"): 0.0,
        ("industry", "b"): 1.0,
    }  # fmt: skip
