"""Chains, synergies and divisions through a study folder."""

import itertools
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import innohub
from innohub.catalog.examples import example_folder
from innohub.catalog.flows import flow_label, flow_names
from innohub.errors import PlaceError
from innohub.run import check
from innohub.words import LANGUAGES

STUDY = """[study]
id = "flows"
title = {{ zh = "四链", en = "Flows" }}
year = 2020
{asked}
"""
PLACES = "place,name_zh,name_en,country,part_of,lat,lon\n" + "\n".join(
    ["a,甲,A,CN,,30,110", "b,乙,B,CN,,31,111", "c,丙,C,JP,,32,112", "ab,甲乙,AB,CN,,30,111", ""]
)
CHAINS = "[ecosystem.chains]\n"
HEAD = "place,field,industry,innovation,capital,talent\n"
SYNERGY = '[ecosystem.synergy]\nnull = "configuration"\n'
DIVISION = """[ecosystem.division.hatch]
groups = { north = ["a"], south = ["b", "c"] }
stated = { north = "research", south = "making" }
"""
WORKS = """work,place,sector,level,amount,flow
w1,a,university,national,6,out
w1,b,企业,provincial,2,in
w2,a,firm,municipal,4,
w3,b,firm,national,5,
w3,b,government,municipal,2,
w3,c,大学,municipal,1,
"""


@pytest.fixture
def study(tmp_path: Path):
    """Return a writer of studies of flows."""

    def write(asked: str, **files: str) -> Path:
        folder = tmp_path / "flows"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        texts = {"study.toml": STUDY.format(asked=asked), "places.csv": PLACES}
        for name, text in (texts | {f"{name}.csv": text for name, text in files.items()}).items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


