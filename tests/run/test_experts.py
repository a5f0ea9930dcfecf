"""Weights from experts, combined weights and benefit of the doubt, through a study folder to the result tables."""

import tomllib
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import innohub as ih
from innohub.errors import InnohubError

PLACES = ["u1", "u2", "u3", "u4"]
A = np.array([[10.0, 0, 5], [20, 2, 4], [30, 3, 9], [40, 15, 2]])
ONE = {"a,b": "3", "a,c": "5", "b,c": "2"}
TWO = {"a,b": "5", "a,c": "3", "b,c": "1/2"}
TABLES = ("experts", "combination", "benefit")


def judgements(node="i", **experts):
    rows = [
        f"{name},{node},{pair},{value}" for name, pairs in experts.items() for pair, value in pairs.items()
    ]
    return "\n".join(["expert,node,first,second,value", *rows]) + "\n"


def study(folder, section, values=A, directions=(1, 1, -1), *, given=None, framework=None, **tables):
    """Write a study of places u1, u2, … over indicators a, b, …, all below the node i unless a framework is given."""
    codes = list("abcdefghjkl"[: values.shape[1]])
    names = [f"u{i + 1}" for i in range(len(values))]
    weights = given or [""] * len(codes)
    leaves = "".join(f"{code},i,{weight},{code}\n" for code, weight in zip(codes, weights, strict=True))
    cells = "".join(
        f"{place},{code},2020,{'' if np.isnan(x) else repr(float(x))},n\n"
        for place, row in zip(names, values, strict=True)
        for code, x in zip(codes, row, strict=True)
    )
    files = {
        "study.toml": f'[study]\nid = "x"\ntitle = "x"\nyear = 2020\n\n[index.x]\n{section}',
        "places.csv": "place,name_en\n" + "".join(f"{place},{place}\n" for place in names),
        "indicators.csv": "indicator,name_en,unit,direction\n"
        + "".join(f"{code},{code},n,{sign}\n" for code, sign in zip(codes, directions, strict=True)),
        "framework.csv": framework or f"node,parent,weight,indicator\ni,,,\n{leaves}",
        "panel.csv": f"place,indicator,year,value,unit\n{cells}",
        **{f"{name}.csv": text for name, text in tables.items()},
    }
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def section(weights, more="", vary="fixed", draws=100, sampling="random"):
    plan = f'draws = {draws}\nsampling = "{sampling}"\nvary = {{ weights = "{vary}" }}\n'
    return f'weights = "{weights}"\n{more}\n[index.x.uncertainty]\n{plan}'


def shares(run, node="i"):
    weights = run.table("weights").query("node != @node")
    return weights.set_index("node")["share"]


def refused(folder):
    with pytest.raises(InnohubError) as caught:
        ih.run(folder)
    return caught.value


# AHP


@pytest.mark.reference
def test_handbook_judgements_weigh_an_index(tmp_path):
    run = ih.run(study(tmp_path / "s", section("ahp"), judgements=judgements(one=ONE)))
    expected = [0.648329, 0.229651, 0.122020]
    np.testing.assert_allclose(shares(run), expected, atol=1e-6)
    z = np.array([[0, 0, 4 / 7], [1 / 3, 2 / 15, 5 / 7], [2 / 3, 0.2, 0], [1, 1, 1]])
    scores = run.table("scores").set_index("place")["score"]
    np.testing.assert_allclose(scores[PLACES], z @ expected, atol=1e-6)
    table = run.table("experts").set_index(["expert", "item"])
    assert table.loc[("one", "a"), "consistency"] == pytest.approx(0.003185, abs=1e-6)
    assert table.loc[("", "a"), "consistency"] == pytest.approx(0.003185, abs=1e-6)
    assert not run.table("findings")["code"].str.startswith("N0").any()


