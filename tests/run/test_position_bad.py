"""What a positioning study may get wrong: each finding names file and row and says the way out in both languages."""

import pytest

import innohub as ih
from innohub.errors import StudyError
from innohub.run import check

PEERS = "scope,set,place\n"


def found(folder, code):
    """The findings of a code, each fit to be shown."""
    hits = [finding for finding in check(folder) if finding.code == code]
    for finding in hits:
        for language in ("zh", "en"):
            assert finding.text("title", language) and finding.text("hint", language)
            assert "{" not in finding.render(language)
    return hits


def one(folder, code):
    hits = found(folder, code)
    assert len(hits) == 1, [finding.code for finding in check(folder)]
    return hits[0]


def at(finding):
    return finding.level, finding.file, finding.row


def lines(*rows, head="place,indicator,year,value"):
    return "\n".join([head, *rows])


GZ = "gz,labour,2015,1068"


def test_peers_without_a_value(write_position):
    finding = found(write_position(), "N106")[0]
    assert at(finding) == ("note", "panel.csv", 2)
    assert "特拉维夫" in finding.render("zh") and "Tel Aviv" in finding.render("en")


def test_peers_of_another_year_or_boundary_are_marked(write_position):
    folder = write_position()
    assert at(found(folder, "N112")[0]) == ("note", "panel.csv", 2)
    marks = ih.run(folder).table("relations").query("indicator == 'labour'").set_index("peer")["marks"]
    assert marks.to_dict() == {
        "paris": "year;boundary", "london": "year;boundary", "hk": "", "israel": "boundary", "sg": "boundary",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("refused", "left"), [('"year"', {"hk", "israel", "sg"}), ('"year", "boundary"', {"hk"})]
)
def test_marked_peers_are_left_out_on_demand(write_position, refused, left):
    folder = write_position(f"refuse = [{refused}]")
    assert at(found(folder, "N108")[0]) == ("warning", "panel.csv", 2)
    assert set(ih.run(folder).table("relations").query("indicator == 'labour'")["peer"]) == left


def test_peers_too_far_in_time(write_position):
    panel = lines(
        GZ, "paris,labour,2005,784", "hk,labour,2015,536", "sg,labour,2010,1", "london,labour,2015,2"
    )
    folder = write_position(panel=panel)
    finding = one(folder, "N107")
    assert at(finding) == ("warning", "panel.csv", 2) and "Ile-de-France" in finding.render("en")
    assert set(ih.run(folder).table("relations")["peer"]) == {"hk", "sg", "london"}


def test_a_period_is_not_set_against_a_year(write_position):
    panel = lines("gz,sci,2011-2015,7.33", "hk,sci,2015,6.08", "sg,sci,2011-2015,6.35")
    folder = write_position(panel=panel)
    assert at(one(folder, "N116")) == ("warning", "panel.csv", 2)
    assert set(ih.run(folder).table("relations")["peer"]) == {"sg"}


def test_a_scope_without_peers(write_position):
    scopes = "scope,name_zh,name_en\ninternational,国际,international\nnational,国家,national"
    finding = one(write_position(scopes=scopes), "N110")
    assert at(finding) == ("warning", "scopes.csv", 3) and "national" in finding.render("en")
    assert {f.file for f in found(write_position(name="catalogue"), "N110")} == {"peers.csv"}


@pytest.mark.parametrize("horizon", [2014, 2066])
def test_a_horizon_before_the_study_or_too_far(write_position, horizon):
    folder = write_position()
    study = folder / "study.toml"
    text = study.read_text(encoding="utf-8").replace("horizon = 2020", f"horizon = {horizon}")
    study.write_text(text, encoding="utf-8")
    finding = one(folder, "M270")
    assert at(finding) == ("error", "study.toml", 8) and finding.value == str(horizon)


def test_money_converted_otherwise_is_marked(write_position):
    rows = (f"{GZ},average", "hk,labour,2015,5,ppp", "sg,labour,2015,6,average", "israel,labour,2015,7,")
    panel = lines(*rows, head="place,indicator,year,value,rule")
    run = ih.run(write_position(panel=panel))
    marks = run.table("relations").set_index("peer")["marks"].to_dict()
    assert marks == {"hk": "currency", "sg": "boundary", "israel": "boundary"}
    refused = write_position('refuse = ["currency"]', panel=panel)
    assert at(one(refused, "N108")) == ("warning", "panel.csv", 2)


