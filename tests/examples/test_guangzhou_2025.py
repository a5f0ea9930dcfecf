"""The registers of Guangzhou: every number is one of the text, and what the text leaves open stays open."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest

import innohub
from innohub import Run
from innohub.catalog.examples import example_folder
from innohub.catalog.registers import registers
from innohub.run import check

PATH = Path(__file__).parents[1] / "reference" / "guangzhou_2025_facts.csv"
with PATH.open(encoding="utf-8", newline="") as _file:
    FACTS = {row["indicator"]: row for row in csv.DictReader(_file)}
FACTOR = {"100 million CNY": 1e8, "10 thousand CNY": 1e4, "10 thousand": 1e4}
# Facts that stand in a register: register, entry, column.
HELD = {
    "nature_index_science_city_rank": ("ranks", "nature-2024", "rank"),
    "gii_cluster_rank": ("ranks", "gii-2024", "rank"),
    "foreign_talent_china_rank": ("ranks", "foreign-talent", "rank"),
    "hkust_gz_transfer_fund_size": ("finance", "hkust-fund", "amount"),
    "hkust_gz_direct_investment": ("finance", "hkust-fund", "public"),
    "hkust_gz_co_investors": ("finance", "hkust-fund", "investors"),
    "hkust_gz_leveraged_private_capital": ("finance", "hkust-fund", "social"),
    "industry_and_venture_funds": ("finance", "fund-forest", "amount"),
    "st_fund_of_funds_subfunds": ("finance", "fund-of-funds", "funds"),
    "st_fund_of_funds_paid_in": ("finance", "fund-of-funds", "amount"),
    "st_fund_of_funds_local_projects": ("finance", "fund-of-funds", "projects"),
    "st_credit_pool_firms": ("finance", "credit-pool", "firms"),
    "st_credit_pool_loans": ("finance", "credit-pool", "amount"),
    "hightech_listings": ("finance", "listings", "firms"),
}
# What the text says beside the facts: 前万分之一.
BESIDE = {("fronts", "scut-engineering", "top_share"): 0.0001}
_SKIPPED = {"year", "edition", "data_year", "order"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("shipped") / "guangzhou-2025"
    shutil.copytree(example_folder("guangzhou-2025"), folder, ignore=shutil.ignore_patterns("results"))
    return innohub.run(folder)


def test_the_check_finds_nothing_but_missing_years() -> None:
    assert {finding.code for finding in check(example_folder("guangzhou-2025"))} == {"P062"}


def test_every_number_of_the_registers_is_one_of_the_facts(run: Run) -> None:
    at = {spot: fact for fact, spot in HELD.items()}
    seen = set()
    for name, register in registers().items():
        if f"register_{name}" not in run.table_names:
            continue
        table = run.table(f"register_{name}")
        numbers = [c for c in register.columns.values() if c.type in {"number", "integer", "share"}]
        for column in (c for c in numbers if c.name not in _SKIPPED):
            for row in table[table[column.name].notna()].to_dict("records"):
                spot = (name, row["id"], column.name)
                if spot in BESIDE:
                    assert row[column.name] == pytest.approx(BESIDE[spot])
                    continue
                fact = FACTS[at[spot]]
                factor = FACTOR.get(fact["unit"], 1)
                assert row[column.name] == pytest.approx(float(fact["value"]) * factor), spot
                assert row.get(f"{column.name}_qualifier", "") == fact["qualifier"], spot
                assert row["place"] == fact["place"] and row["source"]
                seen.add(at[spot])
    assert seen == set(HELD)


def test_every_value_of_the_panel_is_one_of_the_facts(run: Run) -> None:
    panel = run.table("panel").set_index("indicator")
    assert set(panel.index) - set(FACTS) == {"basic_science_centres"}
    for name, row in panel.drop("basic_science_centres").iterrows():
        fact = FACTS[str(name)]
        assert row["value"] == float(fact["value"]), name
        assert row["qualifier"] == fact["qualifier"], name
        assert (str(row["year"]) if pd.notna(row["year"]) else "") == fact["year"], name


def test_no_fact_is_left_out(run: Run) -> None:
    assert set(FACTS) == set(HELD) | set(run.table("panel")["indicator"]) - {"basic_science_centres"}


def test_leverage_and_amounts_each(run: Run) -> None:
    ratios = run.table("finance_ratios").set_index(["entry", "measure"])["value"]
    assert ratios["hkust-fund", "leverage"] == pytest.approx(4.7826, abs=5e-5)
    assert ratios["credit-pool", "amount per firm"] == pytest.approx(12.5e6)
    assert ratios["fund-of-funds", "amount per fund"] == pytest.approx(6.19e8, abs=1e6)
    assert ratios["fund-of-funds", "projects per fund"] == pytest.approx(4.21, abs=5e-3)


def test_the_only_city_is_not_tested_with_one_city(run: Run) -> None:
    answer = run.table("register_only").iloc[0]
    assert (answer["place"], answer["verdict"], answer["compared"]) == ("guangzhou", "not tested", 0)
    assert run.table("register_completeness")["present"].tolist() == [4]


def test_one_general_document_and_four(run: Run) -> None:
    stack = run.table("policy_stack").iloc[0]
    assert (stack["supporting"], stack["complete"]) == (4, True) and pd.isna(stack["first_year"])


def test_what_the_text_leaves_open_is_shown(run: Run) -> None:
    pillars = run.table("pillars")
    gaps = pillars.loc[~pillars["filled"], ["pillar", "slot"]].values.tolist()
    assert gaps == [
        ["platforms", "activity"],
        ["industry", "rank"],
        ["transfer", "rank"],
        ["finance", "rank"],
    ]
    ladder = run.table("talent_pyramid")
    assert ladder["rung"].tolist() == ["set-out", "carry-on", "lead"]
    assert ladder["count"].isna().all() and ladder["entries"].tolist() == [1, 1, 1]
    cells = run.table("register_open")
    assert {"scope", "strength", "count", "stage", "year", "class"} <= set(cells["column"])
    slots = run.table("finance_coverage").groupby("slot")["entries"].sum()
    assert slots["start"] == slots["insure"] == 0


def test_the_cluster_keeps_its_rank(run: Run) -> None:
    series = run.table("rank_series").set_index("entry")
    assert series.loc["gii-2024", "place"] != series.loc["nature-2024", "place"]
    assert series.loc["gii-2024", "series"] != series.loc["nature-2024", "series"]
    shown = run.table("pillars").set_index("entry").loc["gii-2024"]
    assert (shown["place"], shown["bearer"]) == ("guangzhou", "guangzhou-shenzhen-hong-kong")


def test_texts_of_the_registers_have_both_names(run: Run) -> None:
    labels = set(run.table("register_labels")["text"])
    for table, column in (
        ("chains", "chain"),
        ("chains", "link"),
        ("ranks", "index"),
        ("firsts", "claim"),
        ("firms", "field"),
    ):
        texts = {part for cell in run.table(f"register_{table}")[column] for part in cell.split(";") if part}
        assert texts <= labels, texts - labels


def test_a_quote_is_short(run: Run) -> None:
    for name in registers():
        if f"register_{name}" in run.table_names:
            assert run.table(f"register_{name}")["quote"].str.len().max() <= 40, name
