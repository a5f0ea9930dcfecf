"""Registers of a city, from a study folder to the tables of a run."""

import csv
import shutil
import tomllib
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import innohub
from innohub.catalog.registers import pillars, registers, slots
from innohub.errors import StudyError
from innohub.run import check

CLASSES = ("国家实验室", "综合类国家技术创新中心", "国家重大科技基础设施", "国际大科学计划")
STUDY = """
[study]
id = "city"
title = "City"
year = 2025

[ecosystem.registers]
"""
QUERY = """
[ecosystem.registers.query.four]
title = { zh = "四类平台", en = "All four" }
wanted = ["国家实验室", "national-technology-centre", "large-facility", "big-science-programme"]
"""
PLACES = [
    {"place": "gz", "kind": "city", "name_zh": "广州", "name_en": "Guangzhou", "part_of": "gba"},
    {"place": "sz", "kind": "city", "name_zh": "深圳", "name_en": "Shenzhen", "part_of": "gba"},
    {"place": "gba", "kind": "region", "name_zh": "大湾区", "name_en": "Bay Area", "part_of": ""},
    {"place": "tianhe", "kind": "district", "name_zh": "天河", "name_en": "Tianhe", "part_of": "gz"},
    {"place": "nansha", "kind": "district", "name_zh": "南沙", "name_en": "Nansha", "part_of": "gz"},
]


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    heads = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads, restval="")
        writer.writeheader()
        writer.writerows(rows)


def platforms(place: str, classes: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {"编号": f"{place}{n}", "名称": name, "类别": name, "地区": place, "来源": "s"}
        for n, name in enumerate(classes)
    ]


REGISTERS: dict[str, list[dict[str, object]]] = {
    "platforms": [
        *platforms("广州", CLASSES),
        *platforms("sz", CLASSES[:3]),
        {
            "编号": "n1",
            "名称": "甲",
            "类别": "N",
            "地区": "gz",
            "来源": "s",
            "级别": "省级",
            "领域": "AI；芯片",
            "协作平台编号": "广州0",
        },
        {"编号": "n2", "名称": "乙", "类别": "未载明", "地区": "sz", "来源": "s", "领域": "AI"},
    ],
    "policies": [
        {"id": "m", "name_zh": "总", "role": "1", "place": "gz", "year": 2023, "source": "s"},
        {
            "id": "n",
            "name_zh": "配套",
            "role": "N",
            "part_of": "m",
            "place": "gz",
            "year": 2024,
            "instrument": "指引",
            "source": "s",
        },
    ],
    "transfer": [
        {"id": f"t{n}", "project": "p", "element": name, "place": "gz", "district": "天河", "source": "s"}
        for n, name in enumerate(("机构", "团队", "成果", "基金", "园区"))
    ],
    "finance": [
        {
            "id": "f",
            "name_zh": "直投基金",
            "slot": "投",
            "stage": "种子；初创",
            "place": "gz",
            "year": 2025,
            "public": "2300万元",
            "social": "约1.1亿元",
            "source": "s",
        },
        {
            "id": "c",
            "name_zh": "资金池",
            "slot": "贷",
            "place": "gz",
            "year": "未载明",
            "amount": "超1500亿元",
            "firms": "近1.2万",
            "source": "s",
        },
        {
            "id": "m",
            "name_zh": "母基金",
            "slot": "投",
            "place": "gz",
            "year": 2025,
            "amount": "超260亿元",
            "funds": 42,
            "projects": 177,
            "source": "s",
        },
        {
            "id": "z",
            "name_zh": "无财政资金",
            "slot": "保",
            "place": "gz",
            "year": 2025,
            "public": "0元",
            "social": "1亿元",
            "source": "s",
        },
    ],
    "talent": [
        {"id": "a", "rung": "启航", "place": "gz", "year": 2020, "count": 100, "source": "s"},
        {"id": "b", "rung": "续航", "place": "gz", "year": 2020, "count": 40, "source": "s"},
        {"id": "c", "rung": "启航", "place": "gz", "year": 2022, "count": 121, "source": "s"},
        {"id": "d", "rung": "领航", "place": "gz", "year": "未载明", "count": 7, "source": "s"},
    ],
    "chains": [
        {
            "id": "a",
            "chain": "汽车",
            "link": "电驱",
            "place": "gz",
            "strength": "强",
            "order": 2,
            "source": "s",
        },
        {
            "id": "b",
            "chain": "汽车",
            "link": "芯片",
            "place": "gz",
            "strength": "弱",
            "order": 1,
            "source": "s",
        },
        {"id": "c", "chain": "汽车", "link": "电池", "place": "gz", "strength": "未载明", "source": "s"},
    ],
    "firsts": [
        {
            "id": "a",
            "name_zh": "甲",
            "claim": "首个",
            "scope": "全国",
            "place": "gz",
            "year": 2024,
            "source": "s",
        },
        {"id": "b", "name_zh": "乙", "claim": "第一", "scope": "未载明", "place": "gz", "source": "s"},
    ],
    "ranks": [
        {
            "id": "r1",
            "index": "GII",
            "place": "gz",
            "boundary": "城市",
            "edition": 2023,
            "rank": 9,
            "source": "s",
        },
        {
            "id": "r2",
            "index": "GII",
            "place": "gz",
            "boundary": "城市",
            "edition": 2024,
            "rank": 8,
            "of": 100,
            "source": "s",
        },
        {
            "id": "r3",
            "index": "GII",
            "place": "gba",
            "boundary": "集群",
            "edition": 2024,
            "rank": 2,
            "source": "s",
        },
        {
            "id": "r4",
            "index": "GII",
            "place": "gz",
            "boundary": "城市",
            "edition": "未载明",
            "rank": 3,
            "source": "s",
        },
    ],
    "strategies": [
        {
            "id": "s1",
            "name_zh": "规划",
            "place": "gz",
            "start": 2021,
            "end": 2025,
            "budget": "10亿元",
            "year": 2021,
            "field": "AI",
            "source": "s",
        },
    ],
    "barriers": [
        {"id": "b1", "place": "sz", "other": "gz", "resource": "人员", "barrier": "畅通", "source": "s"},
    ],
}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / "study.toml").write_text(STUDY + QUERY, encoding="utf-8")
    write(folder / "places.csv", PLACES)
    write(folder / "sources.csv", [{"source": "s", "title": "A text"}])
    for name, rows in REGISTERS.items():
        write(folder / "registers" / f"{name}.csv", rows)
    return folder


