"""Placing values into classes: the handbook's examples, every limit from both sides, refusals, properties."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.scheme import give_limits, scheme
from innohub.errors import ModelError, ScaleError
from innohub.position.classes.scheme import place_by_breaks, place_by_deviation, place_in_scheme, split_thirds
from innohub.position.classes.standing import COLUMNS
from innohub.position.tier.classify import above

REFERENCE = Path(__file__).parents[2] / "reference"
FIXED = ("ccd-10", "c-4", "ccd-4", "ccd-5")
unit = st.floats(0, 1)


def one(name, x, **more):
    return place_in_scheme({"a": x}, scheme(name), **more).iloc[0]


def codes(error):
    return [finding.code for finding in error.value.findings]


def test_d_of_six_tenths_in_two_schemes():
    assert one("ccd-10", 0.6)["class_zh"] == "勉强协调"
    assert one("ccd-4", 0.6)["class_zh"] == "协调发展"


def test_the_row_tells_rule_side_and_distance():
    row = one("ccd-10", 0.57)
    assert row["rule"] == "0.5 < D ≤ 0.6"
    assert (row["closed"], row["next_class"], row["status"]) == ("right", "primary", "read")
    assert row["distance"] == pytest.approx(0.03)
    assert (row["lower"], row["upper"]) == (0.5, 0.6)
    assert list(place_in_scheme({"a": 0.5}, scheme("ccd-4")).columns) == list(COLUMNS)


def test_the_rule_of_a_left_closed_scheme():
    assert one("ccd-4", 0.6)["rule"] == "0.6 ≤ D ≤ 1"
    assert one("ccd-4", 0.5)["rule"] == "0.5 ≤ D < 0.6"
    assert one("ccd-4", 0.39)["rule"] == "0 ≤ D < 0.4"


@pytest.mark.parametrize("name", FIXED)
@pytest.mark.parametrize("side", ["left", "right"])
def test_every_limit_from_both_sides(name, side):
    found = scheme(name)
    ids = [grade.id for grade in found.grades]
    for number, (limit, told) in enumerate(zip(found.limits, found.sides, strict=True)):
        assert one(name, limit + 1e-6, closed=side)["class"] == ids[number]
        if limit > 0:
            assert one(name, limit - 1e-6, closed=side)["class"] == ids[number + 1]
        assert one(name, limit, closed=side)["class"] == ids[number + ((told or side) == "right")]


def test_the_ends_of_the_scale_have_a_class():
    for name in FIXED:
        found = scheme(name)
        assert one(name, 0.0)["class"] == found.grades[-1].id
        assert one(name, 1.0)["class"] == found.grades[0].id
        assert one(name, 1.0)["next_class"] == ""
        assert np.isnan(one(name, 1.0)["distance"])


def test_a_sum_that_misses_the_limit_by_a_bit_stands_on_it():
    assert 0.1 + 0.2 != 0.3
    assert one("c-4", 0.1 + 0.2)["class_zh"] == "低水平耦合"
    assert one("c-4", 0.1 + 0.2)["distance"] == pytest.approx(0, abs=1e-12)


def test_ccd_5_refuses_a_value_on_a_limit_until_closed_is_given():
    values = {"a": 0.7, "b": 0.65, "c": 0.9}
    with pytest.raises(ModelError) as error:
        place_in_scheme(values, scheme("ccd-5"))
    assert codes(error) == ["N162", "N162"]
    assert "a: the value stands on the limit 0.7" in error.value.render("en")
    assert "磨合" in error.value.render("zh")
    left = place_in_scheme(values, scheme("ccd-5"), closed="left")["class_zh"].tolist()
    right = place_in_scheme(values, scheme("ccd-5"), closed="right")["class_zh"].tolist()
    assert left == ["磨合", "抗拒", "极高"]
    assert right == ["抗拒", "抗拒", "磨合"]


def test_ccd_5_places_values_off_the_limits_and_zero():
    found = place_in_scheme({"a": 0.65, "b": 0.0, "c": 1e-9}, scheme("ccd-5"))
    assert found["class"].tolist() == ["resisting", "zero", "very-low"]
    assert found["rule"].tolist() == ["0.6 < D < 0.7", "D = 0", "0 < D < 0.6"]
    assert found["closed"].tolist() == ["", "right", "mixed"]


def test_closed_never_overrules_the_source():
    assert one("ccd-10", 0.6, closed="left")["class"] == "bare"


@pytest.mark.parametrize("x", [-1e-9, 1.0000001, float("inf")])
def test_a_value_outside_the_scale_is_refused(x):
    with pytest.raises(ScaleError) as error:
        place_in_scheme({"a": 0.5, "b": x, "c": x}, scheme("ccd-10"))
    assert codes(error) == ["N164", "N164"]
    assert "0 and 1" in error.value.render("en")


def test_a_missing_value_has_no_class():
    row = one("ccd-10", float("nan"))
    assert (row["class"], row["rule"], row["next_class"]) == ("", "", "")


def test_names_only_need_limits():
    with pytest.raises(ModelError) as error:
        place_in_scheme({"a": 5.0}, scheme("gawc-12"))
    assert codes(error) == ["N163"]
    own = give_limits(scheme("gawc-12"), tuple(range(11, 0, -1)), "left")
    found = place_in_scheme({"a": 11.0, "b": 10.5, "c": 0.5, "d": 1.0}, own)
    assert found["class"].tolist() == ["alpha++", "alpha+", "sufficiency", "high-sufficiency"]
    assert found["rule"].tolist() == ["x ≥ 11", "10 ≤ x < 11", "x < 1", "1 ≤ x < 2"]
    assert set(found["status"]) == {"names only"}


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (125.01, "leader"), (125.0, "strong"), (124.99, "strong"), (100.01, "strong"), (99.99, "moderate"),
        (70.0, "moderate"), (69.99, "emerging"), (0.0, "emerging"),
    ],
)  # fmt: skip
def test_eis_groups_relative_to_a_reference(x, expected):
    row = place_in_scheme({"a": x / 2}, scheme("eis-4"), reference=50).iloc[0]
    assert row["class"] == expected
    assert row["value"] == pytest.approx(x)


def test_eis_does_not_say_where_the_average_itself_belongs():
    with pytest.raises(ModelError) as error:
        place_in_scheme({"a": 100.0}, scheme("eis-4"), reference=100)
    assert codes(error) == ["N162"]
    placed = place_in_scheme({"a": 100.0}, scheme("eis-4"), reference=100, closed="left")
    assert placed["class"].item() == "strong"


@pytest.mark.parametrize("reference", [None, 0.0, -1.0, float("nan")])
def test_a_relative_scheme_needs_a_reference(reference):
    with pytest.raises(ModelError) as error:
        place_in_scheme({"a": 100.0}, scheme("eis-4"), reference=reference)
    assert codes(error) == ["N177"]


def test_thirds_of_a_class():
    values = {f"p{x}": float(x) for x in (130, 131, 132, 133, 134, 135, 80, 90)}
    found = split_thirds(place_in_scheme(values, scheme("eis-4"), reference=100))
    assert found.set_index("place")["part"].to_dict() == {
        "p130": "-", "p131": "-", "p132": "", "p133": "", "p134": "+", "p135": "+", "p80": "", "p90": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ddof", "low", "high"), [(0, 22.92893218813, 37.07106781187), (1, 22.09430584957, 37.90569415042)]
)
def test_mean_and_deviation(ddof, low, high):
    found = place_by_deviation(
        dict(zip("abcde", [10.0, 20, 30, 40, 50], strict=True)), scheme("sd-3"), ddof=ddof
    )
    assert found["class"].tolist() == ["low", "low", "middle", "high", "high"]
    middle = found.iloc[2]
    assert (middle["lower"], middle["upper"]) == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))


def test_population_deviation_is_the_default():
    values = dict(zip("abcde", [10.0, 20, 30, 40, 50], strict=True))
    assert place_by_deviation(values, scheme("sd-3"))["lower"][2] == pytest.approx(22.9289, abs=1e-4)


def test_a_value_on_a_limit_of_mean_and_deviation():
    values = {"a": 0.0, "b": 2.0, "c": 0.0, "d": 2.0}
    with pytest.raises(ModelError) as error:
        place_by_deviation(values, scheme("sd-3"), spread=1.0)
    assert codes(error) == ["N162"] * 4
    left = place_by_deviation(values, scheme("sd-3"), spread=1.0, closed="left")["class"].tolist()
    right = place_by_deviation(values, scheme("sd-3"), spread=1.0, closed="right")["class"].tolist()
    assert left == ["middle", "high", "middle", "high"]
    assert right == ["low", "middle", "low", "middle"]


@pytest.mark.parametrize("values", [{"a": 3.0}, {"a": 3.0, "b": 3.0}, {"a": 3.0, "b": float("nan")}])
def test_no_spread_is_refused(values):
    with pytest.raises(ModelError) as error:
        place_by_deviation(values, scheme("sd-3"))
    assert codes(error) == ["N168"]


def test_a_spread_of_zero_is_refused():
    with pytest.raises(ModelError) as error:
        place_by_deviation({"a": 1.0, "b": 2.0}, scheme("sd-3"), spread=0)
    assert codes(error) == ["N179"]


@pytest.mark.reference
def test_tiers_of_the_published_table():
    """Table 1 of Zhang 2022, min-max, equal weights: natural breaks give the tiers of its table 2."""
    with (REFERENCE / "zhang2022_table1.csv").open(encoding="utf-8", newline="") as file:
        nested = {"beijing", "shanghai", "guangdong", "liaoning"}
        rows = [row for row in csv.DictReader(file) if row["region_id"] not in nested]
    x = np.array([[float(cell) for cell in list(row.values())[6:]] for row in rows])
    score = ((x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))).mean(axis=1)
    values = {row["region_zh"]: float(s) for row, s in zip(rows, score, strict=True)}
    found = place_by_breaks(values, scheme("tiers-003"), scale="raw").set_index("place")
    tiers = found.groupby("class").groups
    assert set(tiers["international"]) == {"长三角", "京津冀", "粤港澳"}
    assert set(tiers["national"]) == {"山东", "东北", "成渝", "湖北", "陕西"}
    assert len(tiers["regional"]) == 6
    logged = place_by_breaks(values, scheme("tiers-003"), scale="log")["class"].value_counts()
    assert [logged[tier] for tier in ("international", "national", "regional")] == [3, 7, 4]
    assert found.loc["福建", "distance"] == pytest.approx(found.loc["陕西", "lower"] - values["福建"])


@given(st.sampled_from(FIXED), st.lists(unit, min_size=2, max_size=8))
def test_a_higher_value_never_has_a_lower_class(name, xs):
    values = {str(number): x for number, x in enumerate(sorted(xs))}
    found = place_in_scheme(values, scheme(name), closed="left")
    order = [grade.id for grade in scheme(name).grades]
    index = [order.index(grade) for grade in found["class"]]
    assert index == sorted(index, reverse=True)


@given(st.lists(st.floats(0, 1).map(lambda x: round(x, 3)), min_size=1, max_size=8))
def test_same_classes_as_cutting_tiers(xs):
    for name, side in (("ccd-10", "right"), ("ccd-4", "left")):
        found = scheme(name)
        placed = place_in_scheme({str(n): x for n, x in enumerate(xs)}, found)["class"].tolist()
        assert placed == [found.grades[t].id for t in above(np.array(xs), found.limits, side)]


@given(
    st.lists(st.floats(-100, 100).map(lambda x: round(x, 2)), min_size=3, max_size=9).filter(
        lambda xs: len(set(xs)) > 2
    ),
    st.floats(0.1, 10),
)
def test_classes_by_deviation_do_not_change_with_the_unit(xs, factor):
    def classes(numbers):
        values = {str(n): x for n, x in enumerate(numbers)}
        return place_by_deviation(values, scheme("sd-3"), closed="left")["class"].tolist()

    mean, sd = np.mean(xs), np.std(xs)
    if min(abs(abs(x - mean) - 0.5 * sd) for x in xs) > 1e-6 * (abs(mean) + sd):
        assert classes(xs) == classes([factor * x for x in xs])
