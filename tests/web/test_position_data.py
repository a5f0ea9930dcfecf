"""What the page shows of positions: the grid, what stands behind it, and standing; with an index and without."""

import json

import pandas as pd
import pytest

from innohub.errors import ModelError
from innohub.web import payload, schema
from innohub.web.page import escape_json


@pytest.fixture(scope="module")
def data(guangzhou):
    return payload(guangzhou)


@pytest.fixture
def tables(guangzhou, changeable):
    return changeable(guangzhou)


def test_has_the_declared_shape(data, mismatches):
    assert mismatches(data, schema.Payload) == []
    assert json.loads(escape_json(data)) == data


def test_a_study_without_an_index_has_positions_alone(data):
    assert data["indices"] == []
    assert data["tiers"] is None
    assert data["cells"] == []
    assert data["land"] == []
    assert data["position"]["places"] == ["guangzhou"]


def test_every_cell_of_the_grid_is_there(data, guangzhou):
    grid = guangzhou.table("positions")
    cells = data["position"]["cells"]
    keys = [(cell["place"], cell["function"], cell["scope"], cell["set"]) for cell in cells]
    assert keys == list(grid[["place", "function", "scope", "set"]].itertuples(index=False, name=None))
    for cell, (_, row) in zip(cells, grid.iterrows(), strict=True):
        assert cell["verdict"] == row["verdict"]
        assert (cell["q"] is None) == (row["verdict"] == "not tested")
        assert cell["q"] is None or cell["q"] == pytest.approx(row["q"], rel=1e-6)
    functions = data["position"]["functions"]
    assert {cell["function"] for cell in cells} == {function["id"] for function in functions}
    groups = [function["group"] for function in functions]
    assert list(dict.fromkeys(groups)) == [
        group for at, group in enumerate(groups) if group not in groups[:at]
    ]
    assert all(function["name"]["zh"] and function["group_name"]["en"] for function in functions)


def test_q_can_be_counted_again_from_the_comparisons(data, guangzhou):
    position = data["position"]
    weights = guangzhou.table("function_indicators").set_index(["function", "indicator"])["weight"]
    members = {(group["scope"], group["id"]): set(group["places"]) for group in position["sets"]}
    points = {"above": 1.0, "near above": 1.0, "tie": 0.5, "near below": 0.0, "below": 0.0}
    tested = [cell for cell in position["cells"] if cell["q"] is not None]
    assert tested
    for cell in tested:
        total = above = 0.0
        function = next(item for item in position["functions"] if item["id"] == cell["function"])
        for indicator in function["indicators"]:
            told = [
                points[relation["relation"]]
                for relation in position["relations"]
                if (relation["place"], relation["indicator"]) == (cell["place"], indicator)
                and relation["peer"] in members[cell["scope"], cell["set"]]
            ]
            if len(told) >= position["rule"]["min_peers"]:
                weight = weights[cell["function"], indicator]
                total, above = total + weight, above + weight * sum(told) / len(told)
        assert above / total == pytest.approx(cell["q"])


def test_a_comparison_is_sent_once(data, guangzhou):
    relations = data["position"]["relations"]
    keys = [(relation["place"], relation["indicator"], relation["peer"]) for relation in relations]
    assert len(keys) == len(set(keys))
    table = guangzhou.table("relations")
    assert set(keys) == set(table[["place", "indicator", "peer"]].itertuples(index=False, name=None))


def test_every_number_has_the_row_it_is_from(data, guangzhou):
    position = data["position"]
    found = {(row["file"], row["row"]): row for row in position["rows"]}
    for relation in position["relations"]:
        own = found[relation["own"]["file"], relation["own"]["row"]]
        other = found[relation["other"]["file"], relation["other"]["row"]]
        assert (own["place"], own["indicator"]) == (relation["place"], relation["indicator"])
        assert (other["place"], other["indicator"]) == (relation["peer"], relation["indicator"])
        assert own["cell"]
    assert {row["source"] for row in position["rows"]} <= {source["id"] for source in data["sources"]}