def change(folder: Path, old: str, new: str, file: str = "study.toml") -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def found(folder: Path) -> list[tuple[str, str, str | None, int | None]]:
    return [(f.code, f.level, f.file, f.row) for f in check(folder) if f.code not in ("P004", "P032")]


def plain(table: pd.DataFrame) -> list[dict[str, object]]:
    return table.astype(object).where(table.notna(), None).to_dict("records")


def test_registers_alone_make_a_study(city: Path) -> None:
    assert not found(city)
    run = innohub.run(city)
    assert {f"register_{name}" for name in REGISTERS} < set(run.table_names)
    assert run.table("register_platforms")["place"].tolist() == ["gz"] * 4 + ["sz"] * 3 + ["gz", "sz"]
    assert len(run.table("panel")) == 0 and len(run.table("indicators")) == 0
    assert innohub.run(city).folder == run.folder


def test_what_follows_from_each_register(city: Path) -> None:
    run = innohub.run(city)
    told = run.table("register_completeness").set_index("place")
    assert told["present"].to_dict() == {"gz": 4, "sz": 3} and told["unclassed"].to_dict() == {
        "gz": 0,
        "sz": 1,
    }
    assert told.loc["sz", "missing"] == "big-science-programme"
    stack = plain(run.table("policy_stack"))[0]
    assert (stack["general"], stack["supporting"], stack["complete"]) == ("m", 1, True)
    ones = run.table("five_ones").set_index(["by", "name"])
    assert ones["score"].to_dict() == {("project", "p"): 5, ("district", "天河"): 5}
    covered = plain(run.table("district_coverage"))[0]
    assert (covered["districts"], covered["share"], covered["without"]) == (2, 0.5, "nansha")
    chain = plain(run.table("chain_links"))[0]
    assert (chain["links"], chain["not_stated"], chain["weak_share"]) == (3, 1, 0.5)
    assert (chain["weak_links"], chain["strong_links"]) == ("芯片", "电驱")
    firsts = run.table("firsts_by_scope").set_index("scope")
    assert firsts["undated"].to_dict() == {"nation": 0, "": 1}
    card = plain(run.table("strategy_cards"))[0]
    assert (card["years"], card["budget_a_year"], card["currency"]) == (5, 2e8, "CNY")
    border = run.table("barrier_matrix").set_index("resource")["state"]
    assert border.to_dict() == {
        "people": "free", "equipment": "not known", "money": "not known", "information": "not known",
    }  # fmt: skip
    overlap = plain(run.table("platform_overlap"))[0]
    assert (overlap["entry"], overlap["other"], overlap["other_place"]) == ("n1", "n2", "sz")
    assert overlap["overlap"] == pytest.approx(0.5**0.5)