def test_units_that_measure_different_things(write_position):
    indicators = "indicator,name_zh,name_en,unit,direction\nlabour,产值,output,,1\nsci,论文,papers,万篇,1"
    rows = ("gz,labour,2015,3,亿元", "hk,labour,2015,4,亿美元", "sg,labour,2015,5,万元")
    panel = lines(*rows, head="place,indicator,year,value,unit")
    folder = write_position(indicators=indicators, panel=panel)
    assert at(one(folder, "N109")) == ("warning", "panel.csv", 2)
    told = ih.run(folder).table("relations")
    assert told[["peer", "peer_value", "relation"]].to_numpy().tolist() == [["sg", 0.0005, "above"]]


def test_a_function_without_indicators(write_position):
    functions = "function,indicator\ntalent,labour\nmode,"
    hits = {finding.value: finding for finding in found(write_position(functions=functions), "N111")}
    assert at(hits["mode"]) == ("warning", "functions.csv", 3)
    assert "业态与模式创新" in hits["mode"].render("zh") and "knowledge" in hits


def test_a_peer_set_that_contains_the_city(write_position):
    peers = PEERS + "international,w,hk\ninternational,w,gz\ninternational,w,sg\ninternational,w,israel"
    folder = write_position(peers=peers)
    assert at(one(folder, "N105")) == ("warning", "peers.csv", 3)
    assert ih.run(folder).table("positions")["peers"].max() == 3


def test_a_trend_with_one_year(write_position):
    finding = one(write_position(), "N180")
    assert at(finding) == ("note", "panel.csv", 2)
    assert "gz labour (1)" in finding.render("en")


def test_a_place_without_the_indicator(write_position):
    panel = lines(GZ, "hk,sci,2015,1")
    assert at(one(write_position(panel=panel), "N117")) == ("warning", "functions.csv", 3)


CLAIM = "place,function,scope,year,part,text_zh\n"


@pytest.mark.parametrize(
    ("row", "code", "level", "said"),
    [
        ("gz,talnet,international,2020,argued,甲", "P063", "error", "talent"),
        ("gz,talent,internatonal,2020,argued,甲", "P074", "error", "international"),
        ("gx,talent,international,2020,argued,甲", "P001", "error", "gz"),
        ("gz,talent,international,2020,argud,甲", "P070", "error", "argued"),
        ("gz,talent,international,2020.5,argued,甲", "P016", "error", "2020.5"),
        ("gz,talent,international,20201,argued,甲", "P017", "error", "20201"),
        ("gz,talent,,2020,argued,甲", "P071", "error", "talent"),
        ("hk,talent,international,2020,argued,甲", "P072", "warning", "hk"),
        ("gz,,international,2020,argued,", "P073", "error", "text_en"),
        (",talent,international,2020,argued,甲", "P020", "error", "place"),
        ("gz,talent,international,2020,,甲", "P020", "error", "part"),
    ],
)
def test_claims(write_position, row, code, level, said):
    finding = one(write_position(claims=CLAIM + row), code)
    assert at(finding) == (level, "claims.csv", 2) and said in finding.render("en")


@pytest.mark.parametrize(
    ("table", "text", "code", "said"),
    [
        ("functions", "function,indicator\ntalent,labour\ntalnt,sci", ("P063", 3), "talent"),
        ("functions", "function,indicator\ntalent,labor", ("P002", 2), "labour"),
        ("functions", "function,indicator\n,labour", ("P020", 2), "function"),
        ("functions", "function,indicator,weight\ntalent,labour,-1\ntalent,sci,2", ("P064", 2), "talent"),
        ("functions", "function,indicator,weight\ntalent,labour,0\ntalent,sci,0", ("P064", 2), "talent"),
        ("functions", "function,indicator,weight\ntalent,labour,x", ("R014", 2), "x"),
        ("functions", "function,indicator\ntalent,labour\ntalent,labour", ("P065", 3), "labour"),
        ("functions", "function,indicator\ntalent,sci_share", ("P066", 2), "direction"),
        ("functions", "indicator\nlabour", ("R011", None), "function"),
        ("peers", "scope,place\ninternatinal,hk", ("P074", 2), "international"),
        ("peers", "scope,place\ninternational,hkk", ("P001", 2), "hk"),
        ("peers", "scope,place\n,hk", ("P020", 2), "scope"),
        ("peers", "scope,place\nnational,", ("P020", 2), "place"),
        ("scopes", "scope\ninternational\ninternational", ("P067", 3), "international"),
        ("shares", "indicator,of_indicator\nsci_shre,sci", ("P002", 2), "sci_share"),
        ("shares", "indicator,of_indicator\nsci,labour", ("P075", 2), "times"),
        ("shares", "indicator,of_indicator,kind\nsci_share,sci,part", ("P069", 2), "share"),
        ("shares", "of_indicator\nsci", ("P076", 2), "whole"),
        ("shares", "indicator,of_indicator,whole\nsci_share,sci,chn", ("P001", 2), "cn"),
    ],
)
def test_tables(write_position, table, text, code, said):
    code, row = code
    finding = one(write_position(**{table: text}), code)
    assert at(finding) == ("error", f"{table}.csv", row) and said in finding.render("en")


