"""Hub position, variety of laboratories and paths to a centre, through a study folder."""

import tomllib

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import innohub as ih
from innohub.errors import InnohubError
from innohub.run import check

HEAD = '\n[position]\nplaces = ["p1"]\n'
HUB = HEAD + '[position.hub]\nconcentration = "x"\n'
ONE = {"x": {2015: [1.0, 2.0, 3.0]}}
TIES = "place,other,weight,directed\np1,p2,5,true\np2,p1,2,true\np3,p1,1,true\np2,p3,4,true"


def codes(run):
    return run.table("findings")["code"].tolist()


def found(folder, level="error"):
    """The findings of a check as (code, file, row), each fit to be shown in both languages."""
    hits = [finding for finding in check(folder) if finding.level == level]
    for finding in hits:
        for language in ("zh", "en"):
            assert finding.text("title", language) and finding.text("hint", language)
            assert "{" not in finding.render(language)
    return [(finding.code, finding.file, finding.row) for finding in hits]


def hub(folder):
    return ih.run(folder).table("hub_position").set_index("place")


def test_hub_position_takes_strengths_ways_and_percentiles(write_study):
    folder = write_study(ONE, HUB, files={"ties.csv": TIES})
    run = ih.run(folder)
    table = run.table("hub_position").set_index("place")
    assert table["out_strength"].to_dict() == {"p1": 5, "p2": 6, "p3": 1}
    assert table["net_strength"].to_dict() == pytest.approx({"p1": 2, "p2": 1, "p3": -3})
    assert table["strength"].to_dict() == {"p1": 8, "p2": 11, "p3": 5}
    # From 3 to 2 only over 1, from 1 to 3 only over 2; each of two pairs of others.
    assert table["through"].to_dict() == {"p1": 0.5, "p2": 0.5, "p3": 0.0}
    assert table["through_percentile"].to_dict() == pytest.approx({"p1": 2 / 3, "p2": 2 / 3, "p3": 1 / 6})
    assert table["net_percentile"].to_dict() == pytest.approx({"p1": 5 / 6, "p2": 1 / 2, "p3": 1 / 6})
    assert table["control"].to_dict() == pytest.approx({"p1": 3 / 4, "p2": 7 / 12, "p3": 1 / 6})
    assert table["concentration"].to_dict() == pytest.approx({"p1": 1 / 6, "p2": 1 / 2, "p3": 5 / 6})
    assert table["class"].to_dict() == {"p1": "hub", "p2": "node", "p3": "node"}
    assert table.loc["p1", ["next_class", "lacks", "class_zh"]].tolist() == [
        "centre",
        "concentration",
        "枢纽",
    ]
    assert table.loc["p1", "distance"] == pytest.approx(0.9 - 1 / 6)
    assert table["share"].to_dict() == pytest.approx({"p1": 1 / 6, "p2": 1 / 3, "p3": 1 / 2})
    # Every value leads to its row.
    assert table.loc["p3", ["file", "row", "value", "unit", "value_year"]].tolist() == [
        "panel.csv", 4, 3.0, "count", 2015,
    ]  # fmt: skip
    ties = run.table("hub_ties")
    assert ties[["place", "other", "weight", "file", "row"]].to_numpy().tolist()[1] == [
        "p2",
        "p1",
        2,
        "ties.csv",
        3,
    ]
    assert "L204" not in codes(run) and "N148" in codes(run)


