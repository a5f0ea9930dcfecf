"""The tables beside grid and standing in the page's data: whole, typed, empty where a run has none."""

from typing import get_args, get_type_hints

import pandas as pd
import pytest

from innohub.web import payload, schema
from innohub.web.schema_insight import Insights


@pytest.fixture(scope="module")
def data(provinces):
    return payload(provinces)


def test_every_table_is_there_in_full(data, provinces, mismatches):
    assert mismatches(data["insights"], Insights) == []
    assert {name: len(rows) for name, rows in data["insights"].items()} == {
        name: len(provinces.table(name)) for name in get_type_hints(Insights)
    }


def test_numbers_and_names_are_those_of_the_run(data, provinces):
    for name, kind in get_type_hints(Insights).items():
        table = provinces.table(name)
        for field, hint in get_type_hints(get_args(kind)[0]).items():
            if field not in table or float not in get_args(hint):
                continue
            shown = pd.Series([row[field] for row in data["insights"][name]], dtype=float)
            pd.testing.assert_series_equal(
                shown, table[field].astype(float), check_names=False, check_index=False, rtol=1e-6
            )
    case = next(row for row in data["insights"]["cases"] if row["item"] == "sales-2021")
    assert case["label"]["en"] == "sales"
    assert case["told"]["en"] == "CNY 26 billion"
    assert next(row for row in data["insights"]["centre_roles"])["name"]["en"]
    assert {row["grade"] for row in data["insights"]["hub_limits"]} == {"centre", "hub", "node"}


def test_ids_of_the_catalogue_have_names(data):
    names = data["catalogue"]["names"]
    told = data["insights"]
    assert {row["model"] for row in told["model_mix"]} <= set(names["model"])
    assert {row["slot"] for row in told["model_slots"]} <= set(names["slot"])
    assert {row["mode"] for row in told["modes"]} <= set(names["mode"])
    assert {row["function"] for row in told["modes"]} <= set(names["strategic"])
    assert {row["hierarchy"] for row in told["rollups"]} <= set(names["hierarchy"])
    assert {row["start"] for row in told["triangle"]} == set(names["corner"])
    assert {row["tier"] for row in told["checklists"]} <= set(names["checklist"])
    assert {row["type"] for row in told["local_tests"]} <= set(names["type"])


def test_findings_say_what_to_do(data, provinces):
    table = provinces.table("findings")
    assert [row["code"] for row in data["findings"]] == table["code"].tolist()
    assert all(row["hint"]["zh"] and row["hint"]["en"] and row["text"]["en"] for row in data["findings"])


def test_a_run_without_the_tables_has_empty_lists(provinces, changeable, mismatches):
    tables = changeable(provinces)
    for name in get_type_hints(Insights):
        tables.tables.pop(name)
    without = payload(tables)
    assert mismatches(without, schema.Payload) == []
    assert not any(without["insights"].values())