@pytest.mark.reference
def test_handbook_group_by_judgements_and_by_priorities(tmp_path):
    said = judgements(one=ONE, two=TWO)
    more = '[index.x.alternatives.aip]\nweights = "ahp(geometric_mean, aip)"\n'
    run = ih.run(study(tmp_path / "s", section("ahp(eigenvector, aij)") + more, judgements=said))
    np.testing.assert_allclose(shares(run), [0.659458, 0.170271, 0.170271], atol=1e-6)
    table = run.table("experts").pivot(index="expert", columns="item", values="share")
    np.testing.assert_allclose(table.loc["two"], [0.648329, 0.122020, 0.229651], atol=1e-6)
    # Geometric means of rows agree with either order of averaging: here a by 15/√15·√15.
    rows = np.array([[15, 15], [1 / 15, 1], [1 / 15, 1]]).prod(axis=1) ** (1 / 6)
    z = np.array([[0, 0, 4 / 7], [1 / 3, 2 / 15, 5 / 7], [2 / 3, 0.2, 0], [1, 1, 1]])
    other = run.table("alternatives").set_index("place")["score"]
    np.testing.assert_allclose(other[PLACES], z @ (rows / rows.sum()), atol=1e-9)


@pytest.mark.reference
def test_handbook_contradiction_is_told_with_its_row(tmp_path):
    said = judgements(one={**ONE, "a,c": "1/5"})
    run = ih.run(study(tmp_path / "s", section("ahp"), judgements=said))
    told = run.table("findings").query("code == 'N005'")
    assert len(told) == 1
    assert "1.232" in told["en"].iloc[0]
    assert (told["file"].iloc[0], told["row"].iloc[0]) == ("judgements.csv", 3)
    assert run.table("experts")["consistency"].iloc[0] == pytest.approx(1.232, abs=5e-4)


def test_heads_names_and_the_whole_matrix_are_understood(tmp_path):
    whole = "专家,节点,前项,后项,判断\n"
    m = {("a", "b"): "3", ("a", "c"): "5", ("b", "c"): "2", ("b", "a"): "1/3", ("c", "a"): "1／5"}
    m |= {("c", "b"): "0.5", ("a", "a"): "1"}
    whole += "".join(f"李,指数,{x},{y},{value}\n" for (x, y), value in m.items())
    tree = "node,parent,name_zh,indicator\ni,,指数,\na,i,,a\nb,i,,b\nc,i,,c\n"
    run = ih.run(study(tmp_path / "s", section("ahp"), framework=tree, judgements=whole))
    np.testing.assert_allclose(shares(run), [0.648329, 0.229651, 0.122020], atol=1e-6)
    assert len(run.table("judgements")) == 3


def test_a_constant_indicator_gives_its_share_to_the_others(tmp_path):
    values = A.copy()
    values[:, 1] = 7
    run = ih.run(study(tmp_path / "s", section("ahp"), values, judgements=judgements(one=ONE)))
    w = np.array([0.648329, 0, 0.122020])
    np.testing.assert_allclose(shares(run), w / w.sum(), atol=1e-6)
    assert run.table("experts").query("expert == ''")["share"].sum() == pytest.approx(1)


def test_more_than_ten_items_need_a_random_index(tmp_path):
    rng = np.random.default_rng(3)
    codes = "abcdefghjkl"
    w = rng.uniform(1, 3, 11)
    said = judgements(
        one={f"{x},{y}": repr(float(w[i] / w[j])) for (i, x), (j, y) in combinations(enumerate(codes), 2)}
    )
    values, up = rng.uniform(1, 9, (5, 11)), [1] * 11
    problem = refused(study(tmp_path / "s", section("ahp"), values, up, judgements=said))
    text = problem.render("en")
    assert "S149" in text
    assert "key index.x.ahp.random_index" in text
    assert "11 = " in text
    more = section("ahp") + "[index.x.ahp]\nrandom_index = { 11 = 1.51 }\n"
    run = ih.run(study(tmp_path / "s", more, values, up, judgements=said))
    np.testing.assert_allclose(shares(run), w / w.sum(), atol=1e-9)
    assert run.table("experts")["consistency"].max() == pytest.approx(0, abs=1e-9)