def found(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    told: dict[str, list[tuple[object, ...]]] = {}
    for finding in check(folder):
        told.setdefault(finding.code, []).append((finding.file, finding.row, finding.column))
        for language in LANGUAGES:
            text = finding.render(language)
            assert text and not re.search(r"\{[a-z_]+\}", text)
    return told


# Chains


@pytest.mark.parametrize(
    ("variant", "expected"),
    [("classic", [0.885346, 0.5, 0.665337]), ("corrected", [0.550321, 0.524558**0 * 0.5, 0.524558])],
)
def test_the_handbook_example_of_four_chains(study, variant, expected):
    asked = CHAINS + f'compared = "given"\nvariant = "{variant}"\nspread = 0.0\n'
    run = innohub.run(study(asked, chains=HEAD + "a,chips,0.2,0.4,0.6,0.8\n"))
    row = run.table("chain_fusion").iloc[0]
    assert [row["coupling"], row["level"], row["coordination"]] == pytest.approx(expected, abs=1e-5)
    assert (row["weakest"], row["certainty"], row["lag"]) == ("industry", 1, pytest.approx(0.3))
    gaps = run.table("chain_gaps")
    assert gaps["gap"].tolist() == pytest.approx([-0.2, -0.4, -0.6, -0.2, -0.4, -0.2])
    assert gaps["gap_low"].tolist() == pytest.approx(gaps["gap"].tolist())


def test_the_handbook_example_of_mismatch(study):
    rows = "".join(
        f"a,f{k},{i},1,1,{t}\n" for k, (t, i) in enumerate([(0.5, 0.2), (0.3, 0.2), (0.2, 0.3), (0, 0.3)])
    )
    run = innohub.run(study(CHAINS + 'compared = "fields"\nspread = 0.0\n', chains=HEAD + rows))
    row = run.table("talent_mismatch").iloc[0]
    assert row["mismatch"] == pytest.approx(0.4) and row["fields"] == 4
    assert (row["short_of"], row["surplus_in"]) == ("f3", "f0")
    assert row["mismatch_low"] == pytest.approx(0.4)
    assert "N204" not in set(run.table("findings")["code"])


def test_shares_that_do_not_sum_to_one_are_told_amounts_are_not(study):
    shares = HEAD + "a,x,0.5,1,1,0.3\na,y,0.3,1,1,0.3\n"
    assert "N204" in found(study(CHAINS, chains=shares + "b,x,1,1,1,1\nb,y,1,1,1,1\n"))
    amounts = HEAD + "a,x,50,1,1,30\na,y,30,1,1,30\nb,x,10,1,1,10\nb,y,10,1,1,10\n"
    assert "N204" not in found(study(CHAINS, chains=amounts))


def test_chinese_heads_units_and_names(study):
    text = "地区,领域,产业链（亿元）,创新链（件）,资金链,资金链单位,人才链（人年）\n"
    text += "甲,医药,10,5,3,亿元,100\n乙,医药,20,2,60000,万元,50\n"
    run = innohub.run(study(CHAINS, chains=text))
    table = run.table("chain_fusion").set_index("place")
    assert table["capital"].to_dict() == {"a": 0.5, "b": 1.0} and table["year"].eq(2020).all()
    amounts = run.table("chain_amounts")
    assert set(amounts["unit"]) == {"亿元", "件", "人年"}
    assert amounts.query("place == 'b' and chain == 'capital'")["amount"].tolist() == [6.0]
    assert amounts.query("place == 'b'")["row"].tolist() == [3] * 4
    link = run.trace("乙", "chains")
    assert (link.label_zh, link.value) == ("医药", table.loc["b", "coordination"])
    assert [(child.label_en, child.value, child.row) for child in link.children] == [
        ("industry", 20, 3), ("innovation", 2, 3), ("capital", 6, 3), ("talent", 50, 3),
    ]  # fmt: skip
    assert "chains.csv" in link.render("zh")
    with pytest.raises(PlaceError, match="C' has no four chains"):
        run.trace("C", "chains")


def test_chains_from_the_panel_take_the_years_that_have_all_four(study):
    asked = "years = [2019]\n" + '[ecosystem.chains.fields.chips]\ntitle = { zh = "芯片", en = "Chips" }\n'
    asked += 'industry = "i"\ninnovation = "n"\ncapital = "k"\ntalent = "t"\n'
    indicators = "indicator,name_en,unit,direction,noise\n" + "".join(
        f"{code},{code},count,1,{noise}\n" for code, noise in zip("inkt", ("", 0.3, "", ""), strict=True)
    )
    values = [f"{p},{c},{y},{v}" for p, v in (("a", 1), ("b", 4)) for c in "inkt" for y in (2018, 2019, 2020)]
    values = [row for row in values if row != "a,k,2019,1" and not row.startswith(("a,t,2020", "b,t,2020"))]
    run = innohub.run(
        study(asked, indicators=indicators, panel="place,indicator,year,value\n" + "\n".join(values))
    )
    table = run.table("chain_fusion")
    assert table["year"].tolist() == [2019, 2019] and table["weakest"].iloc[0] == ""
    assert table["coordination"].isna().tolist() == [True, False]
    assert run.table("chain_fields")["name_zh"].tolist() == ["芯片"]
    amounts = run.table("chain_amounts").set_index(["place", "chain"])
    assert (
        amounts.loc[("b", "innovation"), "spread"] == 0.3 and amounts.loc[("b", "talent"), "spread"] == 0.05
    )
    assert amounts.loc[("b", "talent"), ["indicator", "file"]].tolist() == ["t", "panel.csv"]
    assert "N342" in set(run.table("findings")["code"])


def test_the_order_of_rows_and_of_chains_does_not_matter(study):
    rng = np.random.default_rng(4)
    rows = [
        f"{p},{f}," + ",".join(f"{x:.3f}" for x in rng.uniform(1, 9, 4)) for p in "abc" for f in ("x", "y")
    ]
    one = innohub.run(study(CHAINS, chains=HEAD + "\n".join(rows)))
    told = {name: one.table(name) for name in ("chain_fusion", "chain_gaps", "talent_mismatch")}
    other = innohub.run(study(CHAINS, chains=HEAD + "\n".join(rows[::-1])))
    for name, table in told.items():
        pd.testing.assert_frame_equal(other.table(name), table)


def test_bad_chains_are_named_together(study):
    text = HEAD + "a,chips,-1,1,1,1\na,chips,1,1,1,1\nz,chips,1,1,1,1\nb,chip,1,x,1,1\n"
    asked = CHAINS + 'variant = "liao(2)"\nweights = [1, 2]\n[ecosystem.chains.names]\nchips = "Chips"\n'
    told = found(study(asked, chains=text))
    assert {"P001": ("chains.csv", 4, "place"), "R014": ("chains.csv", 5, "innovation")}.items() <= {
        code: spots[0] for code, spots in told.items()
    }.items()
    assert {"N344", "N346"} <= set(told)
    told = found(study(asked, chains=HEAD + "a,chips,-1,1,1,1\na,chips,1,1,1,1\nb,chip,1,1,1,1\n"))
    assert told["M260"] == [("chains.csv", 3, "year")]
    told = found(study(asked, chains=HEAD + "a,chips,-1,1,1,1\nb,chip,1,1,1,1\n"))
    assert told["N341"] == [("chains.csv", 2, "industry")] and told["N357"] == [("chains.csv", 3, "field")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("place,industry,innovation,capital\na,1,1,1\n", "R011"),
        (
            "place,industry（亿元）,innovation,capital,talent,industry_unit\na,1,1,1,1,\nb,1,1,1,1,人\n",
            "N343",
        ),
        (HEAD + "a,x,,,,\n", "N340"),
        (HEAD + "a,x,1,1,1,\nb,x,1,1,1,2\n", "N342"),
        (HEAD + "a,x,1,1,1,1\n", "N203"),
        (HEAD + "a,x,0,1,1,1\nb,x,1,1,1,1\n", "N202"),
    ],
)
def test_a_chain_that_is_missing_alone_or_of_another_unit(study, text, code):
    assert code in found(study(CHAINS, chains=text))


