"""Numbers as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.study import parse_number

CELLS = [
    # text, value, unit, qualifier, note
    ("１，２３４．５", 1234.5, "", "", ""),
    ("12.3万", 123000, "", "", ""),
    ("3.4亿元", 340000000, "CNY", "", ""),
    ("23.5%", 23.5, "%", "", ""),
    ("23.5％", 23.5, "%", "", ""),
    ("123①", 123, "", "", "①"),
    ("12²", 12, "", "", "²"),
    ("约1.1亿元", 110000000, "CNY", "~", ""),
    ("近1.2万家", 12000, "家", "~<", ""),
    ("2000多亿元", 200000000000, "CNY", ">", ""),
    ("近八成", 80, "%", "~<", ""),
    ("5.29万美元/人", 52900, "USD per person", "", ""),
    ("2015年", 2015, "年", "", ""),
    ("二〇二二年", 2022, "年", "", ""),
    ("三百二十家", 320, "家", "", ""),
    ("1,234", 1234, "", "", ""),
    ("1 234.5", 1234.5, "", "", ""),
    ("－5", -5, "", "", ""),
    ("10km²", 10, "km2", "", ""),
    ("5千瓦", 5, "千瓦", "", ""),
    ("30家以上", 30, "家", ">", ""),
    ("3.2万", 32000, "", "", ""),
    ("3.4亿元①", 340000000, "CNY", "", "①"),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier", "note"), CELLS)
def test_understood_and_flagged(text, value, unit, qualifier, note):
    number = parse_number(text)
    assert (number.value, number.unit_hint, number.qualifier, number.note) == (value, unit, qualifier, note)
    assert (number.flag, number.problem) == ("converted", "")


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "-", "—", "－", "N/A", "n.a.", "..", "缺失"])
def test_missing(text):
    number = parse_number(text)
    assert number.missing
    assert not number.flag


@pytest.mark.parametrize("text", ["…", "……", "..."])
def test_below_the_unit_shown(text):
    assert parse_number(text).missing
    assert parse_number(text).flag == "below_unit"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1.234,5", "decimal_mark"), ("2,63", "decimal_mark"), ("12,34.5", "decimal_mark"), ("1.2.3", "decimal_mark"),
        ("(12.3)", "parentheses"), ("（12.3）", "parentheses"),
        ("2011-2015年", "range"), ("12-13", "range"), ("2020-05-01", "range"),
        ("NaN", "not_finite"), ("inf", "not_finite"), ("-Infinity", "not_finite"), ("1e400", "not_finite"),
        ("1e99999999999万", "not_finite"),
        ("#DIV/0!", "sheet_error"), ("#N/A", "sheet_error"),
        ("abc", "text"), ("一", "text"), ("12 of 13", "text"), ("3万5千", "text"), ("*", "text"),
        ("1" * 200 + "x", "text"), ("٣", "text"), ("1_000", "text"), ("0x10", "text"),
    ],
)  # fmt: skip
def test_refused(text, problem):
    number = parse_number(text)
    assert number.problem == problem
    assert math.isnan(number.value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_plain_numbers_come_back_bit_by_bit(value):
    number = parse_number(repr(value))
    assert number.value == value
    assert (number.flag, number.problem) == ("", "")


@given(st.decimals(-(10**12), 10**12, places=3))
def test_separators_and_full_width_change_nothing(value):
    written = f"{value:,}"
    full = written.translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789.,-"})
    assert parse_number(written).value == float(value)
    assert parse_number(full).value == float(value)


@given(st.decimals(0, 10**6, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千", 10**3)]))
def test_multiples_are_exact(value, multiple):
    word, factor = multiple
    assert parse_number(f"{value}{word}").value == float(value * factor)


@given(st.text(max_size=60))
def test_no_text_fails(text):
    number = parse_number(text)
    assert not math.isinf(number.value)
    assert not (number.problem and not math.isnan(number.value))