def test_the_nodes_that_lack_judgements_are_named_all_at_once(tmp_path):
    tree = "node,parent,indicator\ni,,\nl,i,\nr,i,\na,l,a\nb,l,b\nc,r,c\n"
    said = judgements("i", one={"l,r": "2"})
    problem = refused(study(tmp_path / "s", section("ahp"), framework=tree, judgements=said))
    assert [(each.code, each.params["node"]) for each in problem.findings] == [("M150", "l")]
    assert "a – b" in problem.render("zh")
    alone = section("equal", '[index.x.nodes.i]\nweights = "ahp"\n')
    run = ih.run(study(tmp_path / "s", alone, framework=tree, judgements=said))
    assert shares(run)[["l", "r"]].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_experts_are_asked_in_a_design_and_failures_are_named(tmp_path):
    more = '[index.x.design]\nweights = ["equal", "ahp", "budget"]\n'
    points = "expert,node,item,points\none,i,a,10\none,i,b,0\none,i,c,90\n"
    folder = study(tmp_path / "s", section("equal") + more, judgements=judgements(one=ONE), points=points)
    run = ih.run(folder)
    ranks = run.table("design").pivot(index="weights", columns="place", values="rank")
    z = np.array([[0, 0, 4 / 7], [1 / 3, 2 / 15, 5 / 7], [2 / 3, 0.2, 0], [1, 1, 1]])
    for name, w in {"ahp": [0.648329, 0.229651, 0.122020], "budget": [0.1, 0, 0.9]}.items():
        row = next(label for label in ranks.index if label.startswith(name))
        expected = (-(z @ w)).argsort().argsort() + 1
        assert ranks.loc[row, PLACES].tolist() == expected.tolist()


# Points, and weights combined


def test_points_are_averaged(tmp_path):
    points = "expert,node,item,points\n"
    for expert, given in {"p": (50, 30, 20), "q": (70, 10, 20)}.items():
        points += "".join(f"{expert},i,{item},{value}\n" for item, value in zip("abc", given, strict=True))
    run = ih.run(study(tmp_path / "s", section("budget"), points=points))
    np.testing.assert_allclose(shares(run), [0.6, 0.2, 0.2])
    assert run.table("experts")["consistency"].isna().all()


FOUR = np.array([[1.0, 5, 3, 2], [2, 3, 3, 7], [4, 1, 8, 1], [3, 2, 9, 5]])
POINTS = "expert,node,item,points\np,i,a,40\np,i,b,30\np,i,c,20\np,i,d,10\n"


def combined(tmp_path, how, combine='["budget", "given"]', given=(25, 20, 30, 25)):
    text = section(how, f"combine = {combine}")
    return ih.run(study(tmp_path / "s", text, FOUR, [1] * 4, given=list(given), points=POINTS))


def test_game_product_and_mean(tmp_path):
    one, two = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.25, 0.2, 0.3, 0.25])
    a, b, c = one @ one, two @ two, one @ two
    first, second = b * (a - c), a * (b - c)
    run = combined(tmp_path, "combine(game)")
    np.testing.assert_allclose(shares(run), (first * one + second * two) / (first + second), atol=1e-12)
    np.testing.assert_allclose(shares(run), [0.3736, 0.2824, 0.2176, 0.1264], atol=5e-5)
    table = run.table("combination")
    coefficients = table.drop_duplicates("method")["coefficient"].tolist()
    assert coefficients[:2] == pytest.approx([first / (first + second), second / (first + second)])
    assert np.isnan(coefficients[2])
    assert table.groupby("method")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    np.testing.assert_allclose(shares(combined(tmp_path, "combine(mean)")), (one + two) / 2)
    product = one * two / (one @ two)
    np.testing.assert_allclose(shares(combined(tmp_path, "combine(product)")), product)


def test_a_game_without_a_positive_coefficient_names_node_and_method(tmp_path):
    with pytest.raises(InnohubError) as caught:
        combined(tmp_path, "combine(game)", '["budget", "equal"]')
    text = caught.value.render("en")
    assert "no positive share to: equal" in text
    assert "Node i" in text
    run = combined(tmp_path, "combine(game, negative = bounded)", '["budget", "equal"]')
    np.testing.assert_allclose(shares(run), [0.4, 0.3, 0.2, 0.1], atol=1e-12)
    assert "N009" in set(run.table("findings")["code"])


# Draws


