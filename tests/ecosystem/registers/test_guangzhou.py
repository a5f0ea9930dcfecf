"""The registers of Guangzhou 2025, from the facts of the text."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from innohub.ecosystem.registers import (
    completeness,
    coverage_matrix,
    finance_ratios,
    leverage,
    only_place_with,
    policy_stacks,
    rank_series,
    read_register,
)
from innohub.ecosystem.registers.platforms import national_classes

PATH = Path(__file__).parents[2] / "reference" / "guangzhou_2025_facts.csv"
with PATH.open(encoding="utf-8", newline="") as _file:
    FACTS = {row["indicator"]: row for row in csv.DictReader(_file)}
UNITS = {"100 million CNY": "亿元", "10 thousand CNY": "万元"}
SIGNS = {"": "", "~": "约", "~<": "近", ">": "超"}


def said(indicator, unit=None):
    """Write a fact as the text does: 超260亿元."""
    fact = FACTS[indicator]
    return f"{SIGNS[fact['qualifier']]}{fact['value']}{UNITS[fact['unit']] if unit is None else unit}"


def finance():
    rows = [
        {"id": "hkust", "name_zh": "环港科大（广州）科技成果转化母基金", "slot": "投", "stage": "种子；初创",
         "public": said("hkust_gz_direct_investment"), "social": said("hkust_gz_leveraged_private_capital")},
        {"id": "fund-of-funds", "name_zh": "广州科技创新母基金", "slot": "创投", "stage": "",
         "amount": said("st_fund_of_funds_paid_in"), "funds": said("st_fund_of_funds_subfunds", ""),
         "projects": said("st_fund_of_funds_local_projects", "")},
        {"id": "credit-pool", "name_zh": "科技信贷风险补偿资金池", "slot": "贷", "stage": "",
         "amount": said("st_credit_pool_loans"), "firms": said("st_credit_pool_firms", "万")},
    ]  # fmt: skip
    return read_register(
        "finance", pd.DataFrame(rows).fillna("").assign(place="guangzhou", year="2025"), "finance.csv"
    )


def test_leverage_and_amounts_each():
    table, found = finance()
    assert not found, [f.render("en") for f in found]
    told = finance_ratios(table).set_index(["id", "measure"])
    assert told.loc[("hkust", "leverage"), "value"] == pytest.approx(4.7826, abs=1e-4)
    assert told.loc[("credit-pool", "amount per firm"), "value"] == pytest.approx(12.5e6)
    assert told.loc[("fund-of-funds", "amount per fund"), "value"] == pytest.approx(6.19e8, abs=1e6)
    assert told.loc[("fund-of-funds", "projects per fund"), "value"] == pytest.approx(4.21, abs=0.005)
    assert told["qualifier"].to_dict() == {
        ("hkust", "leverage"): "~", ("credit-pool", "amount per firm"): "~",
        ("fund-of-funds", "amount per fund"): "~", ("fund-of-funds", "projects per fund"): "",
    }  # fmt: skip
    assert told.loc[("credit-pool", "amount per firm"), "unit"] == "CNY"
    assert leverage(1, 0) != leverage(1, 0)


def test_slots_and_stages_show_what_is_not_said():
    table, _ = finance()
    matrix = coverage_matrix(table)
    assert len(matrix) == 5 * 5
    covered = matrix[matrix["covered"]]
    assert covered[["slot", "stage"]].values.tolist() == [["invest", "seed"], ["invest", "early"]]
    loose = matrix[matrix["stage"].eq("not stated")].set_index("slot")["entries"]
    assert loose.to_dict() == {"start": 0, "invest": 1, "credit": 1, "raise": 0, "insure": 0}


def test_a_city_and_its_cluster_are_two_series():
    rows = [
        {"id": "n", "index": "Nature Index", "boundary": "city", **_rank("nature_index_science_city_rank")},
        {"id": "g", "index": "GII", "boundary": "cluster", **_rank("gii_cluster_rank")},
        {"id": "w", "index": "GII", "boundary": "city", "place": "guangzhou", "edition": "2023", "rank": "9"},
    ]
    table, found = read_register("ranks", pd.DataFrame(rows).assign(series=["", "gii", "gii"]), "ranks.csv")
    assert not found
    series, found = rank_series(table)
    assert [(f.code, f.file, f.row) for f in found] == [("S368", "ranks.csv", 3)]
    assert series["series"].nunique() == 3 and series["change"].isna().all()
    assert set(series["rank"]) == {8, 2, 9}


def _rank(indicator):
    fact = FACTS[indicator]
    return {"place": fact["place"], "edition": fact["year"], "rank": fact["value"]}


def test_the_only_city_with_all_four_is_not_refuted_by_an_incomplete_register():
    rows = [
        {"id": f"g{k}", "name_zh": "x", "class": name, "place": "guangzhou"}
        for k, name in enumerate(national_classes())
    ]
    rows += [
        {"id": f"b{k}", "name_zh": "x", "class": name, "place": "beijing"}
        for k, name in enumerate(national_classes()[:3])
    ]
    table, found = read_register("platforms", pd.DataFrame(rows))
    assert not found
    answer = only_place_with(table, "guangzhou", national_classes())
    assert answer.verdict == "not refuted" and answer.compared == 1
    assert answer.nearest == (("beijing", ("big-science-programme",)),)
    assert completeness(table).set_index("place")["present"].to_dict() == {"beijing": 3, "guangzhou": 4}


def test_one_general_and_four_supporting_policies():
    rows = [
        {
            "id": "main",
            "name_zh": "广州市进一步促进科技成果转化若干措施",
            "role": "1",
            "part_of": "",
            "topic": "",
        }
    ]
    rows += [
        {"id": f"n{k}", "name_zh": name, "role": "N", "part_of": "main", "topic": name}
        for k, name in enumerate(["所有权或长期使用权", "单列管理", "尽职免责", "概念验证中心"])
    ]
    table, found = read_register("policies", pd.DataFrame(rows).assign(place="guangzhou"))
    stacks, more = policy_stacks(table)
    assert not found and not more
    assert stacks["supporting"].tolist() == [4] and stacks["complete"].all()
