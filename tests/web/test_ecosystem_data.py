"""Ecosystem, ties and registers in the page's data: whole, typed, and a page for a study of one of them alone."""

from typing import Any, get_args, get_type_hints

import pandas as pd
import pytest

from innohub.errors import ModelError
from innohub.web import payload, schema
from innohub.web.packing import kind_of
from innohub.web.schema_tables import EcosystemTables


def unpacked(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of a packed table, as the page reads them."""
    table = data["tables"][name]
    columns = {}
    for column in table["columns"]:
        cells = column["cells"]
        if column["runs"]:
            cells = [
                value for value, count in zip(cells[::2], cells[1::2], strict=True) for _ in range(int(count))
            ]
        store = {"text": data["texts"], "list": data["texts"], "pair": data["pairs"]}.get(column["kind"])
        columns[column["field"]] = [store[int(cell)] for cell in cells] if store else cells
    return [{field: values[k] for field, values in columns.items()} for k in range(table["rows"])]


@pytest.fixture(scope="module", params=["provinces", "holdings", "works"])
def run(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def data(run):
    return payload(run)


def test_it_has_the_declared_shape(data, mismatches):
    assert mismatches(data, schema.Payload) == []


def test_every_table_is_there_in_full(data, run):
    told = get_type_hints(EcosystemTables)
    names = [
        name
        for name in run.table_names
        if (name in told or name.startswith("register_")) and len(run.table(name))
    ]
    assert sorted(data["ecosystem"]["tables"]) == sorted(names)
    for name in names:
        assert len(unpacked(data["ecosystem"], name)) == len(run.table(name)), name


def test_numbers_texts_and_names_are_those_of_the_run(data, run):
    for name, kind in get_type_hints(EcosystemTables).items():
        if name not in data["ecosystem"]["tables"]:
            continue
        table = run.table(name)
        rows = unpacked(data["ecosystem"], name)
        for field, hint in get_type_hints(get_args(kind)[0]).items():
            column = {"grade": "class"}.get(field, field)
            told = kind_of(hint)
            if told == "pair":
                stem = next((s for s in (field, field.removesuffix("_name")) if f"{s}_zh" in table), "")
                wanted = table[f"{stem}_zh" if stem else "zh"].fillna("").tolist()
                assert [row[field]["zh"] for row in rows] == wanted, (name, field)
                continue
            assert column in table, (name, field)
            if told == "number":
                shown = pd.Series([row[field] for row in rows], dtype=float)
                wanted = table[column].astype("Float64").astype(float)
                pd.testing.assert_series_equal(shown, wanted, check_names=False, check_index=False, rtol=1e-6)
            elif told in ("text", "list"):
                wanted = ["" if pd.isna(value) else str(value) for value in table[column]]
                assert [row[field] for row in rows] == wanted, (name, field)


def test_every_column_of_a_result_table_is_shown(run):
    for name, kind in get_type_hints(EcosystemTables).items():
        if name not in run.table_names or not len(run.table(name)):
            continue
        fields = set(get_type_hints(get_args(kind)[0]))
        for column in run.table(name):
            stem = column.removesuffix("_zh").removesuffix("_en")
            names = {column, stem, f"{stem}_name", {"class": "grade", "zh": "text", "en": "text"}.get(column)}
            assert names & fields, (name, column)


def test_registers_keep_every_cell_that_is_filled(holdings):
    told = payload(holdings)["ecosystem"]
    for name in [name for name in told["tables"] if f"{name}" in ("register_finance", "register_firsts")]:
        rows = unpacked(told, name)
        table = holdings.table(name)
        for column in table:
            filled = [value for value in table[column] if not pd.isna(value) and value != ""]
            stem = column.removesuffix("_zh").removesuffix("_en")
            if filled:
                assert column in rows[0] or stem in rows[0], (name, column)


def test_schemes_and_formulas_are_the_studys_own(provinces):
    told = payload(provinces)["ecosystem"]
    rule = provinces.settings.ecosystem
    assert [item["id"] for item in told["variants"]] == list(rule.variants)
    assert [item["id"] for item in told["variants"] if item["main"]] == [rule.variant]
    assert told["schemes"][0]["id"] == rule.scheme
    classes = {item["id"] for item in told["schemes"][0]["classes"]}
    assert set(provinces.table("coupling")["class"].dropna()) - {""} <= classes
    assert set(provinces.table("coupling")["variant"]) <= {item["id"] for item in told["variants"]}
    assert told["groups"]["beijing-tianjin-hebei/tianjin-hebei"] == ["CN-TJ", "CN-HE"]


def test_a_run_without_any_table_is_still_refused(holdings, changeable):
    tables = changeable(holdings)
    for name in list(tables.tables):
        if name not in ("places", "indicators", "sources", "panel", "findings"):
            tables.tables.pop(name)
    with pytest.raises(ModelError) as caught:
        payload(tables)
    assert caught.value.findings[0].code == "W004"