def test_finance_of_the_worked_example(city: Path) -> None:
    ratios = innohub.run(city).table("finance_ratios").set_index(["entry", "measure"])
    assert ratios.loc[("f", "leverage"), "value"] == pytest.approx(4.7826, abs=5e-5)
    assert ratios.loc[("c", "amount per firm"), "value"] == pytest.approx(12.5e6)
    assert ratios.loc[("m", "amount per fund"), "value"] == pytest.approx(6.19e8, abs=1e6)
    assert ratios.loc[("m", "projects per fund"), "value"] == pytest.approx(4.21, abs=5e-3)
    assert pd.isna(ratios.loc[("z", "leverage"), "value"])
    assert ratios["qualifier"].to_dict()[("m", "projects per fund")] == ""
    assert ratios.loc[("f", "leverage"), ["file", "row", "qualifier"]].tolist() == [
        "registers/finance.csv",
        2,
        "~",
    ]
    matrix = innohub.run(city).table("finance_coverage")
    assert matrix.loc[matrix["covered"], ["slot", "stage"]].values.tolist() == [
        ["invest", "seed"],
        ["invest", "early"],
    ]


def test_talent_grows_from_dated_years_only(city: Path) -> None:
    told = innohub.run(city).table("talent_pyramid")
    dated = told[told["year"].notna()].set_index(["year", "rung"])
    assert dated.loc[(2022, "set-out"), "growth"] == pytest.approx(0.1)
    assert dated.loc[(2020, "carry-on"), "to_lower"] == 0.4
    undated = told[told["year"].isna() & told["entries"].gt(0)]
    assert undated[["rung", "count"]].values.tolist() == [["lead", 7]] and undated["growth"].isna().all()


def test_a_city_and_its_cluster_are_two_series(city: Path) -> None:
    ranks = innohub.run(city).table("rank_series").set_index("entry")
    assert ranks.loc["r1", "series"] == ranks.loc["r2", "series"] != ranks.loc["r3", "series"]
    assert ranks.loc["r2", "change"] == 1 and ranks.loc["r2", "top_share"] == 0.08
    assert pd.isna(ranks.loc["r3", "change"])
    # A rank without an edition is neither before nor after another.
    assert pd.isna(ranks.loc["r4", "change"]) and pd.isna(ranks.loc["r4", "edition"])


@pytest.mark.parametrize(
    ("more", "complete", "verdict", "others"),
    [
        ((), "", "not refuted", ""),
        ((), 'complete = ["platforms"]', "holds", ""),
        (CLASSES[3:], "", "refuted", "sz"),
    ],
)
def test_the_only_city_that_has_all_four(
    city: Path, more: tuple[str, ...], complete: str, verdict: str, others: str
) -> None:
    rows = [*REGISTERS["platforms"], *({**row, "编号": "more"} for row in platforms("sz", more))]
    write(city / "registers" / "platforms.csv", rows)
    change(city, "[ecosystem.registers]\n", f"[ecosystem.registers]\n{complete}\n")
    change(city, "wanted =", 'place = "广州"\nwanted =')
    run = innohub.run(city)
    answer = plain(run.table("register_only"))
    assert [(row["place"], row["verdict"], row["others"], row["compared"]) for row in answer] == [
        ("gz", verdict, others, 1)
    ]
    sets = run.table("register_sets").set_index("place")
    assert sets.loc["gz", "all"] and sets.loc["gz", "ids"] == "广州0;广州1;广州2;广州3"
    assert sets.loc["sz", "all"] == bool(more)


