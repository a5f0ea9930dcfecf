"""The page's data: shape, content, and the same names in Python and TypeScript."""

import json
import re
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import numpy as np
import pytest

from innohub.errors import ModelError
from innohub.web import (
    payload,
    rerank,
    schema,
    schema_analysis,
    schema_basic,
    schema_ecosystem,
    schema_flows,
    schema_frames,
    schema_holdings,
    schema_insight,
    schema_models,
    schema_position,
    schema_preset,
    schema_registers,
    schema_standing,
    schema_tables,
)
from innohub.web.page import escape_json
from innohub.web.rerank import unpack_draws

MODULES = (
    schema,
    schema_basic,
    schema_analysis,
    schema_ecosystem,
    schema_flows,
    schema_holdings,
    schema_frames,
    schema_insight,
    schema_models,
    schema_position,
    schema_preset,
    schema_registers,
    schema_standing,
    schema_tables,
)
TYPES = (
    "types.ts",
    "types_analysis.ts",
    "types_position.ts",
    "types_frames.ts",
    "types_models.ts",
    "types_insight.ts",
    "types_preset.ts",
    "types_ecosystem.ts",
    "types_flows.ts",
    "types_holdings.ts",
    "types_registers.ts",
    "types_tables.ts",
)


@pytest.fixture(scope="module")
def data(flagship_run):
    return payload(flagship_run)


@pytest.fixture
def tables(flagship_run, changeable):
    return changeable(flagship_run)


def test_has_the_declared_shape(data, mismatches):
    assert mismatches(data, schema.Payload) == []


def test_survives_json(data):
    assert json.loads(escape_json(data)) == data


def test_typescript_declares_the_same_names(root: Path):
    folder = root / "webui" / "src"
    text = "".join((folder / name).read_text(encoding="utf-8") for name in TYPES)
    declared = {
        name: re.findall(r"(\w+): ([^;]+);", body)
        for name, body in re.findall(r"export interface (\w+) \{(.*?)\n\}", text, re.DOTALL)
    }
    kinds = {
        name: kind
        for module in MODULES
        for name, kind in vars(module).items()
        if is_typeddict(kind) and kind.__module__ == module.__name__
    }
    wanted = {
        name: [(key, written(hint)) for key, hint in get_type_hints(kind).items()]
        for name, kind in kinds.items()
    }
    assert declared == wanted


