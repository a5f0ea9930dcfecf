"""Coupling coordination: the worked tables, edges, order of subsystems, many draws at once."""

import csv
import time
from math import prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.ecosystem import coupling as module
from innohub.ecosystem.classes import intervals
from innohub.ecosystem.coupling import couple, couple_pair, pair_positions, squeeze
from innohub.errors import ModelError, ScaleError
from innohub.position.hub.balance import classic_coupling

REFERENCE = Path(__file__).parents[1] / "reference"
VARIANTS = ["classic", "corrected"]
SCORES = st.floats(0, 1).filter(lambda x: x == 0 or x > 1e-9)


def by_hand(u, variant, k=0.5):
    """The formulas of the handbook, one number at a time."""
    n = len(u)
    if max(u) == 0:
        return np.nan
    if variant == "classic":
        return n * prod(u) ** (1 / n) / sum(u)
    if variant == "liao":
        return (u[0] * u[1] / ((u[0] + u[1]) / 2) ** 2) ** k
    apart = [abs(u[i] - u[j]) for i in range(n) for j in range(i)]
    return ((1 - sum(apart) / len(apart)) * prod(x / max(u) for x in u) ** (1 / (n - 1))) ** 0.5


@pytest.mark.reference
@pytest.mark.parametrize(
    ("values", "level", "classic", "d_classic", "corrected", "d_corrected"),
    [
        ([0.5, 0.5], 0.5, 1, 0.707107, 1, 0.707107),
        ([0.3, 0.6], 0.45, 0.942809, 0.651356, 0.591608, 0.515969),
        ([0.1, 0.9], 0.5, 0.6, 0.547723, 0.149071, 0.273012),
        ([0.05, 0.06], 0.055, 0.995859, 0.234035, 0.908295, 0.223509),
        ([0.2, 0.4, 0.8], 0.466667, 0.857143, 0.632456, 0.460578, 0.463612),
        ([0.2, 0.4, 0.6, 0.8], 0.5, 0.885346, 0.665337, 0.550321, 0.524558),
    ],
)
def test_worked_examples(values, *, level, classic, d_classic, corrected, d_corrected):
    for variant, c, d in (("classic", classic, d_classic), ("corrected", corrected, d_corrected)):
        found = couple(np.array(values), variant)
        assert float(found.level) == pytest.approx(level, abs=1e-6)
        assert float(found.coupling) == pytest.approx(c, abs=1e-6)
        assert float(found.coordination) == pytest.approx(d, abs=1e-6)


def test_liao_with_one_half_is_classic_and_with_one_the_square():
    values = np.array([[0.3, 0.6], [0.1, 0.9], [0.05, 0.06]])
    assert couple(values, "liao(0.5)").coupling == pytest.approx(couple(values).coupling, abs=1e-12)
    assert couple(values, "liao(1)").coupling[0] == pytest.approx(0.888889, abs=1e-6)
    assert couple(values, "liao(2)").coupling[0] == pytest.approx(0.888889**2, abs=1e-5)