def test_draws_take_one_expert_at_all_nodes(tmp_path):
    tree = "node,parent,indicator\ni,,\nl,i,\nr,i,\na,l,a\nb,l,b\nc,r,c\nd,r,d\n"
    said = judgements("i", one={"l,r": "3"}, two={"l,r": "1"})
    said += "two,l,a,b,1/4\none,l,a,b,4\n"
    text = section("ahp", '[index.x.nodes.r]\nweights = "equal"\n', "experts(expert)", 4000)
    run = ih.run(study(tmp_path / "s", text, FOUR, [1] * 4, framework=tree, judgements=said))
    draws = run.table("draws").pivot(index="draw", columns="node", values="weight")
    kinds = draws.round(9).value_counts(normalize=True)
    expected = {
        (0.75 * 0.8, 0.75 * 0.2, 0.125, 0.125),
        (0.5 * 0.2, 0.5 * 0.8, 0.25, 0.25),
    }
    assert {tuple(kind) for kind in kinds.index} == {tuple(np.round(each, 9)) for each in expected}
    np.testing.assert_allclose(kinds, 0.5, atol=0.04)


@pytest.mark.parametrize("sampling", ["random", "quasi-random"])
def test_draws_of_a_panel_keep_its_mean(tmp_path, sampling):
    said = judgements(one=ONE, two=TWO, three={"a,b": "1/2", "a,c": "1/4", "b,c": "1/2"})
    each = []
    for how in ("expert", "panel"):
        text = section("ahp", vary=f"experts({how})", draws=16384, sampling=sampling)
        run = ih.run(study(tmp_path / how, text, judgements=said))
        each.append(run.table("draws").pivot(index="draw", columns="node", values="weight"))
    spread = run.table("experts").query("expert != ''").pivot(index="expert", columns="item", values="share")
    for draws, divisor in zip(each, (1, 3), strict=True):
        np.testing.assert_allclose(draws.mean(), spread.mean(), atol=0.03)
        np.testing.assert_allclose(draws.var(), spread.var(ddof=0) / divisor, rtol=0.12)
        np.testing.assert_allclose(draws.sum(axis=1), 1)


def test_draws_at_a_combined_node_put_the_expert_in_the_place_of_the_group(tmp_path):
    text = section("combine(mean)", 'combine = ["ahp", "given"]', "experts(expert)", 200)
    said = judgements(one=ONE, two=TWO)
    run = ih.run(study(tmp_path / "s", text, given=[1, 1, 2], judgements=said))
    draws = run.table("draws").pivot(index="draw", columns="node", values="weight").drop_duplicates()
    own = run.table("experts").query("expert != ''").pivot(index="expert", columns="item", values="share")
    expected = (own.to_numpy() + np.array([0.25, 0.25, 0.5])) / 2
    np.testing.assert_allclose(np.sort(draws, axis=0), np.sort(expected, axis=0), atol=1e-12)


def test_draws_without_any_expert_are_refused(tmp_path):
    text = refused(study(tmp_path / "s", section("equal", vary="experts"))).render("en")
    assert "M152" in text
    assert "key index.x.uncertainty.vary.weights" in text


# Benefit of the doubt

Y = np.array([[0.8, 0.3], [0.4, 0.9], [0.5, 0.4]])


def doubt(folder, how, values=Y, more=""):
    text = f'normalise = "none"\naggregate = "{how}"\n' + section("equal", more, "dirichlet(1)", 300)
    return study(folder, text, values, [1] * values.shape[1])


@pytest.mark.reference
def test_handbook_benefit_of_the_doubt(tmp_path):
    run = ih.run(doubt(tmp_path / "s", "bod", more='[index.x.alternatives.b]\naggregate = "bod(0.25, 0.75)"'))
    scores = run.table("scores").set_index("place")
    np.testing.assert_allclose(scores["score"], [1, 1, 0.766667], atol=1e-6)
    assert scores["rank"].tolist() == [1, 1, 3]
    assert (scores["rank_low"] == scores["rank"]).all()
    assert (scores["rank_high"] == scores["rank"]).all()
    other = run.table("alternatives").set_index("place")["score"]
    np.testing.assert_allclose(other, [0.888889, 1, 0.766667], atol=1e-6)
    table = run.table("benefit")
    assert table.groupby("place")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    w = table.pivot(index="place", columns="item", values="weight").to_numpy()
    np.testing.assert_allclose((w * Y).sum(axis=1), scores["score"])
    assert (w @ Y.T <= 1 + 1e-9).all()