def test_no_table_of_chains_unknown_indicators_and_nested_places(study):
    assert "F004" in found(study(CHAINS))
    asked = '[ecosystem.chains.fields.x]\nindustry = "no"\ninnovation = "i"\ncapital = "i"\ntalent = "i"\n'
    panel = {
        "indicators": "indicator,unit,direction\ni,count,1\n",
        "panel": "place,indicator,year,value\na,i,2020,1\n",
    }
    assert found(study(asked, **panel))["M262"] == [("study.toml", 6, "ecosystem.chains.fields.x.industry")]
    folder = study(CHAINS, chains=HEAD + "a,x,1,1,1,1\nab,x,2,2,2,2\n")
    (folder / "places.csv").write_text(PLACES.replace("a,甲,A,CN,", "a,甲,A,CN,ab"), encoding="utf-8")
    assert "N345" in found(folder)
    assert "M263" in found(study(CHAINS + 'places = ["nowhere"]\n', chains=HEAD + "a,x,1,1,1,1\n"))


# Works


def test_synergies_by_hand(study):
    run = innohub.run(study(SYNERGY + 'counting = "whole"\n', works=WORKS))
    table = run.table("synergy").set_index(["place", "kind"])
    # Ties: w1 university-firm, w3 firm-government, firm-university, government-university: all across sectors.
    # Ends: university 3, firm 3, government 2 of 8.
    whole = table.loc[("", "subjects")]
    assert whole["share"] == 1 and whole["expected"] == pytest.approx(1 - (9 + 9 + 4) / 64)
    assert whole["ratio"] == pytest.approx(1 / (1 - 22 / 64))
    # Ties: a-b, b-b, b-c, b-c; ends: a 1, b 5, c 2 of 8.
    cities = table.loc[("", "cities")]
    assert cities["share"] == 0.75 and cities["expected"] == pytest.approx(1 - (1 + 25 + 4) / 64)
    assert table.loc[("b", "cities"), "share"] == 0.75
    assert table.loc[("a", "cities"), "expected"] == pytest.approx(2 * (7 / 8) / (2 * (7 / 8) + 1 / 8))
    # Money: w1 8 and w3 8 of 20 are joint; six members, national 2, provincial 1, municipal 3.
    levels = table.loc[("", "levels")]
    p = np.array([2, 1, 3]) / 6
    dealt = (8 * (1 - (p**2).sum()) + 8 * (1 - (p**3).sum())) / 20
    assert levels["share"] == pytest.approx(0.8) and levels["expected"] == pytest.approx(dealt)
    pairs = run.table("level_pairs").query("place == ''").set_index(["level", "other"])["share"]
    assert pairs[("national", "provincial")] == pytest.approx(0.4)
    assert pairs[("national", "municipal")] == pytest.approx(0.4)
    open_ = run.table("open_innovation").set_index("place")
    assert open_.loc["a", ["external", "outward", "inward"]].tolist() == [1, 1, 0]
    assert open_.loc["b", ["external", "inward", "coupled"]].tolist() == [0.75, 0.25, 0.5]
    wide = run.table("openness").set_index("place")
    assert wide.loc["a", ["elsewhere", "abroad", "partners", "works"]].tolist() == [0.5, 0, 1, 2]
    assert wide.loc["b", ["elsewhere", "abroad", "partners"]].tolist() == [1, 0.5, 2]
    assert wide.loc["b", "effective"] == pytest.approx(2) and wide.loc["c", "abroad"] == 1