def test_ties_without_direction_have_no_net_strength_and_say_so(write_study):
    ties = "place,other,weight\np1,p2,5\np2,p3,2"
    folder = write_study(ONE, HUB, files={"ties.csv": ties})
    assert ("L204", "study.toml", None) in [(c, f, None) for c, f, _ in found(folder, "warning")]
    table = hub(folder)
    assert table[["net_strength", "out_strength", "net_percentile"]].isna().all(axis=None)
    assert table["control"].tolist() == table["through_percentile"].tolist()
    assert table["through"].tolist() == [0, 1, 0]
    # The only place that others' ties pass through stands at 5/6: above 0.7, below 0.9.
    assert table["class"].to_dict() == {"p1": "node", "p2": "hub", "p3": "node"}


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ("{ hub = { concentration = 0.0, control = 0.75 } }", "hub"),
        ("{ hub = { concentration = 0.0, control = 0.7501 } }", "node"),
        (
            "{ centre = { concentration = 0.1666, control = 0.75 }, hub = { concentration = 0.1, control = 0.7 } }",
            "centre",
        ),
        (
            "{ centre = { concentration = 0.1667, control = 0.75 }, hub = { concentration = 0.1, control = 0.7 } }",
            "hub",
        ),
        (
            "{ centre = { concentration = 0.1666, control = 0.7501 }, hub = { concentration = 0.1, control = 0.7 } }",
            "hub",
        ),
        ("{ hub = { concentration = 0.1667, control = 0.7 } }", "node"),
    ],
)
def test_every_limit_of_the_hub_classes_from_both_sides(write_study, limits, expected):
    run = ih.run(write_study(ONE, HUB + f"limits = {limits}\n", files={"ties.csv": TIES}))
    assert run.table("hub_position").set_index("place").loc["p1", "class"] == expected
    told = run.table("hub_limits").set_index("class")
    assert told.loc["hub", "given_by"] == "study" and told.loc["node", "given_by"] == "catalogue"


def test_layers_are_computed_each_for_itself_and_of_one_year(write_study):
    ties = (
        "place,other,weight,layer,year\np1,p2,1,papers,2014\np2,p3,1,papers,2014\np1,p3,9,papers,2012\n"
        "p1,p3,2,patents,2015\np3,p2,2,patents,2015\np1,p2,1,patents,\np1,p2,1,old,2010"
    )
    values = {"x": {2015: [1.0, 2.0, 3.0]}}
    folder = write_study(values, HUB + "max_gap = 2\n", files={"ties.csv": ties})
    table = ih.run(folder).table("hub_position")
    through = table.pivot_table(index="layer", columns="place", values="through", sort=False)
    assert through.to_dict("index") == {
        "papers": {"p1": 0, "p2": 1, "p3": 0}, "patents": {"p1": 0, "p2": 0, "p3": 1},
    }  # fmt: skip
    assert table.groupby("layer")["year"].first().to_dict() == {"papers": 2014, "patents": 2015}
    noticed = found(folder, "warning")
    assert ("L205", "ties.csv", 7) in noticed and ("L206", "ties.csv", 8) in noticed
    one = write_study(values, HUB + 'max_gap = 2\nlayers = ["patents"]\n', files={"ties.csv": ties})
    assert set(ih.run(one).table("hub_position")["layer"]) == {"patents"}
    wrong = write_study(values, HUB + 'layers = ["patent"]\n', files={"ties.csv": ties})
    assert [code for code, _, _ in found(wrong)] == ["M262"]


def test_a_year_as_near_on_either_side_is_the_later_one(write_study):
    ties = "place,other,year\np1,p2,2014\np2,p3,2014\np1,p3,2016\np3,p2,2016\np1,p2,2011"
    table = hub(write_study(ONE, HUB + "max_gap = 1\n", files={"ties.csv": ties}))
    assert table["year"].tolist() == [2016] * 3 and table["through"].to_dict()["p3"] == 1


def test_concentration_may_be_a_node_of_an_index(write_study):
    values = {"x": {2015: [1.0, 2.0, 3.0]}, "y": {2015: [9.0, 5.0, 1.0]}}
    more = HEAD + '[position.hub]\nindex = "i"\nconcentration = "n_y"\n'
    table = hub(write_study(values, more, framed=["x", "y"], normalise="zscore", files={"ties.csv": TIES}))
    assert table["concentration"].to_dict() == pytest.approx({"p1": 5 / 6, "p2": 1 / 2, "p3": 1 / 6})
    assert table["share"].isna().all() and set(table["node"]) == {"n_y"} and set(table["file"]) == {""}
    root = hub(write_study(values, HEAD + "[position.hub]\n", framed=["x", "y"], files={"ties.csv": TIES}))
    assert set(root["index"]) == {"i"} and root["value"].tolist() == pytest.approx([5, 3.5, 2])