def test_without_a_place_those_that_have_all_are_tested(city: Path) -> None:
    answer = plain(innohub.run(city).table("register_only"))
    assert [(row["place"], row["verdict"], row["nearest"]) for row in answer] == [("gz", "not refuted", "sz")]


def test_pillars_from_registers_panel_and_wider_places(city: Path) -> None:
    write(
        city / "indicators.csv",
        [
            {
                "indicator": "students",
                "name_zh": "大学生",
                "name_en": "students",
                "unit": "万人",
                "direction": 1,
            }
        ],
    )
    write(city / "panel.csv", [
        {"place": "gz", "indicator": "students", "year": year, "value": value, "source": "s"}
        for year, value in ((2023, 150), (2025, "近165"), (2030, 200))
    ])  # fmt: skip
    write(city / "pillars.csv", [
        {"支柱": "人才", "栏": "投入", "指标": "大学生"},
        {"支柱": "平台", "栏": "投入", "登记表": "platforms"},
        {"支柱": "finance", "栏": "output", "登记表": "finance", "编号": "f", "列": "social"},
        {"支柱": "platforms", "栏": "外部位次", "登记表": "外部排名", "列": "rank"},
    ])  # fmt: skip
    change(city, "[ecosystem.registers]\n", '[ecosystem.registers]\nplaces = ["gz", "sz"]\n')
    table = innohub.run(city).table("pillars")
    filled = table[table["filled"]]
    told = filled[["place", "pillar", "slot", "bearer", "value", "unit", "qualifier"]].values.tolist()
    rank = [
        ["gz", "platforms", "rank", where, value, "位", ""]
        for where, value in (("gz", 9.0), ("gz", 8.0), ("gba", 2.0), ("gz", 3.0))
    ]
    assert told == [
        ["gz", "platforms", "input", "gz", 5.0, "个", ""], *rank,
        ["gz", "finance", "output", "gz", 1.1, "亿元", "~"],
        ["gz", "talent", "input", "gz", 165.0, "万人", "~<"],
        ["sz", "platforms", "input", "sz", 4.0, "个", ""],
        ["sz", "platforms", "rank", "gba", 2.0, "位", ""],
    ]  # fmt: skip
    slot = len(pillars()) * len(slots())
    assert (
        table.groupby("place").apply(lambda own: own[["pillar", "slot"]].drop_duplicates().shape[0]).tolist()
        == [slot] * 2
    )


def test_gaps_are_shown(city: Path) -> None:
    run = innohub.run(city)
    gaps = run.table("register_gaps").set_index(["place", "register"])
    assert gaps.loc[("gz", "cases"), "entries"] == 0
    assert gaps.loc[("sz", "platforms")].tolist() == [4, 0, 4, 1]
    assert len(gaps) == 3 * len(registers())
    cells = run.table("register_open")[["register", "entry", "column"]].values.tolist()
    assert ["finance", "c", "year"] in cells and ["platforms", "n2", "class"] in cells


