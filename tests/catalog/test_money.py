"""Units of money as tables write them."""

import pytest

from innohub.catalog.money import Money, read_money


@pytest.mark.parametrize(
    ("unit", "factor", "currency", "per_person"),
    [
        ("100 million CNY", 1e8, "CNY", False),
        ("亿元", 1e8, "CNY", False),
        ("亿美元", 1e8, "USD", False),
        ("万美元/人", 1e4, "USD", True),
        ("10 thousand USD per person", 1e4, "USD", True),
        ("thousand EUR per head", 1e3, "EUR", True),
        ("million GBP", 1e6, "GBP", False),
        ("万亿元", 1e12, "CNY", False),
        ("港元 / 人", 1.0, "HKD", True),
        (" USD per capita ", 1.0, "USD", True),
    ],
)
def test_units_of_money(unit, factor, currency, per_person):
    assert read_money(unit) == Money(factor, currency, per_person)


@pytest.mark.parametrize(
    "unit", ["", "%", "% of GDP", "10 thousand", "count", "万人", "usd", "per 100 people"]
)
def test_other_units(unit):
    assert read_money(unit) is None