def written(kind: Any) -> str:
    """A type as TypeScript writes it."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return " | ".join("null" if one is type(None) else written(one) for one in inner)
    if origin is Literal:
        return " | ".join(f'"{one}"' for one in inner)
    if origin is list:
        below = written(inner[0])
        return f"({below})[]" if "|" in below else f"{below}[]"
    if origin is dict:
        return f"Record<string, {written(inner[1])}>"
    return {str: "string", int: "number", float: "number", bool: "boolean"}.get(kind) or kind.__name__


def test_carries_the_run(data, flagship_run):
    index = data["indices"][0]
    scores = flagship_run.table("scores").query("node == 'centre'").set_index("place")
    assert index["places"] == scores.sort_values("rank").index.tolist()
    for place, standing in zip(index["places"], index["standings"], strict=True):
        assert standing["score"] == scores.loc[place, "score"]
        assert (standing["rank_low"], standing["rank_high"]) == tuple(
            scores.loc[place, ["rank_low", "rank_high"]]
        )
    assert data["tiers"]["sizes"] == [3, 5, 6]
    assert set(data["tiers"]["probability"]) == {"places", "thresholds", "refitted"}
    assert len(data["cells"]) == 14 * 10
    assert all(cell["file"] == "panel.csv" and cell["row"] > 1 and cell["cell"] for cell in data["cells"])
    assert all(indicator["note"]["zh"] and indicator["note"]["en"] for indicator in data["indicators"])


def test_lets_the_page_rebuild_the_ranking(data):
    index = data["indices"][0]
    assert index["obstacle"] == ""
    effective = np.array([node["effective"] for node in index["nodes"] if node["indicator"]])
    draws = unpack_draws(index["draws"]["rows"], len(index["leaves"]))
    assert draws.shape == (2000, 10)
    found = rerank(np.array(index["normalised"]), effective, draws, effective, tuple(data["tiers"]["sizes"]))
    np.testing.assert_allclose(
        found.scores, [standing["score"] for standing in index["standings"]], atol=1e-9
    )
    np.testing.assert_allclose(found.probability, data["tiers"]["probability"]["places"], atol=0.04)
    low = np.array([standing["rank_low"] for standing in index["standings"]])
    assert np.abs(found.rank_low - low).max() <= 1


def test_land_has_no_border_and_no_ring_across_the_seam(data):
    assert len(data["land"]) > 10
    for ring in data["land"]:
        assert ring[0] == ring[-1]
        assert max(abs(a[0] - b[0]) for a, b in pairwise(ring)) < 180


def test_both_languages_have_every_word_that_the_page_asks_for(data, root: Path):
    asked = {
        key
        for file in (root / "webui" / "src").glob("*.ts")
        for key in re.findall(r"\bsay\(\s*\"([\w.]+)\"", file.read_text(encoding="utf-8"))
    }
    assert len(asked) > 80
    for language in ("zh", "en"):
        assert asked <= set(data["words"][language])


def test_a_geometric_index_cannot_be_reweighted(tables):
    tables.with_settings(lambda s: s["index"]["centre"].update(aggregate="geometric"))
    assert payload(tables)["indices"][0]["obstacle"] == "geometric"


def test_a_missing_value_that_the_scores_do_not_know_stops_reweighting(tables):
    steps = tables.tables["steps"]
    own = steps.index[(steps["step"] == "normalised") & (steps["place"] == "shaanxi")]
    steps.loc[own[0], "after"] = float("nan")
    index = payload(tables)["indices"][0]
    assert index["obstacle"] == "other"
    assert sum(value is None for row in index["normalised"] for value in row) == 1


def test_a_study_of_one_year_has_no_change_and_no_efficiency(data):
    index = data["indices"][0]
    assert index["change"] is None
    assert index["sensitivity"] == []
    assert data["efficiencies"] == []


def test_tiers_of_given_sizes_show_no_refitted_breaks(tables):
    tables.with_settings(lambda s: s["tiers"].update(method="sizes(3, 5, 6)", probability="refitted"))
    tiers = payload(tables)["tiers"]
    assert set(tiers["probability"]) == {"places", "thresholds"}
    assert tiers["definition"] == "places"


def test_scores_that_are_no_weighted_sum_stop_reweighting(tables):
    tables.tables["scores"]["score"] *= 1.01
    assert payload(tables)["indices"][0]["obstacle"] == "other"


def test_a_study_without_tiers_plan_and_draws_still_has_a_page(tables, mismatches):
    tables.with_settings(lambda s: s.update(tiers=None))
    for name in (
        "tiers",
        "tier_sizes",
        "tier_limits",
        "plan",
        "plan_comparison",
        "draws",
        "alternatives",
        "wins",
        "acceptability",
    ):
        tables.tables.pop(name)
    found = payload(tables)
    assert mismatches(found, schema.Payload) == []
    assert found["tiers"] is None
    assert found["indices"][0]["draws"]["count"] == 0


def test_a_run_without_scores_is_refused(tables):
    tables.tables["scores"] = tables.tables["scores"].iloc[:0]
    with pytest.raises(ModelError) as caught:
        payload(tables)
    assert caught.value.findings[0].code == "W004"


def test_a_big_study_keeps_fewer_draws(tables, monkeypatch):
    monkeypatch.setattr("innohub.web.index_data.MOST_PRODUCTS", 14 * (10 + 15) * 500)
    assert payload(tables)["indices"][0]["draws"]["count"] == 500


def test_the_biggest_study_keeps_enough_draws_for_intervals(tables, monkeypatch):
    monkeypatch.setattr("innohub.web.index_data.MOST_PRODUCTS", 1)
    assert payload(tables)["indices"][0]["draws"]["count"] == 400
