"""Subsystem scores and the table of coupling: what is read, refused, told."""

import numpy as np
import pandas as pd
import pytest

from innohub.ecosystem.coupling import couple
from innohub.ecosystem.coupling_table import coupling_table
from innohub.ecosystem.subsystems import Subsystems, read_subsystems
from innohub.errors import ModelError, PanelError, ScaleError

NAMES = ("subjects", "resources", "capability", "environment")


def long(rows, names=NAMES):
    """Turn (place, year, score, score, …) into scores by subsystem."""
    return pd.DataFrame(
        [(place, year, name, x) for place, year, *u in rows for name, x in zip(names, u, strict=True)],
        columns=["place", "year", "subsystem", "score"],
    )


def systems(values, names=NAMES):
    values = np.asarray(values, dtype=float)
    return Subsystems(tuple(f"p{n}" for n in range(len(values))), (2020,) * len(values), names, values)


def codes(findings):
    return [finding.code for finding in findings]


def test_scores_are_arranged_by_place_and_year():
    table = long([("b", 2021, 0.2, 0.4, 0.6, 0.8), ("b", 2020, 0.1, 0.2, 0.3, 0.4), ("a", 2020, 1, 1, 1, 1)])
    found, findings = read_subsystems(table.iloc[::-1].iloc[::-1])
    assert found.rows == ("b 2020", "b 2021", "a 2020")
    assert found.names == NAMES
    assert found.values[1].tolist() == [0.2, 0.4, 0.6, 0.8]
    assert findings == ()
    turned, _ = read_subsystems(table, NAMES[::-1])
    assert turned.values[1].tolist() == [0.8, 0.6, 0.4, 0.2]


def test_a_missing_row_is_a_missing_score():
    found, findings = read_subsystems(
        long([("a", 2020, 0.1, 0.2, 0.3, 0.4), ("b", 2020, 0.1, 0.2, 0.3, 0.4)])[:-1]
    )
    assert np.isnan(found.values[1, 3])
    assert findings == ()


def test_a_year_without_a_subsystem_and_a_single_place_are_told():
    _, findings = read_subsystems(long([("a", 2020, 0.1, 0.2, np.nan, 0.4), ("a", 2021, 0.1, 0.2, 0.3, 0.4)]))
    assert codes(findings) == ["S332", "S340"]
    assert "capability 2020" in findings[0].render("en")
    assert "只有一个地区" in findings[1].render("zh")


