"""The normalisers beyond the first six: formulas, COINr's definitions on ASEM, refusals, invariances."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from innohub.catalog import parse_spec
from innohub.catalog.methods import methods
from innohub.errors import ModelError, ScaleError
from innohub.index import normalise
from innohub.index.normalise import undefined_columns

NAN = np.nan
X = np.array([[2.0], [4.0], [4.0], [10.0]])
UP, DOWN = np.array([1.0]), np.array([-1.0])
PLACES = ["甲", "乙", "丙", "丁"]


def _z(spec, x=X, direction=UP, **names):
    return normalise(np.asarray(x, dtype=float), direction, parse_spec(spec, "normalise"), **names)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("spec", "direction", "expected"),
    [
        ("dist_max", UP, [0, 0.25, 0.25, 1]),
        ("dist_max", DOWN, [1, 0.75, 0.75, 0]),
        ("dist_target(8)", UP, [0, 1 / 3, 1 / 3, 4 / 3]),
        ("dist_target(8, true)", UP, [0, 1 / 3, 1 / 3, 1]),
        ("dist_target(4)", DOWN, [4 / 3, 1, 1, 0]),
        ("dist_ref(乙)", UP, [0, 1, 1, 4]),
        ("dist_ref(乙, cap = true)", UP, [0, 1, 1, 1]),
        ("dist_ref(甲)", DOWN, [1, 0.75, 0.75, 0]),
        ("frac_max", UP, [0.2, 0.4, 0.4, 1]),
        ("borda", UP, [0, 1, 1, 3]),
        ("borda", DOWN, [3, 1, 1, 0]),
        ("scaled(0, 20)", UP, [10, 20, 20, 50]),
        ("scaled(-20, 0)", DOWN, [90, 80, 80, 50]),
        ("interval(4, 6)", UP, [0.5, 1, 1, 0]),
        ("interval(4, 6, 8)", DOWN, [0.75, 1, 1, 0.5]),
        ("interval(0, 20)", UP, [1, 1, 1, 1]),
        ("interval(3, 5, 1)", UP, [0, 1, 1, 0]),
        ("middle(4)", UP, [2 / 3, 1, 1, 0]),
        ("logistic", UP, 1 / (1 + np.exp([1, 1 / 3, 1 / 3, -5 / 3]))),
        ("logistic(2)", DOWN, 1 / (1 + np.exp([-0.5, -1 / 6, -1 / 6, 5 / 6]))),
        ("category(3, 5, top = 10, variant = value)", UP, [0, 5, 5, 10]),
        ("category(4, variant = value)", UP, [0, 100, 100, 100]),
        ("category(4, variant = value)", DOWN, [100, 100, 100, 0]),
        ("category(0.5, top = 1)", UP, [0, 1, 1, 1]),
    ],
)
def test_handbook_table_and_formulas(spec, direction, expected):
    quoted = spec.replace("甲", '"甲"').replace("乙", '"乙"')
    np.testing.assert_allclose(_z(quoted, direction=direction, places=PLACES)[:, 0], expected, atol=1e-9)


def test_default_categories_are_those_of_the_oecd_handbook():
    z = _z("category", np.arange(101.0)[:, None])[:, 0]
    edges = [0, 14, 15, 24, 25, 64, 65, 84, 85, 94, 95, 100]
    assert z[edges].tolist() == [0, 0, 20, 20, 40, 40, 60, 60, 80, 80, 100, 100]


@pytest.fixture(scope="module")
def asem(root: Path):
    """The 49 ASEM indicators: values with gaps, directions, targets."""
    folder = root / "tests" / "reference" / "asem"
    with (folder / "ASEM_iMeta.csv").open(encoding="utf-8", newline="") as file:
        meta = [row for row in csv.DictReader(file) if row["Type"] == "Indicator"]
    with (folder / "ASEM_iData.csv").open(encoding="utf-8", newline="") as file:
        data = list(csv.DictReader(file))
    x = np.array([[float(row[m["iCode"]] or "nan") for m in meta] for row in data])
    direction = np.array([float(m["Direction"]) for m in meta])
    return x, direction, [float(m["Target"]) for m in meta], [row["uCode"] for row in data]


def _plain(spec, values, direction, row):
    """Normalise one column in plain Python, value by value; None for missing."""
    y = [None if np.isnan(v) else v * direction for v in values.tolist()]
    known = [v for v in y if v is not None]
    low, high, n = min(known), max(known), len(known)
    mean = sum(known) / n
    sd = {d: (sum((v - mean) ** 2 for v in known) / (n - d)) ** 0.5 for d in (0, 1)}
    formulas = {
        "minmax(0, 100)": lambda v: (v - low) / (high - low) * 100,
        "zscore(ddof = 1)": lambda v: (v - mean) / sd[1],
        "zscore(10, 2)": lambda v: (v - mean) / sd[0] * 2 + 10,
        "rank": lambda v: 1 + sum(u < v for u in known),
        "borda": lambda v: sum(u < v for u in known),
        "percentile": lambda v: sum(u < v for u in known) / (n - 1),
        "dist_max": lambda v: 1 - (high - v) / (high - low),
        "dist_ref(AUT)": lambda v: 1 - (y[row] - v) / (y[row] - low),
        "scaled(1, 10)": lambda v: (v - 1) / (10 - 1) * 100,
        "goalposts(0, 50, 10)": lambda v: 10 * min(max((v if direction > 0 else 50 + v) / 50, 0), 1),
        "logistic": lambda v: 1 / (1 + np.exp(-(v - mean) / sd[0])),
    }
    return [NAN if v is None else formulas[spec](v) for v in y]


@pytest.mark.reference
@pytest.mark.parametrize(
    "spec",
    [
        "minmax(0, 100)",
        "zscore(ddof = 1)",
        "zscore(10, 2)",
        "rank",
        "borda",
        "percentile",
        "dist_max",
        "dist_ref(AUT)",
        "scaled(1, 10)",
        "goalposts(0, 50, 10)",
        "logistic",
    ],
)
def test_asem_column_by_column_in_plain_python(asem, spec):
    x, direction, _, units = asem
    row = units.index("AUT")
    if spec.startswith("dist_ref"):
        # Austria is last in some indicators, and its distance from the worst is then zero.
        y = x * direction
        fit = y[row] > np.nanmin(y, axis=0)
        x, direction = x[:, fit], direction[fit]
    z = _z(spec, x, direction, places=units)
    for column in range(x.shape[1]):
        expected = _plain(spec, x[:, column], direction[column], row)
        np.testing.assert_allclose(z[:, column], expected, rtol=1e-11, atol=1e-11)


@pytest.mark.reference
@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize(
    "spec", ["minmax(0, 100)", "zscore(ddof = 1)", "borda", "dist_max", "logistic", "scaled(1, 10)"]
)
def test_flagship_with_its_zeros_in_plain_python(root, spec, sign):
    with (root / "tests/reference/zhang2022_table1.csv").open(encoding="utf-8", newline="") as file:
        x = np.array([[float(cell) for cell in row[-10:]] for row in list(csv.reader(file))[1:]])
    z = _z(spec, x, np.full(10, sign))
    for column in range(10):
        np.testing.assert_allclose(z[:, column], _plain(spec, x[:, column], sign, 0), rtol=1e-12, atol=1e-12)


@pytest.mark.reference
def test_asem_targets(asem):
    x, direction, targets, _ = asem
    for column, target in enumerate(targets):
        one, sign = x[:, [column]], direction[[column]]
        z = normalise(one, sign, parse_spec(f"dist_target({target!r})", "normalise"))
        low, high = np.nanmin(one), np.nanmax(one)
        expected = (one - low) / (target - low) if sign[0] > 0 else (high - one) / (high - target)
        np.testing.assert_allclose(z, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.reference
def test_ranks_and_scores_agree_with_scipy(asem):
    x, direction, *_ = asem
    for column in range(49):
        y = (x * direction)[:, column]
        known = ~np.isnan(y)
        one = (x[:, [column]], direction[[column]])
        np.testing.assert_array_equal(_z("rank", *one)[known, 0], stats.rankdata(y[known], "min"))
        np.testing.assert_allclose(
            _z("zscore(ddof = 1)", *one)[known, 0], stats.zscore(y[known], ddof=1), atol=1e-12
        )


# Refusals


def test_fraction_of_a_largest_value_that_is_not_positive():
    for direction, x in ((UP, [[-3], [-1]]), (UP, [[-1], [0]]), (DOWN, [[1], [2]])):
        with pytest.raises(ScaleError) as caught:
            _z("frac_max", x, direction, indicators=["能耗"])
        assert (caught.value.findings[0].code, caught.value.findings[0].column) == ("S165", "能耗")
        assert "能耗" in caught.value.render("zh")


@pytest.mark.parametrize("target", ["2", "1"])
def test_a_target_that_everybody_has_met(target):
    with pytest.raises(ScaleError) as caught:
        _z(f"dist_target({target})")
    assert caught.value.findings[0].code == "S169"
    assert "'1'" in caught.value.render("en")  # without names columns are numbered


def test_reference_places():
    for place in ("戊", "乙"):
        with pytest.raises(ModelError) as caught:
            _z(f'dist_ref("{place}")', places=["甲", "乙", "乙", "丁"])
        assert caught.value.findings[0].code == "S166"
    with pytest.raises(ModelError):
        _z('dist_ref("甲")')
    with pytest.raises(ScaleError) as caught:
        _z('dist_ref("丁")', [[1], [2], [3], [NAN]], places=PLACES)
    assert caught.value.findings[0].code == "S167"
    with pytest.raises(ScaleError) as caught:
        _z('dist_ref("甲")', places=PLACES)
    assert caught.value.findings[0].code == "S169"


@pytest.mark.parametrize(
    "spec", ["scaled(3, 3)", "interval(5, 4)", "logistic(0)", "category(0, 0.5)", "category(20, 40)"]
)
def test_bounds_that_make_no_sense(spec):
    with pytest.raises(ModelError) as caught:
        _z(spec)
    assert caught.value.findings[0].code == "S168"
    assert caught.value.render("zh")


@pytest.mark.parametrize(
    "spec", ["dist_max", "dist_target(8)", 'dist_ref("甲")', "logistic", "minmax", "zscore"]
)
def test_constant_column_is_undefined_not_zero(spec):
    x = np.array([[3.0, 1.0], [3.0, 5.0], [3.0, 4.0], [3.0, 0.5]])
    z = _z(spec, x, np.ones(2), places=PLACES)
    assert np.isnan(z[:, 0]).all()
    assert undefined_columns(x, z).tolist() == [0]


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        ("frac_max", 1),
        ("rank", 1),
        ("borda", 0),
        ("scaled(0, 6)", 50),
        ("interval(2, 4)", 1),
        ("middle(3)", 1),
    ],
)
def test_constant_column_where_it_is_defined(spec, value):
    assert _z(spec, [[3], [3], [3]])[:, 0].tolist() == [value] * 3


# Properties

EVERY = [
    *(
        name
        for name, method in methods("normalise").items()
        if all("default" in p for p in method.parameters)
    ),
    "goalposts(-10, 10)",
    "scaled(-3, 9)",
    'dist_ref("p1")',
    "dist_target(2000)",
    "interval(-5, 5)",
    "middle(1)",
    "category(0, 50, variant = value)",
]
ROWS = [f"p{i}" for i in range(7)]
values = arrays(np.float64, (7, 1), elements=st.integers(-1000, 1000).map(float), unique=True)


def _prepared(x):
    x = x.copy()
    x[0], x[1] = -1001.0, 1500.0  # the worst and the reference
    return x


@given(values, st.permutations(range(7)))
@pytest.mark.parametrize("spec", EVERY)
def test_order_of_places_does_not_matter(spec, x, order):
    x = _prepared(x)
    here = _z(spec, x, places=ROWS)
    there = _z(spec, x[order], places=[ROWS[i] for i in order])
    np.testing.assert_allclose(there, here[order], rtol=1e-9, atol=1e-12)


@given(values)
@pytest.mark.parametrize("spec", EVERY)
def test_missing_stays_missing_and_changes_nobody(spec, x):
    x = _prepared(x)
    z = _z(spec, np.vstack([x, [[NAN]]]), places=[*ROWS, "q"])
    assert np.isnan(z[-1, 0])
    np.testing.assert_allclose(z[:-1], _z(spec, x, places=ROWS), rtol=1e-9, atol=1e-12)


@given(values)
@pytest.mark.parametrize("spec", [spec for spec in EVERY if not spec.startswith(("interval", "middle"))])
def test_more_is_never_worse(spec, x):
    x = _prepared(x)
    z = _z(spec, x, places=ROWS)[np.argsort(x[:, 0]), 0]
    assert (np.diff(z) >= -1e-12).all()


@given(values, st.floats(0.1, 50), st.floats(-100, 100))
@pytest.mark.parametrize("spec", ["dist_max", 'dist_ref("p1")', "borda", "logistic", "category"])
def test_units_do_not_matter(spec, x, factor, shift):
    x = _prepared(x)
    np.testing.assert_allclose(_z(spec, x * factor + shift, places=ROWS), _z(spec, x, places=ROWS), atol=1e-6)
