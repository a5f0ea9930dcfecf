"""Positioning through a study: the founding text's relations, brute force, invariances, what a run keeps."""

import numpy as np
import pandas as pd
import pytest

import innohub as ih
from innohub.position.function.comparison import Rules, compare
from innohub.position.function.grid import Bar, Noise, build_grid
from innohub.position.function.relation import Value
from innohub.run import check

RNG = np.random.default_rng(11)


def cell(run, function, scope="international"):
    return run.table("positions").query("function == @function and scope == @scope").iloc[0]


def codes(run):
    return run.table("findings")["code"].tolist()


def test_the_founding_texts_relations(write_position):
    run = ih.run(write_position())
    talent, papers = cell(run, "talent"), cell(run, "knowledge")
    assert (talent["q"], talent["passed"], talent["peers"]) == (1.0, 5, 5)
    assert (papers["q"], papers["passed"], papers["not_passed"], papers["verdict"]) == (0.5, 3, 3, "reached")
    relations = run.table("relations").set_index(["indicator", "peer"])
    expected = {"telaviv": "above", "hk": "above", "sg": "above", "sydney": "near below", "tokyo": "below"}
    assert {peer: relations.loc[("sci", peer), "relation"] for peer in expected} == expected
    assert relations.loc[("labour", "paris"), "marks"] == "year;boundary"
    assert relations.loc[("labour", "sg"), ["area", "peer_area"]].tolist() == ["city", "city-state"]
    assert relations.loc[("sci", "sg"), ["year", "since", "peer_since"]].tolist() == [2015, 2011, 2011]
    assert relations.loc[("sci", "tokyo"), ["row", "peer_row"]].tolist() == [8, 14]


def test_a_study_without_index_has_no_ranking(write_position):
    folder = write_position()
    assert not any(finding.level == "error" for finding in check(folder))
    run = ih.run(folder)
    assert run.index == {} and run.tiers is None
    assert not {"scores", "framework", "tiers"} & set(run.table_names)
    assert not run.table("places")["ranked"].any()
    again = ih.run(folder)
    assert again.folder == run.folder


def test_evidence_names_the_share_of_the_nation(write_position):
    shares = "indicator,of_indicator,whole,kind\nsci_share,sci,cn,share"
    run = ih.run(write_position(shares=shares))
    said = run.table("evidence").query("kind == 'share'").iloc[0]
    assert said["zh"] == "全国的6.3%" and (said["value"], said["row"]) == (6.3, 15)


def test_a_share_is_divided_where_none_is_stated(write_position):
    folder = write_position(shares="of_indicator,whole,kind\nlabour,gd,share\nlabour,cn,times")
    with (folder / "panel.csv").open("a", encoding="utf-8") as panel:
        panel.write("gd,labour,2015,8010\ncn,labour,2015,100361\n")
    said = ih.run(folder).table("evidence").query("kind == 'share'")
    assert said["value"].tolist() == pytest.approx([100 * 1068 / 8010, 1068 / 100361])
    assert said["row"].tolist() == [16, 17]
    assert said["zh"].iloc[0] == "广东的13.3%"


def test_periods_undated_values_and_targets(write_position):
    panel = """place,indicator,year,value,qualifier,area
gz,labour,2015,1068,,
gz,labour,2020,2000,目标,
gz,labour,,1,,
paris,labour,年份不详,784,,
london,labour,2014,约592,,
hk,labour,2015,536,,district
"""
    run = ih.run(write_position(panel=panel))
    told = run.table("relations").set_index("peer")
    assert told.loc["london", "peer_qualifier"] == "~" and told.loc["london", "peer_value"] == 592
    assert pd.isna(told.loc["paris", "peer_year"]) and "year" in told.loc["paris", "marks"]
    assert told.loc["hk", "peer_area"] == "district" and told.loc["hk", "marks"] == "boundary"
    assert set(told["value"]) == {1068.0}
    assert "P062" in codes(run)
    panel = run.table("panel")
    assert panel["year"].isna().sum() == 2 and panel["qualifier"].tolist().count("target") == 1


