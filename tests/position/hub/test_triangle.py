"""The hub triangle against statsmodels, against full dummies, against what made the data, and at its edges."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from scipy import stats

from innohub.errors import ModelError
from innohub.position.hub.loop import loop_growth
from innohub.position.hub.triangle import CORNERS, hub_triangle, triangle_tables
from innohub.position.hub.within import resampled, within_fit


@pytest.fixture(scope="module")
def reference(root):
    return json.loads(
        (root / "tests" / "reference" / "triangle_statsmodels.json").read_text(encoding="utf-8")
    )


@pytest.fixture(scope="module")
def panel(reference):
    return pd.DataFrame(reference["panel"], columns=reference["columns"])


def made(places, years, *, seed=0, noise=0.05, strengths=(0.2, 0.5, 0.8), decay=0.3):
    """Make a panel from the lagged model itself, with place and year effects."""
    rng = np.random.default_rng(seed)
    alpha, beta, gamma = strengths
    a, i, d = (rng.uniform(0.5, 1.5, places) for _ in range(3))
    effects, rows = rng.normal(0, 0.2, (3, places)), []
    for year in range(years):
        rows += [(f"p{p}", 2000 + year, a[p], i[p], d[p]) for p in range(places)]
        shock, common = rng.normal(0, noise, (3, places)), rng.normal(0, 0.2, 3)
        a, i, d = (
            (1 - decay) * a + alpha * d + effects[0] + shock[0] + common[0],
            beta * a + effects[1] + shock[1] + common[1],
            gamma * i + effects[2] + shock[2] + common[2],
        )
    return pd.DataFrame(rows, columns=["place", "year", *CORNERS])


def rng():
    return np.random.default_rng(7)


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.reference
def test_arrows_equal_statsmodels(panel, reference):
    for arrow in hub_triangle(panel, rng()).arrows:
        fit = reference["fits"][f"{arrow.start}-{arrow.end}"]
        for key in ("coefficient", "standard_error", "low", "high", "p"):
            assert getattr(arrow, key) == pytest.approx(fit[key][0], rel=1e-9, abs=1e-12)
        assert arrow.observations == fit["observations"]


@pytest.mark.reference
def test_loop_takes_alpha_and_decay_from_the_stock_equation(panel, reference):
    found = hub_triangle(panel, rng())
    alpha, lost = reference["fits"]["stock"]["coefficient"]
    assert found.loop.alpha == pytest.approx(alpha, rel=1e-9)
    assert found.loop.decay == pytest.approx(-lost, rel=1e-9)
    assert found.loop.beta == found.arrows[0].coefficient
    assert found.loop.gamma == found.arrows[1].coefficient


@pytest.mark.reference
def test_loop_growth_of_the_worked_example():
    growth, lagged = loop_growth(0.2, 0.5, 0.8, 0.05)
    assert growth == pytest.approx(0.03)
    assert (1 + lagged) ** 3 == pytest.approx(0.95 * (1 + lagged) ** 2 + 0.08)


@given(st.floats(0.01, 2), st.floats(0.01, 2), st.floats(0.01, 2), st.floats(0.01, 0.99))
def test_both_growths_have_the_same_sign(alpha, beta, gamma, decay):
    growth, lagged = loop_growth(alpha, beta, gamma, decay)
    assert abs(growth) < 1e-9 or np.sign(growth) == np.sign(lagged)


def test_lagged_growth_is_what_the_recursion_settles_to():
    a, spread = [1.0, 1.0, 1.0], []
    for _ in range(600):
        spread.append(0.5 * 0.8 * a[-3])
        a.append(0.95 * a[-1] + 0.2 * spread[-1])
    assert a[-1] / a[-2] - 1 == pytest.approx(loop_growth(0.2, 0.5, 0.8, 0.05)[1], abs=1e-9)


def with_dummies(steps, y, x):
    """Return coefficients and each place's influence from a regression on explicit place and year dummies."""
    rows = steps.dropna(subset=[y, *x])
    rows = rows[rows.groupby("place")["place"].transform("size") > 1]
    year, place = (pd.get_dummies(rows[c]).to_numpy(float) for c in ("year", "place"))
    design = np.column_stack([rows[x], year[:, 1:], place])
    bread = np.linalg.pinv(design.T @ design)
    coefficient = bread @ design.T @ rows[y].to_numpy()
    score = design * (rows[y].to_numpy() - design @ coefficient)[:, None]
    groups, count, width = place.shape[1], len(rows), len(x) + year.shape[1]
    correction = groups / (groups - 1) * (count - 1) / (count - width)
    influence = np.sqrt(correction) * place.T @ score @ bread[:, : len(x)]
    names = pd.get_dummies(rows["place"]).columns
    return coefficient[: len(x)], pd.DataFrame(influence, index=names)