def helix_bits(counts):
    """Mutual information in three dimensions from the joint distribution, entropy by entropy."""
    joint = np.zeros((2, 2, 2))
    for name, count in counts.items():
        joint[int("u" in name), int("i" in name), int("g" in name)] += count
    joint /= joint.sum()

    def entropy(*kept):
        p = joint.sum(axis=tuple(axis for axis in range(3) if axis not in kept)).ravel()
        p = p[p > 0]
        return -(p * np.log2(p)).sum()

    single = sum(entropy(axis) for axis in range(3))
    return single - sum(entropy(*pair) for pair in itertools.combinations(range(3), 2)) + entropy(0, 1, 2)


def test_triple_helix_of_the_handbook_and_by_entropies(study):
    counts = {"u": 40, "i": 20, "g": 10, "ui": 10, "ug": 12, "ig": 3, "uig": 5}
    sector = {"u": "university", "i": "firm", "g": "government"}
    rows, number = ["work,place,sector"], 0
    for name, count in counts.items():
        for _ in range(count):
            number += 1
            rows += [f"w{number},a,{sector[side]}" for side in name]
    rows += [f"z{k},a,other" for k in range(4)]
    table = innohub.run(study(SYNERGY, works="\n".join(rows) + "\n")).table("triple_helix")
    row = table[table["place"].eq("")].iloc[0]
    assert row[list(counts)].to_dict() == counts and (row["works"], row["left_out"]) == (100, 4)
    assert row["bits"] == pytest.approx(-0.177809, abs=1e-6)
    assert row["bits"] == pytest.approx(helix_bits(counts), abs=1e-12)
    assert row["low"] < row["bits"] < row["high"] < 0


def test_the_order_of_members_does_not_matter(study):
    rng = np.random.default_rng(2)
    sectors, levels = ["university", "firm", "government"], ["national", "municipal"]
    rows = [
        f"w{rng.integers(40)},{rng.choice(list('abc'))},{rng.choice(sectors)},{rng.choice(levels)},"
        f"{rng.integers(1, 9)},{rng.choice(['in', 'out', ''])}"
        for _ in range(120)
    ]
    head = WORKS.splitlines()[0] + "\n"
    one = innohub.run(study(SYNERGY, works=head + "\n".join(rows)))
    names = ("synergy", "synergy_pairs", "level_pairs", "open_innovation", "openness", "triple_helix")
    told = {name: one.table(name) for name in names}
    rng.shuffle(rows)
    other = innohub.run(study(SYNERGY, works=head + "\n".join(rows)))
    for name, table in told.items():
        pd.testing.assert_frame_equal(other.table(name), table)


def test_gravity_fits_distance_and_needs_coordinates(study):
    rows = "".join(
        f"w{k},{x},firm\nw{k},{y},firm\n"
        for k, (x, y) in enumerate(["ab"] * 30 + ["ac"] * 5 + ["aa"] * 20 + ["cc"] * 20)
    )
    run = innohub.run(study("[ecosystem.synergy]\nwithin_km = 20.0\n", works="work,place,sector\n" + rows))
    row = run.table("synergy").query("place == '' and kind == 'cities'").iloc[0]
    assert (
        row["null"] == "gravity" and row["decay"] > 0 and row["ratio_low"] < row["ratio"] < row["ratio_high"]
    )
    pairs = run.table("synergy_pairs").set_index(["place", "other"])
    # Ends: b 30, c 45; at the same size, the nearer place is expected to have more.
    assert pairs.loc[("a", "b"), "expected"] / 30 > pairs.loc[("a", "c"), "expected"] / 45
    folder = study("[ecosystem.synergy]\nwithin_km = { a = 9.0 }\n", works="work,place,sector\n" + rows)
    assert "N354" in found(folder)
    (folder / "places.csv").write_text(PLACES.replace(",31,111", ",,"), encoding="utf-8")
    assert "N350" in found(folder)