def test_places_without_resources_or_ties_are_told(write_study):
    values = {"x": {2015: [1.0, None, 3.0, 4.0, 2.0]}}
    ties = "place,other\np1,p2\np2,p3\np3,p5"
    folder = write_study(values, HUB + 'places = ["p1", "p2", "p3", "p4"]\n', files={"ties.csv": ties})
    run = ih.run(folder)
    table = run.table("hub_position").set_index("place")
    assert table.index.tolist() == ["p1", "p2", "p3"]
    assert table.loc["p2", "class"] == "" and table.loc["p2", "through"] > 0
    # Percentiles are taken over the two that have both.
    assert table["concentration"].to_dict() == pytest.approx(
        {"p1": 0.25, "p2": np.nan, "p3": 0.75}, nan_ok=True
    )
    assert {"L207", "L208"} <= set(codes(run))
    two = write_study(ONE, HUB, files={"ties.csv": "place,other\np1,p2"})
    assert {"L211", "L204"} <= {code for code, _, _ in found(two, "warning")}
    assert hub(two)["class"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("place,other,weight\np1,p2,-1\np2,p3,x", ("R014", 3)),
        ("place,other,weight\np1,p2,-1\np2,p3,1", ("L200", 2)),
        ("place,other,weight\np1,p2,1\np2,p1,2", ("L202", 3)),
        ("place,other,weight,directed\np1,p2,1,1\np2,p1,1,0", ("L202", 3)),
        ("place,other,weight\np1,p2,1\np1,p2,1", ("M260", 3)),
        ("place,other,directed\np1,p2,perhaps", ("M261", 2)),
        ("place,other\np1,p9", ("P001", 2)),
        ("place,other\np1,", ("P020", 2)),
        ("place,other,year\np1,p2,20015", ("P016", 2)),
    ],
)
def test_bad_ties_name_file_and_row(write_study, ties, expected):
    folder = write_study(ONE, HUB, files={"ties.csv": ties})
    assert [(code, row) for code, _, row in found(folder)] == [expected]
    with pytest.raises(InnohubError):
        ih.run(folder)


def test_ties_told_both_ways_and_with_oneself_are_left_out(write_study):
    ties = "place,other,weight\np1,p2,1\np2,p1,1\np2,p2,7\np2,p3,0"
    folder = write_study(ONE, HUB, files={"ties.csv": ties})
    assert ("L203", "ties.csv", 3) in found(folder, "note")
    assert ("L201", "ties.csv", 4) in found(folder, "warning")
    run = ih.run(folder)
    assert run.table("hub_ties")["row"].tolist() == [2, 5]
    assert run.table("hub_position").set_index("place")["strength"].to_dict() == {"p1": 1, "p2": 1, "p3": 0}


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ('concentration = "nothing"', "M262"),
        ('concentration = "x"\nindex = "j"', "M262"),
        ('concentration = "nothing"\nindex = "i"', "M262"),
        ('concentration = "x"\nlimits = { centr = { concentration = 0.9, control = 0.9 } }', "M262"),
        ('concentration = "x"\nlimits = { node = { concentration = 0.9, control = 0.9 } }', "M262"),
        ('concentration = "x"\nlimits = { hub = { concentration = 0.9, control = 0.9 } }', "L212"),
        ('concentration = "x"\nlimits = { hub = { concentration = 0.9, control = 1.1 } }', "M012"),
        ('concentration = "x"\nalpha = -1', "M012"),
        ('concentration = "x"\nplaces = ["p9"]', "M263"),
    ],
)
def test_bad_keys_of_the_hub(write_study, keys, code):
    folder = write_study(ONE, HEAD + f"[position.hub]\n{keys}\n", files={"ties.csv": TIES})
    hits = found(folder)
    assert [hit[:2] for hit in hits] == [(code, "study.toml")] and (hits[0][2] or code == "M263")


