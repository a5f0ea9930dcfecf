"""Outlier treatment: the handbook's rule step by step, scipy's moments, ASEM against a second implementation."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from innohub.catalog import parse_spec
from innohub.errors import ModelError, ScaleError
from innohub.index.treat import kurtosis, skewness, treat

NAN = np.nan


def _one(values, spec, **names):
    done = treat(np.array([values], dtype=float).T, parse_spec(spec, "treat"), **names)
    return done.values[:, 0], done.columns[0], done


# A second implementation, in plain Python and in the words of the rule


def _skew(x):
    n, m = len(x), math.fsum(x) / len(x)
    m2, m3 = (math.fsum((v - m) ** k for v in x) / n for k in (2, 3))
    return math.sqrt(n * (n - 1)) / (n - 2) * m3 / m2**1.5


def _kurt(x):
    n, m = len(x), math.fsum(x) / len(x)
    m2, m4 = (math.fsum((v - m) ** k for v in x) / n for k in (2, 4))
    return ((n + 1) * (m4 / m2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def _plain_rule(x, skew, kurt, winmax):
    """Return treated values, points moved and what was done."""
    values, touched = list(x), set()
    while abs(_skew(values)) >= skew and _kurt(values) >= kurt and len(touched) < winmax:
        pick, nearest = (max, max) if _skew(values) >= 0 else (min, min)
        edge = pick(values)
        rest = [v for v in values if v != edge]
        if len(set(rest)) < 2:
            break
        touched |= {i for i, v in enumerate(values) if v == edge}
        values = [nearest(rest) if v == edge else v for v in values]
    if abs(_skew(values)) < skew or _kurt(values) < kurt:
        return values, len(touched), "winsorise" if touched else ""
    shift = 0.01 * (max(x) - min(x)) - min(x)
    return [math.log(v + shift) for v in x], 0, "log_ct"


@pytest.fixture(scope="module")
def asem(root: Path):
    """The 49 ASEM indicators: codes, values with gaps, directions, targets."""
    folder = root / "tests" / "reference" / "asem"
    with (folder / "ASEM_iMeta.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["iCode"] for row in csv.DictReader(file) if row["Type"] == "Indicator"]
    with (folder / "ASEM_iData.csv").open(encoding="utf-8", newline="") as file:
        data = list(csv.DictReader(file))
    return codes, np.array([[float(row[code] or "nan") for code in codes] for row in data])


# Worked examples


@pytest.mark.reference
def test_handbook_one_point():
    values, record, done = _one([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], "skew_kurt")
    assert values[-1] == 9
    assert (record.points, record.transform, record.passed) == (1, "winsorise", True)
    assert record.skew_before == pytest.approx(3.118896, abs=1e-6)
    assert record.kurt_before == pytest.approx(9.799245, abs=1e-6)
    assert record.skew_after == pytest.approx(-0.151463, abs=1e-6)
    assert done.moved[:, 0].tolist() == [False] * 9 + [True]


@pytest.mark.reference
def test_handbook_passes_by_kurtosis_alone():
    values, record, _ = _one([*range(1, 11), 100, 1000], "skew_kurt")
    assert record.skew_before == pytest.approx(3.4103, abs=1e-4)
    assert record.kurt_before == pytest.approx(11.713, abs=1e-3)
    assert (record.skew_after, record.kurt_after) == pytest.approx((2.0298, 2.5772), abs=1e-4)
    assert record.points == 1
    assert values[-2:].tolist() == [100, 100]


@pytest.mark.reference
@pytest.mark.parametrize(
    ("code", "before", "points", "after"),
    [
        # printed by COINr's vignette on data treatment, seven digits
        ("LPI", (-0.3042681, -0.6567514), 0, None),
        ("Flights", (2.1032872, 4.5088794), 1, (1.900658, 3.336065)),
        ("Ship", (-0.5756680, -0.6814795), 0, None),
        ("Bord", (2.1482360, 5.7914905), 1, (1.899211, 4.346298)),  # codespell:ignore bord
        ("Elec", (2.2252736, 5.7910268), 1, (1.717744, 2.586062)),
        ("Gas", (2.8294486, 10.3346494), 1, (1.602518, 1.525576)),
        ("ConSpeed", (0.4622037, 0.1873214), 0, None),
        ("Cov4G", (-1.3725191, 0.5419314), 0, None),
        ("Services", (1.7010849, 2.3756557), 0, None),
    ],
)
def test_asem_as_coinr_prints_it(asem, code, before, points, after):
    codes, x = asem
    record = treat(x, parse_spec("skew_kurt", "treat")).columns[codes.index(code)]
    assert (record.skew_before, record.kurt_before) == pytest.approx(before, abs=5e-8)
    assert record.points == points
    if after:
        assert (record.skew_after, record.kurt_after) == pytest.approx(after, abs=5e-7)


@pytest.mark.reference
def test_asem_goods_and_flights_take_the_logarithm_as_coinr_prints_it(asem):
    codes, x = asem
    goods = treat(x, parse_spec("skew_kurt(winmax = 1)", "treat")).columns[codes.index("Goods")]
    assert (goods.skew_before, goods.kurt_before) == pytest.approx((2.6499733, 8.2666095), abs=5e-8)
    assert (goods.transform, goods.points) == ("log_ct", 0)
    assert (goods.skew_after, goods.kurt_after) == pytest.approx((0.03104001, -0.8888965), abs=5e-8)
    flights = treat(x, parse_spec("skew_kurt(winmax = 0)", "treat")).columns[codes.index("Flights")]
    assert (flights.skew_after, flights.kurt_after) == pytest.approx((-0.09502644, -0.8305217), abs=5e-8)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("spec", "limits"),
    [
        ("skew_kurt", (2, 3.5, 5)),
        ("skew_kurt(1, 2, 3)", (1, 2, 3)),
        ("skew_kurt(0.5, 0.5, 8)", (0.5, 0.5, 8)),
        ("skew_kurt(0.5, 0.5, 0)", (0.5, 0.5, 0)),
        ("gii", (2.25, 3.5, 5)),
    ],
)
def test_all_of_asem_against_a_second_implementation(asem, spec, limits):
    codes, x = asem
    done = treat(x, parse_spec(spec, "treat"), indicators=codes)
    assert len(done.columns) == 49
    failing = set()
    for column, (code, record) in enumerate(zip(codes, done.columns, strict=True)):
        known = ~np.isnan(x[:, column])
        values, points, what = _plain_rule(x[known, column].tolist(), *limits)
        np.testing.assert_allclose(done.values[known, column], values, rtol=1e-12, atol=1e-12, err_msg=code)
        assert (record.points, record.transform) == (points, what), code
        assert done.moved[:, column].sum() == points
        if abs(_skew(values)) >= limits[0] and _kurt(values) >= limits[1]:
            failing.add(code)
    np.testing.assert_array_equal(np.isnan(done.values), np.isnan(x))
    assert {f.column for f in done.findings if f.code == "S170"} == failing


@pytest.mark.reference
@pytest.mark.parametrize("limits", [(2, 3.5, 5), (1, 1, 3), (0.5, 0.5, 2)])
def test_flagship_with_its_zeros_against_a_second_implementation(root, limits):
    with (root / "tests/reference/zhang2022_table1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    x = np.array([[float(cell) for cell in row[-10:]] for row in rows[1:]])
    assert (x == 0).any()
    done = treat(x, parse_spec("skew_kurt({}, {}, {})".format(*limits), "treat"))
    for column, record in enumerate(done.columns):
        values, points, what = _plain_rule(x[:, column].tolist(), *limits)
        np.testing.assert_allclose(done.values[:, column], values, rtol=1e-12, atol=1e-12)
        assert (record.points, record.transform) == (points, what)


@pytest.mark.reference
def test_moments_agree_with_scipy(asem):
    for values in asem[1].T:
        x = values[~np.isnan(values)]
        assert skewness(x) == pytest.approx(stats.skew(x, bias=False), rel=1e-10)
        assert kurtosis(x) == pytest.approx(stats.kurtosis(x, bias=False), rel=1e-10)


@pytest.mark.reference
def test_box_cox_agrees_with_scipy(asem):
    codes, x = asem
    seen = 0
    for column in range(len(codes)):
        values = x[~np.isnan(x[:, column]), column]
        if values.min() <= 0:
            continue
        done = treat(values[:, None], parse_spec("box_cox", "treat"))
        _, power = stats.boxcox(values)
        record = done.columns[0]
        if abs(power) < 4.9:
            assert record.power == pytest.approx(power, abs=2e-6)
            seen += 1
        np.testing.assert_allclose(done.values[:, 0], stats.boxcox(values, lmbda=record.power), rtol=1e-9)
        assert (np.argsort(done.values[:, 0], kind="stable") == np.argsort(values, kind="stable")).all()
    assert seen > 20


# Ties, limits and counting


def test_ties_move_together():
    values, record, _ = _one([*range(1, 31), 500, 500, 500], "skew_kurt")
    assert record.points == 3
    assert (values[-3:] == 30).all()


def test_points_count_once_and_the_limit_is_on_their_number():
    """The published rule moves at most ``winmax`` points; counting each of them at every step would stop too early."""
    x = [*range(1, 41), 1e3, 1e4, 1e5]
    values, record, _ = _one(x, "skew_kurt(winmax = 3)")
    assert (record.points, record.transform) == (3, "winsorise")
    assert (values[-3:] == 40).all()
    _, record, _ = _one(x, "skew_kurt(winmax = 2)")
    assert (record.points, record.transform) == (0, "log_ct")


def test_low_outliers_are_raised():
    values, record, done = _one([-500, *range(1, 31)], "skew_kurt")
    assert values[0] == 1
    assert (record.points, done.moved[0, 0]) == (1, True)


def test_failing_columns_are_transformed_from_the_original_values():
    x = [*range(1, 21), 100, 1000, 10000]
    values, record, _ = _one(x, "skew_kurt(winmax = 1, otherwise = log)")
    np.testing.assert_allclose(values, np.log(x), rtol=1e-14)
    assert (record.transform, record.points) == ("log", 0)
    kept, record, done = _one(x, "skew_kurt(winmax = 1, otherwise = none)")
    assert (record.transform, record.points, record.passed) == ("winsorise", 1, False)
    assert kept[-1] == 1000
    assert [finding.code for finding in done.findings] == ["S170"]


def test_two_values_only_are_never_made_one():
    values, record, done = _one([0] * 20 + [1], "skew_kurt")
    assert len(set(values.tolist())) == 2
    assert (record.transform, record.passed) == ("log_ct", False)
    assert [(f.code, f.level) for f in done.findings] == [("S170", "warning")]
    assert done.findings[0].render("zh")


@pytest.mark.parametrize(
    "values", [[1, 2, 99], [5, 5, 5, 5, 5], [NAN, NAN, 3, 1], [0.1 + 0.2, 0.3, 0.3, 0.3]]
)
@pytest.mark.parametrize("spec", ["skew_kurt", "log_ct", "box_cox", "winsorise(1, 1)"])
def test_short_and_constant_columns_are_skipped_with_a_warning(values, spec):
    treated, record, done = _one(values, spec, indicators=["专利"])
    np.testing.assert_array_equal(treated, values)
    assert (record.points, record.transform) == (0, "")
    assert [(f.code, f.level, f.column) for f in done.findings] == [("S160", "warning", "专利")]


def test_gii_limits_are_wider():
    x = [*range(1, 21), 46]
    assert 2 < skewness(np.array(x, dtype=float)) < 2.25
    assert _one(x, "skew_kurt")[1].points == 1
    assert _one(x, "gii")[1].points == 0


# Fixed winsorising and transforms


@pytest.mark.reference
@pytest.mark.parametrize(("low", "high"), [(0.05, 0.05), (0.0, 0.2), (0.13, 0.0)])
def test_share_agrees_with_scipy(asem, low, high):
    x = asem[1]
    done = treat(x, parse_spec(f"winsorise_share({low}, {high})", "treat"))
    for column in range(49):
        known = ~np.isnan(x[:, column])
        peer = stats.mstats.winsorize(x[known, column], limits=(low, high))
        np.testing.assert_array_equal(done.values[known, column], np.asarray(peer))


def test_points_at_each_end():
    values, record, _ = _one([5, 1, 9, 3, 7, 50], "winsorise(1, 2)")
    assert values.tolist() == [5, 3, 7, 3, 7, 7]
    assert record.points == 3
    with pytest.raises(ScaleError) as caught:
        _one([5, 1, 9, 3, 7, 50], "winsorise(2, 3)", indicators=["专利"])
    assert (caught.value.findings[0].code, caught.value.findings[0].column) == ("S161", "专利")


@pytest.mark.parametrize(
    ("spec", "formula"),
    [
        ("log", math.log),
        ("log_ct", lambda v: math.log(v - 2 + 0.01 * 8)),
        ("log_shift", lambda v: math.log(v - 1)),
        ("log_gii", lambda v: math.log(9 * (v - 2) / 8 + 1)),
    ],
)
def test_transforms_are_their_formulas(spec, formula):
    x = [2, 4, 4.5, 10, NAN]
    values, record, _ = _one(x, spec)
    np.testing.assert_allclose(values[:4], [formula(v) for v in x[:4]], rtol=1e-14)
    assert np.isnan(values[4])
    assert record.transform == spec


def test_log_gii_changes_the_values():
    """One package returns its input here."""
    assert _one([2, 4, 4.5, 10], "log_gii")[0].tolist() != [2, 4, 4.5, 10]


@pytest.mark.parametrize("spec", ["log", "box_cox", "skew_kurt(winmax = 0, otherwise = log)"])
def test_zero_and_negative_values_are_named(spec):
    x = [0, -3, *range(1, 20), 1000]
    with pytest.raises(ScaleError) as caught:
        _one(x, spec, indicators=["专利"], places=[f"p{i}" for i in range(len(x))])
    finding = caught.value.findings[0]
    assert (finding.code, finding.column, finding.params["count"]) == ("S162", "专利", 2)
    assert "p0、p1" in finding.render("zh")
    assert "p0, p1" in finding.render("en")
    assert _one(x, "box_cox(shift = true)")[1].transform == "box_cox"


def test_other_refusals():
    with pytest.raises(ScaleError) as caught:
        _one([0.1, 0.2, 0.3, 0.9], "log_gii")
    assert caught.value.findings[0].code == "S163"
    assert "'1'" in caught.value.render("en")  # without names columns are numbered
    with pytest.raises(ScaleError) as caught:
        _one([*(1e12 + i for i in range(8)), 1e15], "box_cox")
    assert caught.value.findings[0].code == "S164"
    with pytest.raises(ModelError):
        parse_spec("skew_kurt(otherwise = sideways)", "treat")
    with pytest.raises(ModelError):
        parse_spec("skew_kurt(winmax = -1)", "treat")


def test_none_changes_nothing():
    x = np.array([[1, NAN], [100, 3], [NAN, 2]])
    done = treat(x, parse_spec("none", "treat"))
    np.testing.assert_array_equal(done.values, x)
    assert not done.findings


# Properties

numbers = arrays(np.float64, (12, 1), elements=st.integers(-(10**4), 10**4).map(float))
SPECS = ["skew_kurt", "skew_kurt(0.5, 0.5, 3)", "gii", "winsorise(1, 2)", "winsorise_share", "log_ct"]


@given(numbers)
@pytest.mark.parametrize("spec", SPECS)
def test_order_is_kept(spec, x):
    values = treat(x, parse_spec(spec, "treat")).values[np.argsort(x[:, 0]), 0]
    assert (np.diff(values) >= 0).all()


@given(numbers, st.permutations(range(12)))
@pytest.mark.parametrize("spec", SPECS)
def test_order_of_places_does_not_matter(spec, x, order):
    parsed = parse_spec(spec, "treat")
    np.testing.assert_allclose(treat(x[order], parsed).values, treat(x, parsed).values[order], rtol=1e-12)


@given(numbers, st.sampled_from([0.125, 2.0, 1024.0]))
def test_units_do_not_change_what_is_done(x, factor):
    assume(np.ptp(x) > 0)
    here, there = (treat(x * k, parse_spec("skew_kurt", "treat")) for k in (1.0, factor))
    assert here.columns[0].transform == there.columns[0].transform
    np.testing.assert_array_equal(here.moved, there.moved)


@given(st.lists(st.integers(1, 10**6).map(float), min_size=8, max_size=20, unique=True))
def test_box_cox_power_does_not_depend_on_the_unit(values):
    x = np.array([values]).T
    here, there = (treat(x * k, parse_spec("box_cox(shift = false)", "treat")).columns[0] for k in (1.0, 7.0))
    assert here.power == pytest.approx(there.power, abs=1e-4)