def test_years_one_by_one_and_works_without_a_flow(study):
    text = "work,place,sector,year\n" + "".join(
        f"w{k},{p},{s},{2019 + k % 2}\n"
        for k in range(24)
        for p, s in (("a", "firm"), ("b" if k % 3 else "a", "university"))
    )
    run = innohub.run(study(SYNERGY + "by_year = true\n", works=text))
    table = run.table("synergy").query("place == '' and kind == 'cities'")
    assert table["year"].tolist() == [2019, 2020] and table["works"].tolist() == [12, 12]
    open_ = run.table("open_innovation")
    assert open_["inward"].isna().all() and open_["external"].notna().all()
    assert run.table("triple_helix").query("place == ''")["ui"].tolist() == [12, 12]
    assert "N356" in found(
        study(SYNERGY + "by_year = true\n", works=text.replace("w0,a,firm,2019", "w0,a,firm,"))
    )


def test_bad_works_are_named_together(study):
    text = WORKS + "w4,z,firm,national,1,\nw5,a,guild,galactic,-2,sideways\n"
    told = {code: spots[0] for code, spots in found(study(SYNERGY, works=text)).items()}
    assert told["P001"] == ("works.csv", 8, "place")
    told = {
        code: spots[0]
        for code, spots in found(study(SYNERGY, works=WORKS + "w5,a,guild,galactic,-2,sideways\n")).items()
    }
    assert told["N347"] == ("works.csv", 8, "sector") and told["N348"] == ("works.csv", 8, "level")
    assert told["N341"] == ("works.csv", 8, "amount") and told["M261"] == ("works.csv", 8, "flow")
    asked = SYNERGY + 'sectors = { guild = "firm" }\nlevels = { galactic = "national" }\n'
    assert not {"N347", "N348"} & set(found(study(asked, works=WORKS + "w5,a,guild,galactic,2,\n")))
    years = "work,place,actor,year\nw1,a,x,2019\nw1,b,y,2020\nw1,b,y,2020\n"
    told = found(study(SYNERGY, works=years))
    assert told["N355"] == [("works.csv", 3, "year")] and told["M260"] == [("works.csv", 4, "level")]
    assert "N349" in found(study(SYNERGY, works="work,actor\nw1,x\nw1,y\n"))
    assert "F004" in found(study(SYNERGY))
    assert "N358" in found(study(SYNERGY, works=WORKS.replace("national,6,out", "national,,out")))


def test_one_place_and_works_of_one_member(study):
    run = innohub.run(study(SYNERGY, works="work,place,sector\nw1,a,firm\nw2,a,university\n"))
    assert run.table("triple_helix")["ui"].tolist() == [0, 0]
    assert "open_innovation" not in run.table_names and "synergy" in run.table_names
    assert run.table("synergy")["share"].isna().all()


def test_intervals_of_shares_cover_the_truth(study):
    """Of many small studies drawn from one world, about nine in ten intervals hold its share of ties across sectors."""
    rng, hits, times = np.random.default_rng(8), 0, 40
    for _ in range(times):
        rows = []
        for work in range(60):
            # Whole works are alike: with chance 0.4 all its ties cross, else none.
            pair = ("firm", "university") if rng.random() < 0.4 else ("firm", "firm")
            rows += [f"w{work},a,{side}" for side in pair]
        folder = study(SYNERGY + "draws = 400\n", works="work,place,sector\n" + "\n".join(rows))
        row = innohub.run(folder).table("synergy").query("place == '' and kind == 'subjects'").iloc[0]
        hits += row["share_low"] <= 0.4 <= row["share_high"]
    assert 0.75 <= hits / times <= 1


# Division of the chain

STAGES = """place,stage,amount,unit
a,research,10,亿元
a,making,5,亿元
b,research,10,亿元
b,making,40,亿元
c,making,100000,万元
"""