def test_the_order_of_rows_does_not_matter(city: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(city, other)
    for name, rows in REGISTERS.items():
        write(other / "registers" / f"{name}.csv", rows[::-1])
    first, second = innohub.run(city), innohub.run(other)
    for name in (
        "register_completeness", "policy_stack", "five_ones", "finance_ratios", "talent_pyramid", "rank_series",
        "chain_links", "field_matrix", "register_sets", "firsts_by_scope",
    ):  # fmt: skip
        tables = [
            run.table(name).drop(columns=["row", "ids", "series"], errors="ignore").astype(str)
            for run in (first, second)
        ]
        rows = [sorted(map(str, table.values.tolist())) for table in tables]
        assert rows[0] == rows[1], name


def test_a_workbook_is_a_register_too(city: Path) -> None:
    book = openpyxl.Workbook()
    rows = REGISTERS["finance"]
    heads = list(dict.fromkeys(key for row in rows for key in row))
    book.active.append(heads)
    for row in rows:
        book.active.append([row.get(head) for head in heads])
    (city / "registers" / "finance.csv").unlink()
    book.save(city / "registers" / "finance.xlsx")
    ratios = innohub.run(city).table("finance_ratios").set_index(["entry", "measure"])
    assert ratios.loc[("f", "leverage"), "value"] == pytest.approx(4.7826, abs=5e-5)
    assert ratios.loc[("f", "leverage"), "file"] == "registers/finance.xlsx"


def test_bad_registers_are_named_all_at_once(city: Path) -> None:
    write(
        city / "registers" / "platforms.csv",
        [
            {
                "id": "a",
                "name_zh": "甲",
                "class": "皇家实验室",
                "place": "gz",
                "source": "s",
                "start": "2024-05",
                "end": "2023",
            },
            {"id": "a", "name_zh": "乙", "class": "N", "place": "广洲", "source": "t", "partners": "zz"},
        ],
    )
    write(city / "registers" / "finance.csv", [
        {"id": "f", "name_zh": "基金", "slot": "投", "place": "gz", "year": "", "amount": "3亿元", "source": "s"},
        {"id": "g", "name_zh": "基金", "slot": "投", "place": "gz", "year": 2024, "amount": "3", "source": "s"},
    ])  # fmt: skip
    write(city / "registers" / "platfroms.csv", REGISTERS["platforms"])
    one, two = "registers/platforms.csv", "registers/finance.csv"
    assert sorted(found(city)) == sorted([
        ("S354", "error", one, 2), ("S357", "error", one, 2), ("S353", "error", one, 3), ("P001", "error", one, 3),
        ("P003", "error", one, 3), ("S362", "warning", one, 3), ("S359", "error", two, 2), ("S358", "error", two, 3),
        ("P110", "warning", "registers/platfroms.csv", None),
    ])  # fmt: skip
    for finding in check(city):
        for language in ("zh", "en"):
            assert "{" not in finding.render(language)
    with pytest.raises(StudyError):
        innohub.run(city)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("wanted = [", 'table = "castles"\nwanted = [', "S363"),
        ("wanted = [", 'table = "firms"\nwanted = [', "P113"),
        ("wanted = [", 'column = "klass"\nwanted = [', "P114"),
        ("wanted = [", 'column = "lat"\nwanted = [', "P114"),
        ('"large-facility"', '"large-castle"', "P115"),
        ("wanted = [", 'place = "guangzou"\nwanted = [', "P001"),
        ("wanted = [", 'among = ["guangzou"]\nwanted = [', "P001"),
        ("[ecosystem.registers]\n", '[ecosystem.registers]\ncomplete = ["firms"]\n', "P113"),
        ("[ecosystem.registers]\n", '[ecosystem.registers]\nplaces = ["nowhere"]\n', "P001"),
        ("[ecosystem.registers]\n", '[ecosystem.registers]\nfolder = "elsewhere"\n', "P119"),
        ("[ecosystem.registers]\n", '[ecosystem.registers]\nfolder = "../registers"\n', "F005"),
        ("[ecosystem.registers]\n", '[ecosystem.registers]\nfoldr = "registers"\n', "M002"),
    ],
)
def test_bad_questions_are_named_with_their_line(city: Path, old: str, new: str, code: str) -> None:
    change(city, old, new)
    hits = [f for f in check(city) if f.code == code]
    assert len(hits) == 1 and hits[0].file == "study.toml" and hits[0].row
    for language in ("zh", "en"):
        assert "{" not in hits[0].render(language)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"pillar": "weather", "slot": "input", "register": "firsts"}, "M261"),
        ({"pillar": "talent", "slot": "inputs", "register": "firsts"}, "M261"),
        ({"pillar": "talent", "slot": "", "register": "firsts"}, "P020"),
        ({"pillar": "talent", "slot": "input"}, "P116"),
        ({"pillar": "talent", "slot": "input", "register": "cases"}, "P113"),
        (
            {"pillar": "talent", "slot": "input", "register": "talent", "entry": "zz", "column": "count"},
            "P117",
        ),
        ({"pillar": "talent", "slot": "input", "register": "talent", "entry": "a"}, "P118"),
        ({"pillar": "talent", "slot": "input", "register": "talent", "column": "rung"}, "P118"),
        ({"pillar": "talent", "slot": "input", "indicator": "nobody"}, "P002"),
    ],
)
def test_bad_rows_of_pillars(city: Path, row: dict[str, str], code: str) -> None:
    write(
        city / "pillars.csv",
        [
            {
                "pillar": "platforms",
                "slot": "input",
                "register": "platforms",
                "indicator": "",
                "entry": "",
                "column": "",
            },
            row,
        ],
    )
    assert [(f.code, f.file, f.row) for f in check(city) if f.level == "error"] in (
        [(code, "pillars.csv", 3)],
        # An indicator that nobody knows leaves the row without anything to show.
        [(code, "pillars.csv", 3), ("P116", "pillars.csv", 3)],
    )


