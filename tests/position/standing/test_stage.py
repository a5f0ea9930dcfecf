"""Stages of development: thresholds from both sides, prices, exchange rates, years to go."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.stages import Stage, stages
from innohub.errors import ModelError, ScaleError
from innohub.position.standing.money import convert
from innohub.position.standing.stage import Observation, passes, stage, years_to

USD = "USD per person"


def seen(value, *, unit=USD, year=2015, growth=math.nan, rate=None, measure="gdp_per_capita"):
    return Observation("guangzhou", measure, value, unit, year, growth, rate)


def only(result):
    assert len(result.table) == 1
    return result.table.iloc[0]


def ladder(*limits, closed="left", base_year=2015):
    return [
        Stage(
            "own",
            "gdp_per_capita",
            f"s{n}",
            f"阶{n}",
            f"S{n}",
            limit,
            closed,
            "USD",
            base_year,
            True,
            "table",
        )
        for n, limit in enumerate(limits, 1)
    ]


@pytest.mark.reference
def test_worked_years():
    assert years_to(12_000, 18_000, 0.06) == pytest.approx(6.9585, abs=5e-5)
    assert years_to(35_000, 40_000, 0.05) == pytest.approx(2.7369, abs=5e-5)


@pytest.mark.reference
def test_printed_values_of_guangzhou():
    result = stage(
        [
            seen(2.15, unit="10 thousand USD per person", growth=0.07),
            seen(3.5, unit="万美元/人", year=2014, growth=0.05, measure="labour_productivity"),
        ]
    )
    income, labour = (row for _, row in result.table.iterrows())
    assert (income["stage"], income["status"], income["name_zh"]) == (
        "innovation-stage",
        "reached",
        "创新成熟阶段",
    )
    assert income["value"] == pytest.approx(21_500)
    assert income["ratio"] == pytest.approx(21_500 / 18_000)
    assert (labour["stage"], labour["next_stage"]) == ("", "innovation-economy")
    assert (labour["status"], labour["ratio"]) == ("by growth", pytest.approx(0.875))
    assert labour["years"] == pytest.approx(2.7369, abs=5e-5)
    assert labour["by_year"] == pytest.approx(2016.7369, abs=5e-5)
    assert labour["marks"] == "base year"
    assert result.findings == ()
    assert not income["fragile"]


@pytest.mark.parametrize(
    ("value", "closed", "reached"),
    [
        (18_000, "right", False), (18_000.001, "right", True), (17_999.999, "right", False),
        (18_000, "left", True), (17_999.999, "left", False), (18_000 * (1 + 1e-13), "right", False),
    ],
)  # fmt: skip
def test_a_threshold_from_both_sides(value, closed, reached):
    assert passes(value, 18_000, closed) is reached
    row = only(stage([seen(value)], ladder(18_000, closed=closed)))
    assert (row["stage"] == "s1") is reached


def test_a_value_on_an_open_threshold_is_there_with_the_first_growth():
    row = only(stage([seen(18_000, growth=0.03)]))
    assert (row["stage"], row["years"], row["status"]) == ("", 0.0, "by growth")
    assert only(stage([seen(18_000, growth=0.0)]))["years"] == math.inf


@pytest.mark.parametrize("growth", [0.0, -0.02])
def test_without_growth_it_is_not_reached(growth):
    row = only(stage([seen(12_000, growth=growth)]))
    assert (row["status"], row["years"], row["by_year"]) == ("not reached", math.inf, math.inf)


def test_without_a_trend_nothing_is_said_of_years():
    row = only(stage([seen(12_000)]))
    assert row["status"] == "no trend"
    assert math.isnan(row["years"])


def test_without_a_value_nothing_is_tested():
    row = only(stage([seen(math.nan, growth=0.02)]))
    assert (row["status"], row["stage"]) == ("not tested", "")
    assert math.isnan(row["years"])


def test_a_ladder_of_ones_own():
    rows = [
        only(stage([seen(x, growth=0.05)], ladder(2_000, 9_000, 17_000)))
        for x in (1_000, 2_000, 10_000, 17_000)
    ]
    assert [row["stage"] for row in rows] == ["", "s1", "s2", "s3"]
    assert [row["next_stage"] for row in rows] == ["s1", "s2", "s3", ""]
    assert rows[1]["years"] == pytest.approx(math.log(4.5) / math.log(1.05))
    assert rows[3]["ratio"] == pytest.approx(1)


def test_prices_are_brought_to_the_year_of_the_value():
    index = {2015: 100.0, 2020: 108.0}
    row = only(stage([seen(19_000, year=2020, growth=0.05)], deflator=index))
    assert (row["prices"], row["threshold"], row["declared"]) == ("adjusted", pytest.approx(19_440), 18_000)
    assert (row["stage"], row["marks"]) == ("", "base year")
    assert row["fragile"]
    sensitivity = stage([seen(19_000, year=2020, growth=0.05)], deflator=index).sensitivity
    told = sensitivity.set_index(["prices", "shift"])["threshold"].to_dict()
    assert len(told) == 6
    assert told["declared", 0.1] == 18_000
    assert told["adjusted", 0.1] == pytest.approx(19_440)
    again = only(
        stage([seen(19_000, year=2020, growth=0.05)], deflator={year: 7 * i for year, i in index.items()})
    )
    assert again["threshold"] == pytest.approx(row["threshold"])


@pytest.mark.parametrize("index", [None, {}, {2015: 100.0}, {2020: 100.0}])
def test_without_a_price_index_this_is_said(index):
    result = stage([seen(19_000, year=2020)], deflator=index)
    row = only(result)
    assert (row["prices"], row["stage"], row["marks"]) == ("declared", "innovation-stage", "base year;prices")
    (finding,) = result.findings
    assert (finding.code, finding.level) == ("N122", "warning")
    assert "2015" in finding.render("en")
    assert "创新成熟阶段" in finding.render("zh")
    assert set(result.sensitivity["prices"]) == {"declared"}


def test_exchange_rates_shift_the_value_the_other_way():
    result = stage([seen(134_000, unit="元/人", growth=0.06, rate=6.7)])
    row = only(result)
    assert row["value"] == pytest.approx(20_000)
    table = result.sensitivity.set_index(["prices", "shift"])
    assert table.loc[("declared", 0.1), "value"] == pytest.approx(20_000 / 1.1)
    assert table.loc[("declared", -0.1), "value"] == pytest.approx(20_000 / 0.9)
    assert table.loc[("declared", 0.1), "rate"] == pytest.approx(7.37)
    assert len(table) == 3


def test_a_badge_that_turns_with_the_exchange_rate_is_fragile():
    result = stage([seen(19_000, growth=0.06)])
    assert only(result)["fragile"]
    told = result.sensitivity.query("prices == 'declared'").set_index("shift")["stage"].to_dict()
    assert told == {-0.1: "innovation-stage", 0.0: "innovation-stage", 0.1: ""}


def test_units_that_cannot_be_converted_are_refused():
    for unit in ("CNY per person", "USD", "% of GDP", ""):
        with pytest.raises(ModelError) as caught:
            stage([seen(20_000, unit=unit)])
        assert caught.value.findings[0].code == "N120"
        assert "guangzhou" in caught.value.render("zh")


@pytest.mark.parametrize(
    "bad",
    [
        {"value": 0},
        {"value": -5},
        {"value": 100, "growth": -1.0},
        {"value": 100, "unit": "CNY per person", "rate": 0.0},
    ],
)
def test_numbers_outside_the_domain_are_refused(bad):
    with pytest.raises(ScaleError) as caught:
        stage([seen(**bad)])
    assert caught.value.findings[0].code == "N121"
    assert "{" not in caught.value.render("en") + caught.value.render("zh")


def test_a_price_index_of_zero_is_refused():
    with pytest.raises(ScaleError):
        stage([seen(100, year=2020)], deflator={2015: 0.0, 2020: 1.0})


def test_a_measure_without_thresholds_gives_no_row():
    assert stage([seen(5, measure="jobs")]).table.empty


def test_order_of_observations_does_not_matter():
    two = [seen(20_000), seen(30_000, year=2014, measure="labour_productivity")]
    there, back = stage(two).table, stage(two[::-1]).table
    assert (
        there.sort_values("measure")
        .reset_index(drop=True)
        .equals(back.sort_values("measure").reset_index(drop=True))
    )
    assert stage(two, stages()[::-1]).table.equals(there)


@given(st.floats(1, 1e6), st.floats(1.001, 50), st.floats(0.001, 0.5), st.floats(0.01, 1e4))
def test_growing_for_the_years_given_leads_to_the_threshold(value, times, growth, unit):
    years = years_to(value, value * times, growth)
    assert value * (1 + growth) ** years == pytest.approx(value * times, rel=1e-9)
    assert years_to(value * unit, value * times * unit, growth) == pytest.approx(years, rel=1e-6, abs=1e-9)


def test_the_same_currency_needs_no_rate():
    assert convert(5.0, "万人", "万人") == 5.0
    assert convert(1.0, "亿元", "10 thousand CNY") == pytest.approx(10_000)