def test_certainty_comes_from_spread_and_qualifier(write_position):
    plain = cell(ih.run(write_position()), "knowledge")
    assert np.isnan(plain["certainty"])
    spread = cell(ih.run(write_position("spread = 0.05", name="spread")), "knowledge")
    # Papers pass three of six, level with the bar: the third peer is 15 % below, Sydney 5 % above.
    assert 0.8 < spread["certainty"] <= 1
    same = cell(ih.run(write_position("spread = 0.05", name="same")), "knowledge")
    assert same["certainty"] == spread["certainty"]


def trend(years=range(2011, 2016), growth=0.1):
    rows = [f"gz,labour,{year},{100 * (1 + growth) ** (year - 2015)!r}" for year in years]
    rows += [f"{peer},labour,{year},120" for peer in ("paris", "london", "hk") for year in years]
    return "place,indicator,year,value\n" + "\n".join(rows)


CLAIMS = """place,function,scope,year,part,text_zh
gz,talent,international,{year},argued,国际创新人才集聚地
"""


def test_ready_by_the_trend(write_position):
    run = ih.run(write_position(panel=trend(), claims=CLAIMS.format(year=2020)))
    talent = cell(run, "talent")
    # 100, 110, 121: above 120 in 2017.
    assert talent[["ready", "ready_year", "ready_low", "ready_high"]].tolist() == ["by", 2017, 2017, 2017]
    assert talent["verdict"] == "not reached" and talent["trended"] == 1
    claim = run.table("position_claims").iloc[0]
    assert claim[["verdict", "basis", "ready_year"]].tolist() == ["supported", "trend", 2017]


def test_a_claim_before_its_time_is_too_wide(write_position):
    run = ih.run(write_position(panel=trend(), claims=CLAIMS.format(year=2016)))
    assert run.table("position_claims")["verdict"].tolist() == ["wider than the evidence"]
    found = run.table("findings").query("code == 'N100'").iloc[0]
    assert (found["file"], found["row"], found["level"]) == ("claims.csv", 2, "warning")
    assert "广州" in found["zh"] and "Guangzhou" in found["en"] and "talent agglomeration" in found["en"]


def test_headings_and_conclusion_are_paired(write_position):
    claims = """place,function,scope,part,text_zh,text_en
gz,talent,international,论证,国际创新人才集聚地,talent
gz,,,argued,亚太创业高地,height
gz,talent,international,结论,国际科技创新人才集聚地,
gz,,,concluded,亚太会展中心,
"""
    run = ih.run(write_position(claims=claims))
    told = run.table("claim_agreement")
    assert told["status"].tolist() == ["matched", "missing", "extra"]
    assert told["other"].iloc[0] == "国际科技创新人才集聚地"
    assert told["row"].tolist() == [2, 3, 5]
    found = run.table("findings").set_index("code")
    assert [found.loc[code, "row"] for code in ("N102", "N103", "N104")] == [3, 2, 5]


# Brute force and invariances on a study of one's own


PLACES = [f"p{number}" for number in range(9)]
INDICATORS = {"a": 1, "b": -1, "c": 1}
FUNCTIONS = {"one": {"a": 2.0, "b": 1.0}, "two": {"c": 1.0, "b": 3.0}}
SETS = {("wide", "w"): PLACES[1:6], ("near", "n"): PLACES[2:8], ("near", "m"): PLACES[0:4]}
GAPS = {("p3", "a"), ("p1", "b"), ("p2", "c"), ("p4", "c"), ("p5", "c"), ("p0", "none")}


def numbers():
    drawn = {(place, name): int(RNG.integers(1, 9)) for place in PLACES for name in INDICATORS}
    return {key: value for key, value in drawn.items() if key not in GAPS}


