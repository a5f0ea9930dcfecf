"""Units and conversions."""

import pytest

from innohub.study.units import conversion, is_percent, measure


@pytest.mark.parametrize(
    ("given", "wanted", "factor"),
    [
        ("万元", "CNY", 1e4), ("亿元", "万元", 1e4), ("元", "亿元", 1e-8), ("万人", "persons", 1e4), ("个", "count", 1),
        ("件", "家", 1), ("公顷", "m2", 1e4), ("million USD", "USD", 1e6), ("万美元/人", "USD per person", 1e4),
        ("%", "% of GDP", 1), ("USD", "CNY", None), ("人", "元", None), ("% of GDP", "% of national total", None),
        ("千瓦", "瓦", None), ("千克", "千克", 1), ("百分点", "%", 1),
    ],
)  # fmt: skip
def test_conversion(given, wanted, factor):
    assert conversion(given, wanted) == pytest.approx(factor) if factor else conversion(given, wanted) is None


def test_percent_is_recognised():
    assert is_percent("%") and is_percent("% of GDP") and is_percent("占全国比重（%）")
    assert not is_percent("share") and not is_percent("count")


def test_absurd_units_are_their_own_base():
    assert measure("a/" * 5000)[0] == 1