def test_interval_of_the_loop_is_the_delta_method_on_all_equations_at_once(panel):
    steps = panel.merge(panel.assign(year=panel["year"] - 1), on=["place", "year"], suffixes=("", "_next"))
    steps["change"] = steps["agglomeration_next"] - steps["agglomeration"]
    stock, first = with_dummies(steps, "change", ["diffusion", "agglomeration"])
    beta, second = with_dummies(steps, "innovation_next", ["agglomeration"])
    gamma, third = with_dummies(steps, "diffusion_next", ["innovation"])
    values = np.array([stock[0], stock[1], beta[0], gamma[0]])
    joint = pd.concat([first, second, third], axis=1).fillna(0).to_numpy()
    growth = lambda v: v[0] * v[2] * v[3] + v[1]  # noqa: E731
    slope = [(growth(values + h) - growth(values - h)) / 2e-6 for h in np.eye(4) * 1e-6]
    error = np.sqrt(slope @ (joint.T @ joint) @ slope)
    reach = stats.t.ppf(0.975, len(joint) - 1) * error
    loop = hub_triangle(panel, rng()).loop
    assert (loop.low, loop.high) == pytest.approx((growth(values) - reach, growth(values) + reach), rel=1e-6)


def test_arrows_find_what_made_the_data():
    found = hub_triangle(made(150, 30), rng(), draws=50)
    assert [arrow.coefficient for arrow in found.arrows[:2]] == pytest.approx([0.5, 0.8], abs=0.03)
    assert found.loop.alpha == pytest.approx(0.2, abs=0.03)
    assert found.loop.decay == pytest.approx(0.3, abs=0.05)
    assert found.loop.verdict == "fading"


def test_estimated_decay_is_too_high_in_short_panels_as_the_finding_says():
    lost = {years: np.mean([hub_triangle(made(60, years, seed=s), rng(), draws=0).loop.decay for s in range(5)])
            for years in (5, 20)}  # fmt: skip
    assert lost[5] > lost[20] > 0.3


def test_given_decay_replaces_the_estimate():
    data = made(150, 30)
    found = hub_triangle(data, rng(), decay=0.3, draws=50)
    assert (found.loop.decay, found.loop.decay_from) == (0.3, "given")
    assert found.loop.alpha == pytest.approx(0.2, abs=0.03)
    assert "N155" in codes(found)


@pytest.mark.parametrize(("decay", "verdict"), [(0.02, "self-reinforcing"), (0.6, "fading")])
def test_verdicts_follow_gain_against_decay(decay, verdict):
    data = made(100, 12, strengths=(0.5, 0.6, 0.8), decay=decay, noise=0.02)
    assert hub_triangle(data, rng(), decay=decay, draws=0).loop.verdict == verdict


def test_an_arrow_below_zero_breaks_the_loop():
    found = hub_triangle(made(100, 12, strengths=(-0.5, -0.6, 0.8)), rng(), draws=0)
    assert found.arrows[0].verdict == "against"
    assert found.loop.gain > 0
    assert found.loop.verdict == "broken"


def test_bootstrap_is_named_and_close_to_the_delta_method():
    data = made(60, 15)
    delta = hub_triangle(data, rng()).loop
    boot = hub_triangle(data, rng(), interval="bootstrap").loop
    assert (boot.interval, boot.draws, delta.interval, delta.draws) == ("bootstrap", 999, "delta", 0)
    assert boot.growth == delta.growth
    assert (boot.low, boot.high) == pytest.approx((delta.low, delta.high), abs=0.02)


def test_resampling_equals_fitting_the_places_drawn():
    data = made(6, 8)
    place, year = pd.factorize(data["place"])[0], pd.factorize(data["year"])[0]
    y, x = data["innovation"].to_numpy(), data[["agglomeration", "diffusion"]].to_numpy()
    times = np.array([[2, 0, 1, 1, 2, 0], [1, 1, 1, 1, 1, 1]], dtype=float)
    coefficient, standardised = resampled(within_fit(y, x, place, year), times)
    for draw, row in zip(times.astype(int), coefficient, strict=True):
        rows = [np.flatnonzero(place == p) for p in range(6) for _ in range(draw[p])]
        again = np.repeat(np.arange(len(rows)), [len(part) for part in rows])
        at = np.concatenate(rows)
        assert row == pytest.approx(within_fit(y[at], x[at], again, year[at]).coefficient)
    plain = within_fit(y, x, place, year)
    assert standardised[1] == pytest.approx(plain.standardised)