@pytest.mark.reference
def test_published_pairs_of_classic_and_corrected_come_from_scores_on_the_scale():
    """Classic C gives the ratio of two scores, corrected C then the larger score: it must lie in 0-1."""
    with (REFERENCE / "wang2021_table8.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 91
    refused_without_root = 0
    for row in rows:
        classic, corrected = float(row["classic"]), float(row["corrected"])
        tops, wrong = [], []
        for c in np.clip([classic - 5e-5, classic, classic + 5e-5], 0, 1 - 1e-9):
            ratio = ((1 - (1 - c**2) ** 0.5) / c) ** 2
            for d in (corrected - 5e-5, corrected, corrected + 5e-5):
                tops.append((1 - d**2 / ratio) / (1 - ratio))
                wrong.append((1 - d / ratio) / (1 - ratio))
                if 0 < tops[-1] <= 1:
                    pair = np.array([tops[-1], tops[-1] * ratio])
                    assert float(couple(pair).coupling) == pytest.approx(c, abs=1e-6)
                    assert float(couple(pair, "corrected").coupling) == pytest.approx(d, abs=1e-6)
        assert min(tops) <= 1, row
        assert max(tops) > 0, row
        refused_without_root += max(wrong) <= 0
    assert refused_without_root > 10


@given(st.lists(SCORES, min_size=2, max_size=6), st.sampled_from(VARIANTS))
def test_it_is_the_formula_and_the_order_does_not_matter(values, variant):
    found = couple(np.array([values, values[::-1], sorted(values)]), variant)
    expected = by_hand(values, variant)
    assert found.coupling == pytest.approx(np.full(3, expected), abs=1e-7, nan_ok=True)
    assert found.level == pytest.approx(np.full(3, np.mean(values)), abs=1e-12)
    coordination = np.full(3, np.sqrt(expected * np.mean(values)))
    assert found.coordination == pytest.approx(coordination, abs=1e-7, nan_ok=True)


@given(st.lists(st.floats(0.001, 1), min_size=2, max_size=5), st.sampled_from(VARIANTS))
def test_bounds_and_what_coordination_implies(values, variant):
    found = couple(np.array([values, [values[0]] * len(values)]), variant)
    assert found.coupling[1] == pytest.approx(1)
    assert 0 < found.coupling[0] <= 1
    implied = found.coordination[0] ** 2 / found.coupling[0]
    assert min(values) - 1e-9 <= implied <= max(values) + 1e-9


@given(st.lists(st.floats(0.001, 1), min_size=2, max_size=2))
def test_of_two_corrected_never_exceeds_classic(values):
    u = np.array(values)
    assert couple(u, "corrected").coupling <= couple(u).coupling + 1e-9


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=5), st.floats(0.05, 1))
def test_classic_does_not_see_the_level(values, factor):
    u = np.array(values)
    assert couple(u * factor).coupling == pytest.approx(couple(u).coupling, abs=1e-9)


def test_classic_is_what_the_balance_of_the_triangle_uses():
    values = np.random.default_rng(3).uniform(0, 1, (200, 3))
    values[0] = 0
    values[1, 2] = 0
    values[2, 1] = np.nan
    ours, other = couple(values, "classic", [1, 2, 3]), classic_coupling(values, np.array([1.0, 2, 3]))
    for part in ("coupling", "level", "coordination"):
        assert getattr(ours, part) == pytest.approx(getattr(other, part), abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("variant", [*VARIANTS, "liao(2)"])
def test_zeros_missing_scores_and_all_zero(variant):
    found = couple(np.array([[0, 0.8], [0, 0], [np.nan, 0.8], [0, np.nan], [1, 1]]), variant)
    assert found.coupling[[0, 4]].tolist() == [0, 1]
    assert found.coordination[[0, 4]].tolist() == [0, 1]
    assert np.isnan(found.coupling[1:4]).all()
    assert np.isnan(found.coordination[1:4]).all()
    assert found.level[1] == 0
    assert np.isnan(found.level[2:4]).all()


@pytest.mark.parametrize("variant", VARIANTS)
def test_tiny_scores_do_not_vanish(variant):
    tiny = np.full(40, 1e-200)
    assert couple(tiny, variant).coupling == pytest.approx(1)
    spread = np.array([1e-120, 1e-120, 1e-120, 1.0])
    assert couple(spread).coupling == pytest.approx(4 * 1e-90, rel=1e-6)


@pytest.mark.parametrize("value", [-1e-9, 1 + 1e-9, np.inf, -np.inf])
def test_a_score_outside_is_refused_even_beside_a_missing_one(value):
    for row in ([value, 0.5], [0.5, value], [np.nan, value]):
        with pytest.raises(ScaleError, match="N156"):
            couple(np.array([[0.5, 0.5], row]))


@pytest.mark.parametrize("shape", [(3, 1), (1,), (0, 1)])
def test_one_subsystem_is_refused(shape):
    with pytest.raises(ModelError, match="S334"):
        couple(np.zeros(shape))


def test_liao_is_for_two():
    with pytest.raises(ModelError, match="S334"):
        couple(np.full((2, 3), 0.5), "liao(2)")
    assert couple_pair(np.full((2, 3), 0.5), (0, 2), "liao(2)").coupling.tolist() == [1, 1]


@pytest.mark.parametrize("weights", [[1, -1], [0, 0], [1, np.nan], [1], [1, 1, 1]])
def test_weights_without_sense_are_refused(weights):
    with pytest.raises(ModelError, match="N149"):
        couple(np.array([[0.1, 0.2]]), "classic", weights)


def test_weights_count_in_the_level_only():
    values = np.array([[0.2, 0.4, 0.8]])
    for variant in VARIANTS:
        plain, weighted = couple(values, variant), couple(values, variant, [2, 0, 6])
        assert weighted.coupling == plain.coupling
        assert weighted.level == pytest.approx(0.65)
        assert weighted.coordination == pytest.approx(np.sqrt(plain.coupling * 0.65))


def test_pairs_are_the_coupling_of_two():
    values = np.random.default_rng(1).uniform(0, 1, (5, 7, 4))
    assert pair_positions(4) == ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))
    for i, j in pair_positions(4):
        part = couple_pair(values, (i, j), "corrected", [1, 2, 3, 4])
        alone = couple(values[..., [i, j]], "corrected", [i + 1, j + 1])
        assert part.coordination == pytest.approx(alone.coordination, abs=1e-14)
        assert part.level == pytest.approx(
            (values[..., i] * (i + 1) + values[..., j] * (j + 1)) / (i + j + 2)
        )