def test_a_hub_without_its_table_or_resources(write_study, write_position):
    assert [code for code, _, _ in found(write_study(ONE, HUB))] == ["M264"]
    folder = write_position("[position.hub]", ties="place,other\ngz,hk\nhk,sg")
    assert [code for code, _, _ in found(folder)] == ["L210"]


def test_hub_position_equals_networkx_and_pandas_on_a_larger_study(write_study):
    rng = np.random.default_rng(5)
    count = 25
    values = {"x": {2015: rng.integers(1, 1000, count).astype(float).tolist()}}
    pairs = [(i, j) for i in range(count) for j in range(count) if i != j and rng.random() < 0.15]
    weights = rng.integers(1, 6, len(pairs))
    rows = [f"p{i + 1},p{j + 1},{w},yes" for (i, j), w in zip(pairs, weights, strict=True)]
    folder = write_study(values, HUB, files={"ties.csv": "\n".join(["place,other,weight,directed", *rows])})
    table = hub(folder)
    graph = nx.DiGraph()
    for (i, j), w in zip(pairs, weights, strict=True):
        graph.add_edge(f"p{i + 1}", f"p{j + 1}", far=int(60 // w), weight=int(w))
    assert table["through"].to_dict() == pytest.approx(
        nx.betweenness_centrality(graph, weight="far"), abs=1e-11
    )
    net = pd.Series({p: graph.out_degree(p, "weight") - graph.in_degree(p, "weight") for p in graph})
    percentile = lambda s: (s.rank(method="average") - 0.5) / len(s)  # noqa: E731
    control = (percentile(net) + percentile(table["through"].round(12))) / 2
    assert table["control"].to_dict() == pytest.approx(control.to_dict())
    assert table["concentration"].to_dict() == pytest.approx(percentile(table["value"]).to_dict())


LABS = (
    "place,kind,count,name_en\np1,国家重点实验室,10,\np1,incubator,30,\n"
    "p1,shared-office,20,\np1,观测站,4,observatory\n"
)


def test_variety_of_laboratories_is_the_worked_example(write_study):
    folder = write_study(
        ONE, HEAD + "[position.laboratories]\n", files={"laboratories.csv": LABS + "p2,incubator,0,\np3,x,2,"}
    )
    run = ih.run(folder)
    table = run.table("laboratories").set_index("place")
    first = table.loc["p1"]
    assert first[["entropy", "evenness"]].tolist() == pytest.approx([1.181983, 0.852621], abs=1e-6)
    assert first[["total", "kinds", "largest"]].tolist() == [64, 4, "incubator"]
    assert first["equivalent"] == pytest.approx(np.exp(1.181983), abs=1e-5)
    assert first["largest_share"] == pytest.approx(30 / 64)
    assert table.loc["p2", ["total", "kinds"]].tolist() == [0, 0] and np.isnan(table.loc["p2", "entropy"])
    assert table.loc["p3", ["entropy", "equivalent"]].tolist() == [0, 1] and np.isnan(
        table.loc["p3", "evenness"]
    )
    kinds = run.table("laboratory_kinds")
    assert kinds["share"].iloc[:4].tolist() == pytest.approx([10 / 64, 30 / 64, 20 / 64, 4 / 64])
    assert kinds[["name_zh", "name_en"]].to_numpy().tolist()[:4] == [
        ["国家重点实验室", "state key laboratory"], ["孵化器和加速器", "incubator or accelerator"],
        ["共享办公空间", "shared office"], ["观测站", "observatory"],
    ]  # fmt: skip
    assert kinds[["file", "row"]].to_numpy().tolist()[3] == ["laboratories.csv", 5]
    assert ("L214", "laboratories.csv", 6) in found(folder, "warning")


def test_laboratories_are_of_one_year_and_missing_places_are_told(write_study):
    labs = "place,kind,count,year\np1,a,1,2015\np1,b,1,2015\np1,a,9,2014\np2,a,3,2013\np2,b,1,"
    more = HEAD + '[position.laboratories]\nplaces = ["p1", "p2", "p3"]\n'
    folder = write_study(ONE, more + "max_gap = 0\n", files={"laboratories.csv": labs})
    run = ih.run(folder)
    table = run.table("laboratories")
    assert table[["place", "year", "kinds"]].to_numpy().tolist() == [["p1", 2015, 2]]
    assert {"L205", "L206", "L215"} <= set(codes(run))
    wider = ih.run(write_study(ONE, more + "max_gap = 2\n", files={"laboratories.csv": labs}))
    assert wider.table("laboratories")["year"].tolist() == [2015, 2013]


@pytest.mark.parametrize(
    ("row", "expected"),
    [("p1,a,-1", "M261"), ("p1,a,1.5", "M261"), ("p1,a,many", "R014"), ("p1,a,", "P020"), ("p9,a,1", "P001"),
     ("p1,b,3", "M260")],
)  # fmt: skip
def test_bad_laboratories_name_file_and_row(write_study, row, expected):
    labs = f"place,kind,count\np1,b,2\n{row}"
    folder = write_study(ONE, HEAD + "[position.laboratories]\n", files={"laboratories.csv": labs})
    assert found(folder) == [(expected, "laboratories.csv", 3)]


PATH = '[position.path]\nplaces = ["p1", "p2", "p3"]\n'
ROLES = (
    '[position.path.roles]\neconomy = { indicator = "gdp", bar = 10.0 }\n'
    'port = { indicator = "rank", bar = 20, name = { zh = "航运中心", en = "port" } }\n'
)
TOLD = {"gdp": {2015: [10.0, 9.999, None]}, "rank": {2015: [20.0, 21.0, None]}, "x": {2015: [1.0, 2, 3]}}
ABOUT = "indicator,name_en,unit,direction\ngdp,GDP,亿元,1\nrank,Rank,,-1\nx,x,,1"


def test_paths_test_every_role_at_its_bar(write_study):
    more = HEAD + PATH + "planned = { p1 = true, p2 = false }\n" + ROLES
    folder = write_study(TOLD, more, framed=["x"], files={"indicators.csv": ABOUT})
    run = ih.run(folder)
    paths = run.table("centre_path").set_index("place")
    assert paths["path"].to_dict() == {"p1": "existing and planned", "p2": "neither", "p3": "no data"}
    assert paths["planned"].to_dict() == {"p1": "yes", "p2": "no", "p3": "no data"}
    assert paths.loc["p1", ["roles", "planned_from", "file"]].tolist() == [
        "economy;port",
        "study",
        "study.toml",
    ]
    roles = run.table("centre_roles").set_index(["place", "role"])
    assert roles["verdict"].unstack().to_numpy().tolist() == [["yes", "yes"], ["no", "no"], ["no data"] * 2]
    assert roles.loc[("p1", "economy"), ["role_zh", "relation", "unit", "file", "row", "year"]].tolist() == [
        "经济中心", ">=", "亿元", "panel.csv", 2, 2015,
    ]  # fmt: skip
    assert roles.loc[("p1", "port"), ["role_zh", "role_en", "relation"]].tolist() == [
        "航运中心",
        "port",
        "<=",
    ]
    assert codes(run).count("M267") == 2 and "L216" in codes(run)


def test_one_answer_for_all_and_the_plan_of_the_tiers(write_study):
    everyone = HEAD + PATH + "planned = true\n" + ROLES
    run = ih.run(write_study(TOLD, everyone, framed=["x"], files={"indicators.csv": ABOUT}))
    assert run.table("centre_path")["path"].tolist() == ["existing and planned", "planned", "planned"]
    tiers = '[tiers]\nindex = "i"\nnames = ["national", "regional"]\nplan = "plan.csv"\n'
    plan = "place,tier,centre_en\np3,national,Third\np3,regional,Again"
    files = {"indicators.csv": ABOUT, "plan.csv": plan}
    run = ih.run(write_study(TOLD, HEAD + PATH + ROLES + tiers, framed=["x"], files=files))
    table = run.table("centre_path")
    assert table["path"].tolist() == ["existing", "neither", "planned"]
    assert table[["planned_from", "file"]].to_numpy().tolist() == [["plan", "plan.csv"]] * 3
    assert table["row"].tolist()[2] == 2
    changed = write_study(
        TOLD, HEAD + PATH + ROLES + tiers, framed=["x"], files={**files, "plan.csv": plan.replace("p3", "p1")}
    )
    assert ih.run(changed).table("centre_path")["path"].tolist()[0] == "existing and planned"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        (PATH, "M003"),
        (PATH + ROLES.replace("gdp", "gpd"), "M262"),
        (PATH + "planned = { p9 = true }\n" + ROLES, "M263"),
        (PATH + 'planned = "yes"\n' + ROLES, "M004"),
        (PATH + ROLES.replace("10.0", '"much"'), "M004"),
    ],
)
def test_bad_keys_of_the_path(write_study, keys, code):
    folder = write_study(TOLD, HEAD + keys, framed=["x"], files={"indicators.csv": ABOUT})
    hits = found(folder)
    assert code in {hit[0] for hit in hits} and {hit[1] for hit in hits} == {"study.toml"}
    assert all(row or code == "M263" for code, _, row in hits)