@pytest.mark.parametrize(
    ("how", "cell", "code"),
    [
        ("bod", np.nan, "S140"),
        ("bod", -1.0, "S144"),
        ("bod(0.6, 1)", 0.4, "S145"),
        ("bod(0.1, 1)", 0.0, "S146"),
    ],
)
def test_benefit_of_the_doubt_names_what_it_cannot_take(tmp_path, how, cell, code):
    values = Y.copy()
    values[2, 1] = cell
    problem = refused(doubt(tmp_path / "s", how, values, "missing = { min_share = 0.5 }"))
    text = problem.render("en")
    assert code in text
    assert {"S140": "u3/b", "S144": "In: b", "S145": "sum to 1.2", "S146": "for: u3"}[code] in text
    assert code in problem.render("zh")


def test_a_place_of_zeros_scores_zero_and_is_told(tmp_path):
    values = np.vstack([Y, [0, 0]])
    run = ih.run(doubt(tmp_path / "s", "bod", values))
    scores = run.table("scores").set_index("place")
    assert scores.loc["u4", "score"] == 0
    assert run.table("benefit").set_index("place").loc["u4", "share"].isna().all()
    assert "N006" in set(run.table("findings")["code"])


def test_benefit_of_the_doubt_over_drawn_scores_and_over_years(tmp_path):
    tree = "node,parent,indicator\ni,,\nl,i,\nr,i,\na,l,a\nb,l,b\nc,r,c\nd,r,d\n"
    text = '[index.x.nodes.i]\naggregate = "bod"\n'
    text = section("equal", 'normalise = "minmax(1, 100)"\n' + text, "dirichlet(1)", 400)
    run = ih.run(study(tmp_path / "s", text, FOUR, [1] * 4, framework=tree))
    scores = run.table("scores").query("node == 'i'")
    assert scores["score"].max() == pytest.approx(1)
    assert (scores["score_low"] <= scores["score"] + 1e-9).all()
    assert (scores["score_low"] < scores["score_high"] - 1e-3).any()


# Runs


def files(run):
    return {path.name: path.read_bytes() for path in run.folder.glob("*.parquet")}


def test_the_same_study_gives_the_same_bytes_and_a_judgement_counts(tmp_path):
    text = section("combine(mean)", 'combine = ["ahp", "entropy"]', "experts(panel)", 500)
    text += '[index.x.alternatives.doubt]\naggregate = "bod"\n'
    said = judgements(one=ONE, two=TWO)
    first, second = (study(tmp_path / name, text, judgements=said) for name in ("one", "two"))
    before = ih.run(first)
    assert files(before) == files(ih.run(second))
    assert ih.run(first).folder == before.folder
    path = first / "judgements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("one,i,a,b,3", "one,i,a,b,4"), encoding="utf-8")
    told = []
    after = ih.run(first, progress=lambda step, computed: told.append((step, computed)))
    assert ("index:x", True) in told
    assert not np.allclose(shares(before), shares(after), atol=1e-4)


def test_all_tables_have_the_columns_that_are_documented(tmp_path, root):
    text = section("combine(mean)", 'combine = ["ahp", "entropy"]\naggregate = "bod"', "experts")
    points = "expert,node,item,points\none,i,a,10\none,i,b,0\none,i,c,90\n"
    text += '[index.x.alternatives.p]\nweights = "budget"\n'
    run = ih.run(study(tmp_path / "s", text, judgements=judgements(one=ONE), points=points))
    told = tomllib.loads((root / "docs" / "tables.toml").read_text(encoding="utf-8"))
    for name in (*TABLES, "judgements", "points"):
        assert list(run.table(name).columns) == list(told[name]["columns"]), name
    assert isinstance(run.table("benefit"), pd.DataFrame)