def own_files(values, *, shuffle=False, unit="亿元", factor=1.0, extra=()):
    def table(head, rows):
        rows = list(rows)
        if shuffle:
            RNG.shuffle(rows)
        return "\n".join([head, *rows])

    panel = [f"{p},{i},{v * factor!r},{unit}" for (p, i), v in values.items()]
    return {
        "places": table("place,kind,name_en", [f"{p},city,{p.upper()}" for p in (*PLACES, *extra)]),
        "indicators": "indicator,name_en,unit,direction\n"
        + "\n".join(f"{name},{name},{unit},{sign}" for name, sign in INDICATORS.items()),
        "panel": table(
            "place,indicator,value,unit", [*panel, *(f"{p},a,{99 * factor!r},{unit}" for p in extra)]
        ),
        "functions": "function,indicator,weight,name_zh,name_en,group\n"
        + "\n".join(
            f"{function},{name},{weight},功能{function},F {function},create"
            for function, used in FUNCTIONS.items()
            for name, weight in used.items()
        ),
        "scopes": "scope,name_zh,name_en\nwide,广,wide\nnear,近,near",
        "peers": table(
            "scope,set,place", [f"{scope},{name},{p}" for (scope, name), ps in SETS.items() for p in ps]
        ),
    }


OWN = 'functions = "own"\nspread = 0.2\ndraws = 2000'


def brute(values, place, function, peers, least=3):
    """The definition, peer by peer."""
    total, weight = 0.0, 0.0
    counts = {"passed": 0, "tied": 0, "not_passed": 0}
    for name, share in FUNCTIONS[function].items():
        have = [p for p in peers if p != place and (p, name) in values]
        if (place, name) not in values or len(have) < least:
            continue
        leads = [INDICATORS[name] * (values[place, name] - values[p, name]) for p in have]
        counts["passed"] += sum(lead > 0 for lead in leads)
        counts["tied"] += sum(lead == 0 for lead in leads)
        counts["not_passed"] += sum(lead < 0 for lead in leads)
        points = sum(1.0 if lead > 0 else 0.5 if lead == 0 else 0.0 for lead in leads)
        total, weight = total + share * points / len(have), weight + share
    return (round(total / weight, 10) if weight else None), counts


def test_against_the_definition_peer_by_peer(write_position):
    for number in range(4):
        values = numbers()
        folder = write_position(OWN, name=f"own{number}", **own_files(values))
        text = (folder / "study.toml").read_text(encoding="utf-8").replace('["gz"]', '["p0", "p7"]')
        (folder / "study.toml").write_text(text, encoding="utf-8")
        told = ih.run(folder).table("positions")
        assert len(told) == 2 * len(FUNCTIONS) * len(SETS)
        for row in told.to_dict("records"):
            peers = SETS[row["scope"], row["set"]]
            q, counts = brute(values, row["place"], row["function"], peers)
            if q is None:
                assert row["verdict"] == "not tested" and np.isnan(row["q"])
                continue
            assert row["q"] == pytest.approx(q, abs=1e-9)
            assert {name: row[name] for name in counts} == counts
            assert row["verdict"] == ("reached" if q >= 0.5 else "not reached")


def same(one, other, names=("positions", "relations", "evidence", "function_scores"), *, drop=()):
    where = {"file", "row", "peer_file", "peer_row", *drop}
    for name in names:
        left, right = (run.table(name) for run in (one, other))
        keep = [column for column in left.columns if column not in where]
        key = [column for column in keep if left[column].dtype.kind in "OTU" or column in ("order",)]
        sort = [frame[keep].sort_values(key, kind="stable").reset_index(drop=True) for frame in (left, right)]
        pd.testing.assert_frame_equal(*sort, rtol=1e-9)


def placed(write_position, name, files):
    folder = write_position(OWN, name=name, **files)
    text = (folder / "study.toml").read_text(encoding="utf-8").replace('["gz"]', '["p0"]')
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return ih.run(folder)


def test_row_order_changes_nothing(write_position):
    values = numbers()
    first = placed(write_position, "first", own_files(values))
    second = placed(write_position, "second", own_files(values, shuffle=True))
    same(first, second)