def test_every_column_is_documented_and_the_same_input_gives_the_same_tables(write_study, root):
    labels = "place,tier\np1,national"
    tiers = '[tiers]\nindex = "i"\nmethod = "quota(0.4)"\nnames = ["national", "regional"]\nexpert = "labels.csv"\n'
    files = {"indicators.csv": ABOUT, "ties.csv": TIES, "laboratories.csv": LABS, "labels.csv": labels}
    more = HEAD + '[position.hub]\nconcentration = "x"\n[position.laboratories]\n' + PATH + ROLES + tiers
    folder = write_study(TOLD, more, framed=["x"], files=files)
    run = ih.run(folder)
    documented = tomllib.loads((root / "docs" / "tables.toml").read_text(encoding="utf-8"))
    tables = [
        "hub_position", "hub_limits", "hub_ties", "laboratories", "laboratory_kinds", "centre_path", "centre_roles",
        "expert_tiers",
    ]  # fmt: skip
    assert {name: list(run.table(name)) for name in tables} == {
        n: list(documented[n]["columns"]) for n in tables
    }
    again = ih.run(folder, fresh=True)
    for name in tables:
        pd.testing.assert_frame_equal(run.table(name), again.table(name))


def test_changed_ties_are_computed_anew_and_units_change_no_class(write_study):
    first = hub(write_study(ONE, HUB, files={"ties.csv": TIES}))
    scaled = {"x": {2015: [1000.0, 2000.0, 3000.0]}}
    head, *rows = TIES.splitlines()
    tenfold = "\n".join([head, *[row.replace(",true", "0,true") for row in reversed(rows)]])
    second = hub(write_study(scaled, HUB, files={"ties.csv": tenfold})).loc[first.index]
    same = ["through", "concentration", "control", "net_percentile", "class", "distance", "share"]
    pd.testing.assert_frame_equal(first[same], second[same])
    assert second["strength"].tolist() == (10 * first["strength"]).tolist()
    third = hub(
        write_study(
            ONE, HUB, files={"ties.csv": TIES.replace("p1,p2,5", "p2,p3,5").replace("p2,p3,4", "p1,p3,4")}
        )
    )
    assert third["through"].to_dict() != first["through"].to_dict()