def test_a_pair_without_weight_has_no_level():
    idle, other = (
        couple_pair(np.array([0.3, 0.6, 0.5]), pair, "classic", [0, 0, 1]) for pair in ((0, 1), (0, 2))
    )
    assert float(idle.coupling) == pytest.approx(0.942809, abs=1e-6)
    assert np.isnan(idle.level)
    assert np.isnan(idle.coordination)
    assert float(other.level) == 0.5


@pytest.mark.parametrize("block", [1, 7, 8_000])
@pytest.mark.parametrize("variant", [*VARIANTS, "liao(3)"])
def test_draws_are_row_by_row_what_one_row_is(monkeypatch, block, variant):
    monkeypatch.setattr(module, "_BLOCK", block)
    systems = 2 if variant.startswith("liao") else 5
    draws = np.random.default_rng(2).uniform(0, 1, (13, 4, systems))
    draws[2, 1] = 0
    draws[3, 2, 0] = 0
    draws[4, 3, 1] = np.nan
    weights = np.arange(1, systems + 1)
    found = couple(draws, variant, weights)
    assert found.coupling.shape == (13, 4)
    for draw, row in np.ndindex(13, 4):
        u = draws[draw, row].tolist()
        c = np.nan if np.isnan(u).any() else by_hand(u, variant.partition("(")[0], 3)
        t = float(np.average(u, weights=weights))
        assert found.coupling[draw, row] == pytest.approx(c, abs=1e-12, nan_ok=True)
        assert found.level[draw, row] == pytest.approx(t, abs=1e-12, nan_ok=True)
        assert found.coordination[draw, row] == pytest.approx((c * t) ** 0.5, abs=1e-12, nan_ok=True)


def test_no_rows_give_no_rows():
    assert couple(np.empty((0, 3))).coupling.shape == (0,)


def test_squeezing_moves_in_a_straight_line():
    assert squeeze(np.array([0, 0.25, 1, np.nan]), 0.01, 0.99).tolist()[:3] == pytest.approx(
        [0.01, 0.255, 0.99]
    )
    squeezed = squeeze(np.array([0.0, 1.0]), 0.01, 0.99)
    assert couple(squeezed).coupling == pytest.approx(2 * (0.01 * 0.99) ** 0.5)


@pytest.mark.parametrize("value", [-0.1, 1.1])
def test_squeezing_does_not_hide_a_score_outside(value):
    with pytest.raises(ScaleError, match="N156"):
        squeeze(np.array([0.5, np.nan, value]), 0.01, 0.99)


@pytest.mark.parametrize("span", [(0.5, 0.5), (-0.1, 1), (0, 1.1), (0.9, 0.1), (np.nan, 1)])
def test_a_span_without_sense_is_refused(span):
    with pytest.raises(ModelError, match="N179"):
        squeeze(np.array([0.5]), *span)


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS)
def test_ten_thousand_draws_of_a_province_panel_take_under_two_seconds(variant):
    draws = np.random.default_rng(1).uniform(0, 1, (10_000, 31 * 14, 4))
    start = time.process_time()
    found = couple(draws, variant)
    spans = [intervals(part, 0.9) for part in (found.coupling, found.level, found.coordination)]
    assert time.process_time() - start < 2
    row = found.coordination[:, 100]
    assert spans[2].low[100] == pytest.approx(np.quantile(row, 0.05), abs=1e-12)
    assert spans[2].high[100] == pytest.approx(np.quantile(row, 0.95), abs=1e-12)