def test_units_change_no_position(write_position):
    values = numbers()
    first = placed(write_position, "first", own_files(values))
    second = placed(write_position, "second", own_files(values, unit="万元", factor=1e4))
    same(first, second, ("positions", "function_scores"))
    shown = ["relation", "ratio", "marks", "settled"]
    left, right = (
        run.table("relations")[["function", "indicator", "set", "peer", *shown]] for run in (first, second)
    )
    pd.testing.assert_frame_equal(left, right)


def test_units_may_differ_from_row_to_row(write_position):
    values = numbers()
    first = placed(write_position, "first", own_files(values))
    files = own_files(values)
    lines = files["panel"].splitlines()
    for number in range(1, len(lines), 2):
        place, name, value, _ = lines[number].split(",")
        lines[number] = f"{place},{name},{float(value) * 1e4!r},万元"
    same(first, placed(write_position, "second", {**files, "panel": "\n".join(lines)}))


def test_a_place_that_is_no_peer_changes_nothing(write_position):
    values = numbers()
    first = placed(write_position, "first", own_files(values))
    same(first, placed(write_position, "second", own_files(values, extra=("x1", "x2"))))


def test_the_study_path_gives_what_the_functions_give(write_position):
    values = numbers()
    run = placed(write_position, "first", own_files(values))
    told = {key: (Value(*key, float(v), "亿元", 2015, None, "city"),) for key, v in values.items()}
    comparison = compare(told, "p0", ["a", "b", "c"], PLACES, directions=INDICATORS, rules=Rules(year=2015))
    uses = pd.DataFrame(
        [(f, i, w) for f, used in FUNCTIONS.items() for i, w in used.items()],
        columns=["function", "indicator", "weight"],
    )
    peers = pd.DataFrame(
        [(s, n, p) for (s, n), ps in SETS.items() for p in ps], columns=["scope", "set", "place"]
    )
    grid = build_grid(
        comparison, uses, peers, ["wide", "near"],
        rng=np.random.default_rng(7), bar=Bar(), noise=Noise(2000, 0.2),
    )  # fmt: skip
    mine = run.table("positions")[list(grid.cells.columns)]
    pd.testing.assert_frame_equal(mine, grid.cells, check_dtype=False)


# What a run keeps, and an index beside


INDEX = """
[index.i]
uncertainty = { draws = 100 }
"""


def with_index(folder):
    study = folder / "study.toml"
    study.write_text(study.read_text(encoding="utf-8") + INDEX, encoding="utf-8")
    (folder / "framework.csv").write_text(
        "node,parent,weight,indicator\ni,,,\nn,i,1,labour\n", encoding="utf-8"
    )
    return folder


def test_an_index_beside_the_positions_ranks_plain_values_only(write_position):
    panel = """place,indicator,year,value,qualifier
gz,labour,2015,1068,
gz,labour,2015,9999,target
gz,labour,2011-2015,5000,
hk,labour,2015,536,
sg,labour,2015,403,
paris,labour,2014,784,
london,sci,,1,
"""
    run = ih.run(with_index(write_position(panel=panel)))
    root = run.index["i"].scores.query("node == 'i'").set_index("place")["score"]
    assert root.to_dict() == pytest.approx({"gz": 1.0, "hk": (536 - 403) / (1068 - 403), "sg": 0.0})
    assert "positions" in run.table_names
    # The place's latest value is the period's or the year's: of one end year, the single year counts.
    assert set(run.table("relations")["value"]) == {1068.0}


def test_the_step_is_kept_until_something_changes(write_position):
    folder = write_position()
    seen = []
    ih.run(folder, progress=lambda step, computed: seen.append((step, computed)))
    ih.run(folder, progress=lambda step, computed: seen.append((step, computed)))
    assert seen == [("position", True), ("position", False)]
    panel = (folder / "panel.csv").read_text(encoding="utf-8").replace("1068", "700")
    (folder / "panel.csv").write_text(panel, encoding="utf-8")
    run = ih.run(folder, progress=lambda step, computed: seen.append((step, computed)))
    assert seen[-1] == ("position", True)
    assert cell(run, "talent")["passed"] == 4