def test_a_division_by_hand(study):
    run = innohub.run(study(DIVISION, chain_stages=STAGES))
    table = run.table("stage_division").set_index(["group", "stage"])
    assert table.loc[("north", "research"), "quotient"] == pytest.approx((10 / 15) / (20 / 75))
    assert table.loc[("south", "making"), "amount"] == pytest.approx(50) and table["unit"].eq("亿元").all()
    tests = run.table("division_tests")
    assert tests["verdict"].eq("holds").all() and tests["holds"].all() and tests["year"].isna().all()
    assert tests["probability"].tolist() == [1, 1]
    assert (tests["quotient_low"] < tests["quotient"]).all()


def test_a_division_by_year_and_field(study):
    text = "place,stage,amount,year,field\n" + "".join(
        f"{p},{s},{v},{y},x\n{p},{s},{1},{y},y\n"
        for y, flip in ((2019, False), (2020, True))
        for p, s, v in (("a", "research", 9), ("a", "making", 1), ("b", "research", 1), ("b", "making", 9))
        for v in [10 - v if flip else v]
    )
    run = innohub.run(study(DIVISION + 'field = "x"\n', chain_stages=text))
    assert run.table("division_tests").groupby("year")["verdict"].first().tolist() == [
        "holds",
        "does not hold",
    ]


@pytest.mark.parametrize(
    ("asked", "text", "code"),
    [
        (DIVISION, None, "F004"),
        (DIVISION, STAGES.replace("b,making,40", "b,making,-40"), "N341"),
        (DIVISION, STAGES.replace("万元", "人"), "N343"),
        (DIVISION, STAGES + "a,research,1,亿元\n", "M260"),
        (DIVISION.replace('"research"', '"reserch"'), STAGES, "N353"),
        (DIVISION.replace("stated = { north", "stated = { nord"), STAGES, "N353"),
        (DIVISION.replace('"b", "c"', '"a", "c"'), STAGES, "N352"),
        (DIVISION.replace('"b", "c"', '"b", "d"'), STAGES, "M263"),
        (DIVISION.replace('["a"]', '["ab"]'), STAGES, "N359"),
        (DIVISION + 'field = "x"\n', STAGES, "N353"),
    ],
)
def test_bad_divisions(study, asked, text, code):
    assert code in found(study(asked, **({"chain_stages": text} if text else {})))


# The step


def test_the_step_is_read_back_and_computed_again_when_its_table_changes(study):
    folder = study(CHAINS, chains=HEAD + "a,x,1,1,1,1\nb,x,2,1,1,1\n")
    seen: list[tuple[str, bool]] = []
    for _ in range(2):
        innohub.run(folder, progress=lambda step, computed: seen.append((step, computed)))
    (folder / "chains.csv").write_text(HEAD + "a,x,1,1,1,1\nb,x,3,1,1,1\n", encoding="utf-8")
    run = innohub.run(folder, progress=lambda step, computed: seen.append((step, computed)))
    assert [computed for step, computed in seen if step == "flows"] == [True, False, True]
    assert run.table("chain_fusion")["industry"].tolist() == pytest.approx([1 / 3, 1])


def test_words_of_the_catalogue():
    assert [flow_label("chain", name, "zh") for name in flow_names("chain")] == [
        "产业链",
        "创新链",
        "资金链",
        "人才链",
    ]


def test_the_shipped_study_of_energy_projects(tmp_path):
    folder = tmp_path / "eu"
    shutil.copytree(example_folder("eu-energy-projects"), folder, ignore=shutil.ignore_patterns("results"))
    text = (folder / "study.toml").read_text(encoding="utf-8").replace("draws = 1000", "draws = 100")
    (folder / "study.toml").write_text(text, encoding="utf-8")
    run = innohub.run(folder)
    members = pd.read_csv(folder / "works.csv", keep_default_na=False)
    works = members.groupby("work")["sector"].agg(set)
    row = run.table("triple_helix").query("place == ''").iloc[0]
    assert row["uig"] == sum({"PRC", "PUB"} <= one and bool({"HES", "REC"} & one) for one in works)
    assert row["works"] + row["left_out"] == len(works) == 1359
    whole = run.table("synergy").query("place == ''").set_index("kind")
    assert 0.83 < whole.loc["subjects", "ratio"] < 0.87 and 0.9 < whole.loc["cities", "ratio"] < 0.98
    sizes = members.groupby("work").size()
    assert whole.loc["subjects", "weight"] == pytest.approx((sizes > 1).sum())