@pytest.mark.parametrize(
    ("rows", "names", "error", "code", "told"),
    [
        ([("a", 2020, 0.1, np.nan)], ("x", "y"), ModelError, "S331", "y"),
        ([("a", 2020, 0.1)], ("x",), ModelError, "S334", "subsystems: 1"),
        ([("a", 2020, 0.1, 0.2), ("a", 2020, 0.1, 0.3)], ("x", "y"), PanelError, "S333", "a 2020 x"),
        ([("a", 2020, -0.1, 0.2)], ("x", "y"), ScaleError, "S330", "a 2020 x (-0.1)"),
        ([("a", 2020, 0.1, 1.5)], ("x", "y"), ScaleError, "S330", "a 2020 y (1.5)"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_cell(rows, names, error, code, told):
    with pytest.raises(error, match=code) as raised:
        read_subsystems(long(rows, names))
    assert told in raised.value.render("en")


def test_a_named_subsystem_without_rows_is_refused():
    with pytest.raises(ModelError, match="S331"):
        read_subsystems(long([("a", 2020, 0.1, 0.2)], ("x", "y")), ("x", "y", "z"))


def test_all_subsystems_and_every_pair():
    found = systems([[0.2, 0.4, 0.6, 0.8], [0.5, 0.5, 0.5, 0.5]])
    result = coupling_table(found)
    table = result.table
    assert len(table) == 2 * (1 + 6)
    whole = table[(table["place"] == "p0") & (table["first"] == "")].iloc[0]
    assert (whole["systems"], whole["variant"], whole["squeezed"]) == (4, "classic", "")
    assert whole[["coupling", "level", "coordination"]].tolist() == pytest.approx(
        [0.885346, 0.5, 0.665337], abs=1e-6
    )
    pair = table.query("place == 'p0' and first == 'resources' and second == 'environment'").iloc[0]
    assert pair["coordination"] == pytest.approx(float(couple(np.array([0.4, 0.8])).coordination))
    assert result.findings == ()
    assert result.draws == {}
    assert len(coupling_table(found, pairs=False).table) == 2


def test_two_subsystems_are_one_part():
    table = coupling_table(systems([[0.3, 0.6]], NAMES[:2]), "corrected").table
    assert table[["first", "systems"]].to_numpy().tolist() == [["", 2]]
    assert table["coordination"].item() == pytest.approx(0.515969, abs=1e-6)


def test_a_variant_for_two_gives_pairs_only_and_says_so():
    result = coupling_table(systems([[0.2, 0.4, 0.6, 0.8]]), "liao(2)", pairs=False)
    assert (result.table["first"] != "").all()
    assert len(result.table) == 6
    assert "S339" in codes(result.findings)


def test_zeros_are_told_with_place_and_subsystem():
    result = coupling_table(systems([[0, 0.4, 0.6, 0.8], [0, 0, 0, 0], [0.9, 0.8, 0.9, 0.9]]))
    assert codes(result.findings)[:2] == ["S335", "S336"]
    assert "p0 2020 (subjects)" in result.findings[0].render("en")
    assert "p1 2020" in result.findings[1].render("zh")
    whole = result.table[result.table["first"] == ""]
    assert whole["coordination"].tolist()[0] == 0
    assert np.isnan(whole["coupling"].tolist()[1])


def test_squeezing_is_told():
    found = systems([[0, 0.4, 0.6, 0.8], [1, 0.9, 0.9, 0.9]])
    result = coupling_table(found, squeezed=(0.01, 0.99))
    assert codes(result.findings) == ["S338"]
    assert "0.01–0.99" in result.findings[0].render("en")
    assert set(result.table["squeezed"]) == {"0.01–0.99"}
    by_hand = couple(0.01 + 0.98 * found.values)
    assert result.table["coordination"].iloc[:2].to_numpy() == pytest.approx(by_hand.coordination)


def test_high_coupling_at_a_low_level_is_told_of_the_classic_variant_only():
    found = systems([[0.05, 0.06]], NAMES[:2])
    classic = coupling_table(found)
    assert codes(classic.findings) == ["S342"]
    assert "1 of 1" in classic.findings[0].render("en")
    assert coupling_table(found, "corrected").findings == ()


def test_pairs_without_weight_are_told():
    result = coupling_table(systems([[0.9, 0.8, 0.9, 0.9]]), weights=[0, 0, 1, 1])
    assert codes(result.findings) == ["S341"]
    assert result.table["level"].isna().sum() == 1


def test_intervals_are_those_of_the_draws():
    rng = np.random.default_rng(5)
    values = rng.uniform(0.2, 0.8, (6, 4))
    draws = np.clip(values + rng.normal(0, 0.05, (400, 6, 4)), 0, 1)
    draws[:100, 2] = 0
    weights = np.array([1, 2, 3, 4])
    kept = ("coordination", "coupling", "level")
    result = coupling_table(systems(values), "corrected", weights=weights, draws=draws, level=0.8, keep=kept)
    assert set(result.draws) == set(kept)
    for row, told in result.table.iterrows():
        place = int(told["place"][1:])
        own = (
            [NAMES.index(name) for name in (told["first"], told["second"])] if told["first"] else [0, 1, 2, 3]
        )
        alone = couple(draws[:, place, own], "corrected", weights[own])
        for measure in kept:
            drawn = getattr(alone, measure)
            assert result.draws[measure][:, row] == pytest.approx(drawn, abs=1e-12, nan_ok=True)
            assert told[f"{measure}_low"] == pytest.approx(np.nanquantile(drawn, 0.1), abs=1e-12)
            assert told[f"{measure}_high"] == pytest.approx(np.nanquantile(drawn, 0.9), abs=1e-12)
        assert told["defined"] == (0.75 if place == 2 else 1)
    assert set(coupling_table(systems(values), draws=draws).draws) == {"coordination"}


@pytest.mark.parametrize("shape", [(10, 2, 3), (10, 4), (10, 3, 4), (0, 2, 4)])
def test_draws_of_another_shape_are_refused(shape):
    with pytest.raises(ModelError, match="S347"):
        coupling_table(systems(np.full((2, 4), 0.5)), draws=np.full(shape, 0.5))


def test_one_place_and_one_year_do():
    table = coupling_table(systems([[0.2, 0.4, 0.6, 0.8]]), draws=np.full((1, 1, 4), 0.5)).table
    assert table["coordination_low"].iloc[0] == table["coordination_high"].iloc[0]