def test_a_peer_that_stands_twice_counts_once(write_position):
    peers = PEERS + "".join(f"international,w,{place}\n" for place in ("hk", "sg", "hk", "israel"))
    folder = write_position(peers=peers)
    assert at(one(folder, "P068")) == ("warning", "peers.csv", 4)
    assert ih.run(folder).table("positions")["passed"].max() == 3


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [("area", "planet", "P060"), ("qualifier", "perhaps", "P060"), ("spread", "-0.1", "P061")],
)
def test_what_a_value_states(write_position, column, text, code):
    panel = lines(f"{GZ},", f"hk,labour,2015,536,{text}", head=f"place,indicator,year,value,{column}")
    finding = one(write_position(panel=panel), code)
    assert at(finding) == ("error", "panel.csv", 3) and finding.column == column


@pytest.mark.parametrize("year", ["2015-2011", "2011-15", "sometime", "3000-3005"])
def test_years_that_are_none(write_position, year):
    panel = lines(GZ, f"hk,labour,{year},536")
    hits = [f for f in check(write_position(panel=panel)) if f.code in ("P016", "P017")]
    assert [at(f) for f in hits] == [("error", "panel.csv", 3)]


def test_periods_are_for_positioning_only(write_study):
    folder = write_study({"x": {2015: [1, 2, 3]}})
    panel = (folder / "panel.csv").read_text(encoding="utf-8").replace("p1,x,2015", "p1,x,2011-2015")
    (folder / "panel.csv").write_text(panel, encoding="utf-8")
    assert at(one(folder, "P016")) == ("error", "panel.csv", 2)


@pytest.mark.parametrize(
    ("more", "code", "column"),
    [
        ("bar = 0", "M012", "position.bar"),
        ("min_peers = 0", "M012", "position.min_peers"),
        ("near = 1", "M012", "position.near"),
        ('refuse = ["boundry"]', "M009", "position.refuse.0"),
        ("min_peer = 3", "M002", "position.min_peer"),
        ('functions = "mine"', "M009", "position.functions"),
    ],
)
def test_keys_of_the_section(write_position, more, code, column):
    finding = one(write_position(more), code)
    assert finding.file == "study.toml" and finding.row and finding.column == column


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('places = ["gz"]', 'places = ["gx"]', "P001"),
        ('places = ["gz"]', "places = []", "M003"),
        ('places = ["gz"]', "", "M003"),
        ('[position]\nplaces = ["gz"]\nhorizon = 2020', "", "M008"),
    ],
)
def test_whom_to_position(write_position, old, new, code):
    folder = write_position()
    study = folder / "study.toml"
    text = study.read_text(encoding="utf-8")
    assert old in text
    study.write_text(text.replace(old, new), encoding="utf-8")
    assert one(folder, code).file == "study.toml"


@pytest.mark.parametrize("name", ["functions", "peers"])
def test_a_table_that_must_be_there(write_position, name):
    folder = write_position()
    (folder / f"{name}.csv").unlink()
    finding = one(folder, "F004")
    assert finding.level == "error" and f"{name}.csv" in finding.render("zh")
    with pytest.raises(StudyError):
        ih.run(folder)


def test_functions_of_ones_own_need_scopes(write_position):
    assert "scopes.csv" in one(write_position('functions = "own"'), "F004").render("en")


def test_all_at_once(write_position):
    folder = write_position(
        functions="function,indicator\ntalnt,labour",
        peers=PEERS + "wide,w,hk",
        claims=CLAIM + "gz,talent,wide,2020,body of it,甲",
        panel=lines(GZ, "hk,labour,2014-2013,1"),
    )
    assert {"P063", "P074", "P070", "P016"} <= {finding.code for finding in check(folder)}