@given(st.integers(0, 200), st.floats(0.01, 1000), st.floats(0.01, 1000), st.floats(-50, 50))
@examples(max_examples=20)
def test_units_and_row_order_change_neither_loop_nor_weakest(seed, first, second, shift):
    data = made(8, 7, seed=seed)
    other = data.assign(
        agglomeration=data["agglomeration"] * first + shift, diffusion=data["diffusion"] * second
    )
    other = other.sample(frac=1, random_state=seed)
    plain, scaled = hub_triangle(data, rng(), draws=20), hub_triangle(other, rng(), draws=20)
    assert scaled.weakest == plain.weakest
    assert scaled.loop.gain == pytest.approx(plain.loop.gain, rel=1e-6)
    assert scaled.loop.low == pytest.approx(plain.loop.low, rel=1e-6)
    strength = [arrow.standardised for arrow in plain.arrows]
    assert [arrow.standardised for arrow in scaled.arrows] == pytest.approx(strength, rel=1e-6)
    assert [arrow.weakest for arrow in scaled.arrows] == pytest.approx([a.weakest for a in plain.arrows])


def test_weakest_arrow_is_flagged_with_how_often_it_is_the_weakest():
    found = hub_triangle(made(100, 12, strengths=(0.5, 0.02, 0.8)), rng())
    assert found.weakest == ("agglomeration", "innovation")
    assert sum(arrow.weakest for arrow in found.arrows) == pytest.approx(1)
    assert found.arrows[0].weakest > 0.9
    table = triangle_tables(found)["triangle"]
    assert table["is_weakest"].tolist() == [True, False, False]


@pytest.mark.parametrize(("years", "arrows"), [(1, 0), (4, 0), (5, 3)])
def test_five_years_are_needed(years, arrows):
    found = hub_triangle(made(30, years), rng(), draws=0)
    assert len(found.arrows) == arrows
    assert ("N151" in codes(found)) is (arrows == 0)
    assert "N150" in codes(found)
    assert (found.loop is None) is (arrows == 0)


def test_years_that_do_not_follow_each_other_give_no_arrow():
    data = made(30, 12)
    found = hub_triangle(data[data["year"] % 2 == 0], rng(), draws=0)
    assert found.arrows == ()
    assert codes(found).count("N152") == 3
    assert len(hub_triangle(data[data["year"] % 2 == 0], rng(), lag=2, draws=0).arrows) == 3


@pytest.mark.parametrize("corner", CORNERS)
def test_a_corner_that_never_moves_leaves_only_the_arrow_it_does_not_touch(corner):
    found = hub_triangle(made(30, 8).assign(**{corner: 0.3}), rng(), draws=5)
    assert len(found.arrows) == 1
    assert corner not in (found.arrows[0].start, found.arrows[0].end)
    assert found.loop is None


def test_a_corner_without_movement_of_its_own_is_told():
    data = made(30, 8)
    data["agglomeration"] = data["year"] * 1.0
    found = hub_triangle(data, rng(), draws=5)
    told = [finding for finding in found.findings if finding.code == "N152"]
    assert "from agglomeration to innovation" in told[0].text("title", "en")
    assert "从集聚到创新" in told[0].text("title", "zh")
    assert found.loop is None
    assert found.weakest is None


def test_loop_that_cannot_be_closed_is_told():
    data = made(30, 8)
    data["diffusion"] = 2 * data["agglomeration"] + 1
    found = hub_triangle(data, rng(), draws=5)
    assert found.loop is None
    assert "N154" in codes(found)


def test_few_places_are_told_and_one_place_gives_no_arrow():
    assert "N153" in codes(hub_triangle(made(19, 8), rng(), draws=0))
    assert "N153" not in codes(hub_triangle(made(20, 8), rng(), draws=0))
    assert hub_triangle(made(1, 9), rng()).arrows == ()


def test_two_rows_of_one_place_and_year_are_refused():
    data = made(3, 6)
    with pytest.raises(ModelError, match="N158"):
        hub_triangle(pd.concat([data, data.iloc[[4]]]), rng())


def test_an_empty_panel_gives_nothing_but_findings():
    found = hub_triangle(made(3, 6).iloc[:0], rng())
    assert found.arrows == ()
    assert codes(found) == ["N150", "N151"]
    assert all(table.empty for table in triangle_tables(found).values())


def test_same_seed_same_numbers(panel):
    first, second = (triangle_tables(hub_triangle(panel, rng(), interval="bootstrap")) for _ in range(2))
    for name, table in first.items():
        pd.testing.assert_frame_equal(table, second[name])
