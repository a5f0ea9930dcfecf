"""Values with units, as each language writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.position.evidence.amount import amount


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (1068, "万人", "1068万人", "10.68 million people"),
        (1068, "10 thousand", "1068万", "10.68 million"),
        (7.33, "万篇", "7.33万篇", "73,300"),
        (2.5, "万家", "2.5万家", "25,000"),
        (2907, "亿美元", "2907亿美元", "USD 290.7 billion"),
        (2907, "100 million USD", "2907亿美元", "USD 290.7 billion"),
        (1093.33, "100 million CNY", "1093.33亿元", "CNY 109.33 billion"),
        (21.3, "万元/人", "21.3万元/人", "CNY 213,000 per person"),
        (2.15, "10 thousand USD per person", "2.15万美元/人", "USD 21,500 per person"),
        (49.33, "户/百人", "49.33户/百人", "49.33 per 100 people"),
        (49.33, "per 100 people", "49.33/百人", "49.33 per 100 people"),
        (6.4, "件/万人", "6.4件/万人", "6.4 per 10,000 people"),
        (2.3, "% of GDP", "2.3%", "2.3%"),
        (65.54, "%", "65.54%", "65.54%"),
        (13, "count", "13个", "13"),
        (28.1, "微克/立方米", "28.1微克/立方米", "28.1 micrograms per cubic metre"),
        (300, "人/平方公里", "300人/平方公里", "300 people per square kilometre"),
        (54, "个", "54个", "54"),
        (2000, "GB/s", "2000GB/s", "2,000 GB per second"),
        (2, "倍", "2倍", "2"),
        (0, "万人", "0万人", "0 people"),
        (-3.5, "亿元", "-3.5亿元", "CNY -350 million"),
        (3, "million people", "300万人", "3 million people"),
        (4, "", "4", "4"),
        (9999.9, "万元", "9999.9万元", "CNY 99.999 million"),
        (1036810, "万元", "103.68亿元", "CNY 10.368 billion"),
        (-28754545, "万元", "-2875.5亿元", "CNY -287.55 billion"),
        (252476, "人年", "252476人年", "252,476 person-years"),
        (72812.55, "亿元", "72812.55亿元", "CNY 7,281.3 billion"),
    ],
)
def test_amounts(value, unit, zh, en):
    assert amount(value, unit, "zh") == zh
    assert amount(value, unit, "en") == en


def test_short_amounts_keep_currency_and_per_cent():
    assert amount(784, "万人", "en", short=True) == "7.84 million"
    assert amount(18.6, "万元/人", "en", short=True) == "CNY 186,000"
    assert amount(1.19, "% of GDP", "en", short=True) == "1.19%"
    assert amount(784, "万人", "zh", short=True) == "784万人"
    assert amount(2.15, "万美元/人", "zh", short=True) == "2.15万美元"
    assert amount(2.15, "10 thousand USD per person", "zh", short=True) == "2.15万美元"


@given(st.integers(1, 10**7), st.sampled_from(["万人", "亿元", "万家", "10 thousand"]))
def test_english_keeps_five_digits(value, unit):
    number = value / 100
    printed = amount(number, unit, "en", short=True).replace("CNY ", "").replace(",", "")
    digits, _, scale = printed.partition(" ")
    total = float(digits) * {"": 1, "million": 1e6, "billion": 1e9}[scale]
    assert total == pytest.approx(number * (1e8 if unit == "亿元" else 1e4), rel=5e-5)
