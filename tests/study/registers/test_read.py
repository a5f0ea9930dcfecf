"""Reading and checking registers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.registers import registers, word_list
from innohub.study.names import names_of
from innohub.study.registers.cells import ends_before, read_date
from innohub.study.registers.read import read_register
from innohub.study.tables import Table

PLATFORM = {"id": "p1", "name_zh": "鹏城实验室", "class": "国家实验室", "place": "shenzhen"}
RANK = {"id": "r", "index": "GII", "place": "gz", "boundary": "city", "edition": "2024", "rank": "0"}
FUND = {"id": "f1", "name_zh": "母基金", "slot": "投", "place": "gz", "amount": "1.1亿元", "year": "2024"}


PLACES = names_of(
    pd.DataFrame(
        {
            "place": ["shenzhen", "guangzhou"],
            "name_zh": ["深圳", "广州"],
            "name_en": ["Shenzhen", "Guangzhou"],
        }
    ),
    "place",
    "P001",
)


def read(name, *rows, places=None, sources=None, unit="", first=2):
    frame = pd.DataFrame(rows, dtype=object).fillna("").astype(str)
    found = []
    table = Table("registers/x.csv", frame, np.arange(first, first + len(frame), dtype=np.int64), unit)
    return read_register(name, table, places, sources, found), found


def codes(found):
    return [finding.code for finding in found]


def test_a_good_row_gives_typed_columns():
    table, found = read(
        "platforms", {**PLATFORM, "lat": "22.5", "year": "2018年", "start": "2018/3", "field": "AI；通信"}
    )
    assert not found
    row = table.iloc[0]
    assert (row["class"], row["lat"], row["year"], row["start"], row["field"]) == (
        "national-laboratory", 22.5, 2018, "2018-03", "AI;通信",
    )  # fmt: skip
    assert (
        row["level"] == "" and np.isnan(row["lon"]) and row["file"] == "registers/x.csv" and row["row"] == 2
    )
    assert set(registers()["platforms"].columns) <= set(table)
    assert str(table["year"].dtype) == "Int64"


def test_heads_in_either_language():
    table, found = read("platforms", {"编号": "a", "中文名称": "乙", "Class": "N", "地区": "gz"})
    assert not found and table["class"].tolist() == ["other"]


def test_other_heads_for_the_same_column():
    table, found = read(
        "finance",
        {"编号": "a", "名称": "母基金", "环节": "投", "城市": "gz", "金额（万元）": "2300", "年度": "2024"},
    )
    assert not found
    assert (table["amount"].tolist(), table["currency"].tolist()) == ([2.3e7], ["CNY"])


def test_the_unit_above_a_table_is_that_of_money():
    fund = {key: FUND[key] for key in ("id", "name_zh", "slot", "place", "year")}
    table, found = read("finance", {**fund, "amount": "3"}, unit="亿元")
    assert not found and table["amount"].tolist() == [3e8]


def test_what_a_source_does_not_tell_is_open_and_no_slip():
    rows = [
        {**FUND, "year": "未载明", "stage": "Not stated", "funds": "n/s"},
        {**FUND, "id": "f2", "year": "", "name_zh": "未载明"},
    ]
    table, found = read("finance", *rows)
    assert [(f.code, f.row) for f in found] == [("S359", 3)]
    assert table["unstated"].tolist() == ["stage;year;funds", ""]
    assert table["year"].isna().all() and table["amount"].tolist() == pytest.approx([1.1e8] * 2)
    assert table["stage"].tolist() == ["", ""] and table["name_zh"].tolist() == ["母基金", "未载明"]


def test_columns_that_are_missing_or_unknown():
    table, found = read("platforms", {"id": "a", "name_zh": "x", "place": "gz", "clas": "N"})
    assert codes(found) == ["S351", "S350"]
    assert found[0].column == "clas" and found[0].params["near"] == "class" and found[0].level == "warning"
    assert found[1].column == "class" and table["class"].tolist() == [""]


@pytest.mark.parametrize(
    ("name", "row", "code", "column"),
    [
        ("platforms", {**PLATFORM, "place": ""}, "S352", "place"),
        ("platforms", {**PLATFORM, "class": "皇家实验室"}, "S354", "class"),
        ("platforms", {**PLATFORM, "lat": "north"}, "S355", "lat"),
        ("platforms", {**PLATFORM, "lat": "91"}, "S360", "lat"),
        ("platforms", {**PLATFORM, "year": "18"}, "S356", "year"),
        ("platforms", {**PLATFORM, "start": "2018-13"}, "S356", "start"),
        ("platforms", {**PLATFORM, "start": "2020-05", "end": "2019"}, "S357", "end"),
        ("finance", {**FUND, "amount": "3", "currency": ""}, "S358", "amount"),
        ("finance", {**FUND, "amount": "3", "currency": "shells"}, "S358", "amount"),
        ("finance", {**FUND, "year": ""}, "S359", "amount"),
        ("finance", {**FUND, "amount": "1.1亿", "currency": "亿元"}, "S367", "amount"),
        ("finance", {**FUND, "amount": "-1亿元"}, "S360", "amount"),
        ("finance", {**FUND, "stage": "种子；晚年"}, "S354", "stage"),
        ("finance", {**FUND, "funds": "4.5"}, "S355", "funds"),
        ("ranks", RANK, "S360", "rank"),
        ("firsts", {"id": "x", "name_zh": "y", "claim": "首个", "scope": "", "place": "gz"}, "S352", "scope"),
        ("firms", {"id": "x", "name_zh": "y", "place": "gz", "field": "AI", "rd_share": "1.2"}, "S360", "rd_share"),
    ],
)  # fmt: skip
def test_each_bad_cell_is_named_with_file_and_row(name, row, code, column):
    good = {**row, "id": "other"}
    fine = {"place": "gz", "class": "N", "lat": "", "year": "2020", "start": "", "end": "", "amount": "", "stage": "",
            "funds": "", "rank": "1", "scope": "全国", "rd_share": ""}  # fmt: skip
    good |= {key: value for key, value in fine.items() if key in good}
    _, found = read(name, good, row)
    assert codes(found) == [code]
    finding = found[0]
    assert (finding.file, finding.row, finding.column, finding.level) == (
        "registers/x.csv",
        3,
        column,
        "error",
    )
    for language in ("zh", "en"):
        assert "registers/x.csv" in finding.render(language) and "{" not in finding.render(language)


def test_ids_twice_with_both_rows():
    _, found = read("platforms", PLATFORM, {**PLATFORM, "id": "p2"}, PLATFORM)
    assert [(f.code, f.row, f.value, f.params["first"]) for f in found] == [("S353", 4, "p1", 2)]


def test_rows_of_the_file_are_kept():
    table, found = read("platforms", PLATFORM, PLATFORM, first=7)
    assert [(f.code, f.row, f.params["first"]) for f in found] == [("S353", 8, 7)]
    assert table["row"].tolist() == [7, 8]


def test_known_places():
    table, found = read("platforms", {**PLATFORM, "place": "shenzen"}, places=PLACES)
    assert [(f.code, f.level, f.row) for f in found] == [("P001", "error", 2)]
    assert "shenzhen (深圳)" in found[0].params["near"] and table["place"].tolist() == [""]
    table, found = read("platforms", {**PLATFORM, "place": "深圳"}, places=PLACES)
    assert [(f.code, f.level) for f in found] == [("P004", "note")] and table["place"].tolist() == [
        "shenzhen"
    ]
    barrier = {"id": "b", "place": "shenzhen", "other": "macau", "resource": "人员", "barrier": "受限"}
    assert [(f.code, f.column) for f in read("barriers", barrier, places=PLACES)[1]] == [("P001", "other")]


def test_references():
    head = {"id": "a", "name_zh": "总", "role": "1", "place": "gz", "part_of": ""}
    _, found = read(
        "policies",
        head,
        {**head, "id": "b", "role": "N", "part_of": "a"},
        {**head, "id": "c", "part_of": "z"},
    )
    assert [(f.code, f.row, f.value) for f in found] == [("S362", 4, "z")]
    _, found = read("platforms", PLATFORM, {**PLATFORM, "id": "p2", "partners": "p1；p9"})
    assert [(f.code, f.row, f.value) for f in found] == [("S362", 3, "p9")]


def test_money_in_single_units():
    rows = [
        {**FUND, "amount": "约1.1亿元"},
        {**FUND, "id": "b", "amount": "2300", "currency": "万元", "funds": "42", "stage": "种子；初创"},
        {**FUND, "id": "c", "amount": "", "year": ""},
        {**FUND, "id": "d", "amount": "5", "currency": "million USD"},
    ]
    table, found = read("finance", *rows)
    assert not found
    assert table["amount"].tolist()[:2] == pytest.approx([1.1e8, 2.3e7]) and np.isnan(table["amount"][2])
    assert table["amount"][3] == 5e6
    assert table["currency"].tolist() == ["CNY", "CNY", "", "USD"]
    assert table["amount_qualifier"].tolist() == ["~", "", "", ""]
    assert table["stage"].tolist() == ["", "seed;early", "", ""] and table["slot"].eq("invest").all()


def test_shares_in_per_cent():
    firm = {"id": "x", "name_zh": "y", "place": "gz", "field": "AI", "rd_share": "12%"}
    table, found = read("firms", firm)
    assert not found and table["rd_share"].tolist() == [0.12]


@pytest.mark.parametrize("name", registers())
def test_every_register_reads_a_row_of_its_own_words(name):
    row = {}
    for column in registers()[name].columns.values():
        words = column.allowed
        kind = {"number": "1", "integer": "1", "share": "0.1", "year": "2020", "date": "2020-01-01"}
        row[column.name] = word_list(column.one_of)[words[0]]["zh"] if words else kind.get(column.type, "x")
        if column.refers:
            row[column.name] = "x"
    row |= {"id": "x"} | ({"currency": "CNY"} if registers()[name].money else {})
    table, found = read(name, row)
    assert not found and len(table) == 1


@given(st.dates(), st.dates())
def test_periods_of_whole_days(start, end):
    assert ends_before(str(start), str(end)) == (end < start) or min(start.year, end.year) < 1000


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text):
    row = {key: text for key in registers()["finance"].columns}
    _, found = read("finance", row)
    for finding in found:
        finding.render("zh")
    read_date(text)