def test_a_folder_that_is_not_asked_for_is_a_note(city: Path) -> None:
    shutil.rmtree(city / "registers")
    assert [code for code, *_ in found(city)] == ["P119"]
    (city / "registers").mkdir()
    assert "P112" in [code for code, *_ in found(city)]


def test_a_study_without_registers_tells_of_the_folder(city: Path) -> None:
    text = '[study]\nid = "x"\ntitle = "X"\nyear = 2025\noverlaps = "allow"\n[index.i]\nuncertainty = { draws = 100 }\n'
    (city / "study.toml").write_text(text, encoding="utf-8")
    write(city / "indicators.csv", [{"indicator": "v", "name_en": "v", "unit": "count", "direction": 1}])
    write(
        city / "framework.csv",
        [{"node": "i", "parent": "", "indicator": ""}, {"node": "n", "parent": "i", "indicator": "v"}],
    )
    values = [
        {"place": place, "indicator": "v", "year": 2025, "value": n, "source": "s"}
        for n, place in enumerate(("gz", "sz", "nansha"))
    ]
    write(city / "panel.csv", values)
    assert {(code, level) for code, level, *_ in found(city)} >= {("P111", "note")}
    assert "pillars" not in innohub.run(city).table_names
    change(city, "[index.i]", "[ecosystem.registers]\n[index.i]")
    run = innohub.run(city)
    assert {"pillars", "scores"} <= set(run.table_names)
    assert run.trace("gz", "platforms").kind == "pillar" and run.trace("gz").kind == "score"


def test_every_table_is_told(city: Path) -> None:
    root = Path(__file__).parents[2]
    told = tomllib.loads((root / "docs" / "tables.toml").read_text(encoding="utf-8"))
    run = innohub.run(city)
    for name in run.table_names:
        assert list(run.table(name).columns) == list(told[name]["columns"]), name


def test_a_trace_leads_to_file_and_row(city: Path) -> None:
    run = innohub.run(city)
    entry = run.trace("广州", "r2")
    assert (entry.kind, entry.file, entry.row) == ("item", "registers/ranks.csv", 3)
    assert {link.label_en: link.value for link in entry.children if link.kind == "number"}["Rank"] == 8
    register = run.trace("gz", "产业链")
    assert register.value == 3 and [link.row for link in register.children] == [2, 3, 4]
    pillar = run.trace("gz", "platforms")
    spots = [(link.file, link.row) for _, link in pillar.walk() if link.kind == "item"]
    assert ("registers/platforms.csv", 2) in spots
    assert [child.label_en for child in run.trace("gz").children] == [
        p.label["en"] for p in pillars().values()
    ]
    for language in ("zh", "en"):
        assert "registers/platforms.csv" in run.trace("gz").render(language)
    with pytest.raises(innohub.errors.InnohubError, match="N370"):
        run.trace("gz", "nothing like it")
    with pytest.raises(innohub.errors.InnohubError, match="N371"):
        run.trace("sz", "r2")
