"""Targets on the worked examples, at their edges, and as properties."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from innohub.errors import ModelError
from innohub.position.standing.target import Target, annual_growth, track, track_targets

RD = Target("china", "rd_intensity", 2.0, 2015, 2.5, 2020, 2.2, 2018)


@pytest.mark.reference
def test_worked_example():
    found = track(RD)
    assert found.progress == pytest.approx(0.4)
    assert found.expected == pytest.approx(0.6)
    assert found.expected_value == pytest.approx(2.3)
    assert found.required_growth == pytest.approx(0.0660, abs=5e-5)
    assert found.achieved_growth == pytest.approx(0.0323, abs=5e-5)
    assert (found.on_track, found.status, found.growth_defined, found.marks) == (False, "off track", True, "")
    assert found.required_change == pytest.approx(0.15)
    assert found.achieved_change == pytest.approx(0.2 / 3)


@pytest.mark.reference
def test_printed_growth_rates():
    assert annual_growth(1, 2, 5) == pytest.approx(0.1487, abs=5e-5)
    assert annual_growth(9_835, 20_000, 5) == pytest.approx(0.1525, abs=5e-5)
    contracts = track(Target("china", "contracts", 9_835, 2015, 20_000, 2020, 9_835, 2015))
    assert contracts.required_growth == pytest.approx(0.1525, abs=5e-5)
    assert (contracts.status, contracts.on_track, contracts.progress) == ("at base", None, 0.0)
    assert math.isnan(contracts.achieved_growth)


def test_just_on_the_path_is_on_track():
    assert track(replace(RD, value=2.3)).on_track is True
    assert track(replace(RD, value=2.3 - 1e-6)).on_track is False


@pytest.mark.parametrize(("value", "status"), [(2.5, "met"), (2.49, "missed"), (0.1 + 0.2 + 2.2, "met")])
def test_at_and_after_the_deadline(value, status):
    at = track(replace(RD, value=value, year=2020))
    late = track(replace(RD, value=value, year=2022))
    assert at.status == late.status == status
    assert (at.marks, late.marks, late.expected) == ("", "year", 1.0)
    assert math.isnan(at.required_growth)
    assert math.isnan(late.required_change)


def test_reached_before_the_deadline():
    found = track(replace(RD, value=2.6))
    assert (found.status, found.on_track, found.progress) == ("reached early", True, pytest.approx(1.2))


def test_lower_is_better():
    rank = Target("china", "rank", 18, 2015, 15, 2020, 17, 2017, lower=True)
    found = track(rank)
    assert (found.progress, found.expected, found.status) == (pytest.approx(1 / 3), 0.4, "off track")
    assert found.required_change == pytest.approx(-2 / 3)
    assert found.required_growth == pytest.approx((15 / 17) ** (1 / 3) - 1)
    assert track(replace(rank, value=14, year=2020)).status == "met"
    assert track(replace(rank, value=16, year=2020)).status == "missed"
    assert track(replace(rank, value=15, year=2020)).status == "met"


def test_target_equal_to_its_base_has_no_growth():
    found = track(replace(RD, target=2.0, value=1.9))
    assert not found.growth_defined
    assert math.isnan(found.required_growth)
    assert math.isnan(found.progress)
    assert found.required_change == pytest.approx(0.05)
    assert (found.status, found.on_track) == ("off track", False)
    assert track(replace(RD, target=2.0, value=2.0)).status == "on track"


@pytest.mark.parametrize(
    ("base", "value", "target"), [(-1, 0.5, 2), (0, 1, 2), (2, 1, 0), (-3, -2, -1), (1, -1, 2)]
)
def test_a_path_across_or_at_zero_is_told_by_its_changes(base, value, target):
    found = track(Target("a", "x", base, 2015, target, 2020, value, 2018, lower=target < base))
    assert not found.growth_defined
    assert math.isnan(found.required_growth)
    assert math.isnan(found.achieved_growth)
    assert found.required_change == pytest.approx((target - value) / 2)
    assert found.achieved_change == pytest.approx((value - base) / 3)
    assert found.progress == pytest.approx((value - base) / (target - base))


def test_a_limit_to_keep():
    ceiling = Target("a", "dust", 4.0, 2015, 5.0, 2020, 4.5, 2018, lower=True)
    assert track(ceiling).status == "on track"
    assert track(replace(ceiling, value=5.5)).status == "off track"
    assert track(replace(ceiling, value=5.5, year=2020)).status == "missed"
    assert math.isnan(track(ceiling).expected)


def test_what_is_not_known_is_not_guessed():
    nothing = track(replace(RD, value=math.nan))
    assert (nothing.status, nothing.on_track) == ("no value", None)
    assert math.isnan(nothing.progress)
    loose = track(replace(RD, base=math.nan))
    assert (loose.status, loose.on_track) == ("no base", None)
    assert loose.required_growth == pytest.approx(0.0660, abs=5e-5)
    assert track(replace(RD, base=math.nan, value=2.6)).status == "reached early"
    assert track(replace(RD, base=math.nan, value=2.4, year=2020)).status == "missed"


@pytest.mark.parametrize("change", [{"deadline": 2015}, {"deadline": 2010}, {"year": 2014}])
def test_years_out_of_order_are_refused(change):
    with pytest.raises(ModelError) as caught:
        track(replace(RD, **change))
    assert caught.value.findings[0].code == "N128"
    assert "rd_intensity" in caught.value.render("en")


def frame(**columns):
    first = {
        "place": ["china", "china"], "indicator": ["rd_intensity", "rank"], "base": [2.0, 18], "base_year": 2015,
        "target": [2.5, 15], "deadline": 2020, "value": [2.2, 17], "year": 2018, "direction": [1, -1],
        "file": "targets.csv", "row": [2, 3],
    }  # fmt: skip
    return pd.DataFrame(first | columns)


def test_a_table_of_targets():
    table, findings = track_targets(frame())
    assert findings == ()
    assert table["status"].tolist() == ["off track", "off track"]
    assert table["progress"].tolist() == pytest.approx([0.4, 1 / 3])
    assert table["on_track"].dtype == "boolean"
    assert list(table.columns[:11]) == list(frame().columns)


def test_a_table_with_gaps_keeps_every_row():
    gaps = frame(base=[np.nan, 18], base_year=[np.nan, 2015], value=[2.2, np.nan], year=[2018, np.nan])
    table, _ = track_targets(gaps.set_index(pd.Index([5, 5])))
    assert table["status"].tolist() == ["no base", "no value"]
    assert table["on_track"].isna().all()
    assert track_targets(frame().head(0))[0].empty


def test_all_bad_targets_at_once_with_file_and_row():
    with pytest.raises(ModelError) as caught:
        track_targets(frame(target=[np.nan, 15], deadline=[2020, 2014]))
    told = [(finding.code, finding.file, finding.row) for finding in caught.value.findings]
    assert told == [("N131", "targets.csv", 2), ("N128", "targets.csv", 3)]


def test_a_slip_in_the_direction_is_noticed():
    _, findings = track_targets(frame(direction=[1, 1]))
    assert [(finding.code, finding.row) for finding in findings] == [("N132", 3)]
    _, findings = track_targets(frame(target=[2.0, 15]))
    assert [(finding.code, finding.row) for finding in findings] == [("N129", 2), ("N132", 2)]


@given(st.tuples(*[st.floats(0.1, 1e3)] * 3), st.integers(1, 9), st.integers(1, 9), st.floats(0.01, 100))
def test_rates_and_changes_lead_to_the_target_whatever_the_unit(numbers, passed, left, unit):
    base, value, target = numbers
    assume(abs(target - base) > 1e-3)
    one = Target(
        "a", "x", base, 2000, target, 2000 + passed + left, value, 2000 + passed, lower=target < base
    )
    found = track(one)
    assert value * (1 + found.required_growth) ** left == pytest.approx(target)
    assert base * (1 + found.achieved_growth) ** passed == pytest.approx(value)
    assert value + found.required_change * left == pytest.approx(target)
    assert base + found.achieved_change * passed == pytest.approx(value)
    other = track(replace(one, base=base * unit, value=value * unit, target=target * unit))
    assert other.progress == pytest.approx(found.progress)
    assert other.required_growth == pytest.approx(found.required_growth, abs=1e-9)


@given(st.floats(0.1, 99), st.floats(0.1, 99), st.floats(0.1, 99), st.integers(1, 6))
def test_less_is_better_mirrors_more_is_better(base, step, value, passed):
    up = track(Target("a", "x", base, 2000, base + step, 2007, base + value, 2000 + passed))
    down = track(Target("a", "x", -base, 2000, -base - step, 2007, -base - value, 2000 + passed, lower=True))
    assert (up.status, up.on_track) == (down.status, down.on_track)
    assert up.progress == pytest.approx(down.progress)
