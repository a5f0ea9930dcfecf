"""How a chain reads."""

from dataclasses import replace

import pytest

from innohub.trace import Link
from innohub.trace.chain import flag_names

RAW = Link(
    kind="raw",
    label_zh="研发投入强度",
    label_en="R&D intensity",
    value=2.35,
    unit="%",
    year=2020,
    flag="substituted;own",
    note_zh="说明",
    note_en="a note",
    source="Yearbook",
    file="panel.csv",
    row=7,
    column="value",
    cell="2.35",
)
MIDDLE = Link("normalised", "甲", "A", None, weight=0.25, children=(RAW,))
SCORE = Link("score", "指数", "Index", 0.5, rank=2, children=(MIDDLE,))


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            [
                "Index = 0.5; rank 2",
                "A, normalised = missing; weight 25.0%",
                "row 7",
                "substitute value, own",
                "a note",
            ],
        ),
        ("zh", ["指数 = 0.5；第2位", "甲，标准化值 = 缺失；权重 25.0%", "第7行", "替代值、own", "说明"]),
    ],
)
def test_rendering(language, parts):
    lines = SCORE.render(language).splitlines()
    assert [len(line) - len(line.lstrip()) for line in lines] == [0, 2, 4, 0, 0]
    assert all(any(part in line for line in lines) for part in parts)


def test_json_leaves_out_what_is_not_said():
    data = SCORE.to_json()
    assert "file" not in data
    assert data["children"][0]["children"][0]["row"] == 7


def test_flag_names_of_nothing():
    assert flag_names("", "en") == ""


def test_large_numbers_keep_their_digits():
    large = replace(RAW, value=4_225_134.5, unit="万元")
    assert "原始值 4225134.5万元" in Link("score", "指数", "Index", 2_345_678.4, children=(large,)).render(
        "zh"
    )
    assert "Index = 2345678" in Link("score", "指数", "Index", 2_345_678.4).render("en")