def test_a_sentence_tells_of_its_peer_set_and_of_no_other(data, guangzhou):
    position = data["position"]
    rows = position["rows"]
    relations = guangzhou.table("relations")
    sets = {(one["scope"], one["id"]): one["places"] for one in position["sets"]}
    assert len(
        {tuple(s[key] for key in ("place", "indicator", "scope", "set")) for s in position["sentences"]}
    ) == len(position["sentences"])
    told = set()
    for sentence in position["sentences"]:
        linked = [
            [rows[part["row"]] for part in sentence[lang] if part["row"] is not None] for lang in ("zh", "en")
        ]
        assert linked[0] == linked[1]
        peers = {row["place"] for row in linked[0] if row["indicator"] == sentence["indicator"]} - {
            "guangzhou"
        }
        own = relations[
            (relations["indicator"] == sentence["indicator"])
            & (relations["scope"] == sentence["scope"])
            & (relations["set"] == sentence["set"])
        ]
        assert peers - {"china", "guangdong"} <= set(sets.get((sentence["scope"], sentence["set"]), ()))
        assert set(own["peer"]) <= peers
        told |= {(sentence["indicator"], sentence["scope"], sentence["set"]) for _ in own.itertuples()}
        assert all(part["text"] for lang in ("zh", "en") for part in sentence[lang])
    wanted = relations[["indicator", "scope", "set"]].drop_duplicates()
    assert told == set(wanted.itertuples(index=False, name=None))


def test_a_number_of_a_sentence_opens_the_cell_that_it_was_read_from(data):
    position = data["position"]
    papers = next(s for s in position["sentences"] if (s["indicator"], s["set"]) == ("sci_papers", "abroad"))
    cells = {
        part["text"]: position["rows"][part["row"]]["cell"]
        for part in papers["zh"]
        if part["row"] is not None
    }
    assert cells["7.33万篇"] == "7.33"
    assert cells["6.3%"] == "6.3"
    assert cells["21.02万篇"] == "21.02"


def test_functions_carry_the_weights_of_their_indicators(data, guangzhou):
    wanted = guangzhou.table("function_indicators").set_index(["function", "indicator"])["weight"]
    for function in data["position"]["functions"]:
        assert len(function["weights"]) == len(function["indicators"])
        for indicator, weight in zip(function["indicators"], function["weights"], strict=True):
            assert weight == wanted[function["id"], indicator]


def test_claims_stand_beside_the_grid(data, guangzhou):
    position = data["position"]
    assert len(position["claims"]) == len(guangzhou.table("position_claims"))
    missing = [item["text"]["zh"] for item in position["agreement"] if item["status"] == "missing"]
    assert missing == ["亚太创业高地"]


def test_standing_has_the_tables_of_the_run_and_no_other(data, guangzhou, tables):
    standing = data["standing"]
    badge = next(item for item in standing["classes"] if item["place"] == "guangzhou")
    assert badge["name"]["zh"] == "节点城市"
    assert badge["order"] == 2
    assert badge["rule"]["zh"]
    assert [row["rank"] for row in standing["equivalents"]] == [15]
    assert len(standing["targets"]) == len(guangzhou.table("targets"))
    assert {row["condition"] for row in standing["measures"]} <= {
        row["condition"] for row in standing["conditions"]
    }
    for name in ("classes", "stages", "stage_sensitivity", "equivalents", "targets", "technologies"):
        tables.tables.pop(name)
    without = payload(tables)["standing"]
    assert [name for name, rows in without.items() if rows] == ["conditions", "measures", "peers"]


def test_an_index_and_positions_stand_side_by_side(both, flagship_run, mismatches):
    data = payload(both)
    assert mismatches(data, schema.Payload) == []
    assert [index["id"] for index in data["indices"]] == ["centre"]
    assert data["position"]["cells"]
    assert data["indices"] == payload(flagship_run)["indices"]


def test_a_run_with_neither_is_refused(tables):
    tables.tables.pop("positions")
    with pytest.raises(ModelError) as caught:
        payload(tables)
    assert caught.value.findings[0].code == "W004"


def test_years_that_are_not_told_stay_empty(tables):
    panel = tables.tables["panel"].copy()
    panel["year"] = pd.array([pd.NA] * len(panel), dtype="Int64")
    tables.tables["panel"] = panel
    assert {row["year"] for row in payload(tables)["position"]["rows"]} == {None}
