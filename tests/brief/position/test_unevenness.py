"""Unevenness in the positioning brief: verdict, difference with its interval, and what it is drawn from."""

from typing import Any

import pytest

from innohub import Run
from innohub.brief import Brief, build_brief, check_brief
from innohub.brief.model import Paragraph, Table, plain


def write(run: Any, language: Any) -> Brief:
    return build_brief(run, language, pictures={}, subject="positioning")


def paragraphs(made: Brief, lead: str) -> list[str]:
    blocks = [b for s in made.sections for b in s.blocks if isinstance(b, Paragraph)]
    return [plain(block.text) for block in blocks if plain(block.lead) == lead]


@pytest.mark.parametrize(("language", "lead"), [("zh", "不均衡程度。"), ("en", "Unevenness.")])
def test_each_indicator_is_told_with_difference_and_interval(
    years_run: Run, language: str, lead: str
) -> None:
    made = write(years_run, language)
    assert check_brief(made) == ()
    (text,) = paragraphs(made, lead)
    frame = years_run.table("unevenness")
    join = "至" if language == "zh" else " to "
    for row in frame.to_dict("records"):
        assert f"{row['difference']:.2f}" in text
        assert f"{row['low']:.2f}{join}{row['high']:.2f}" in text
    assert f"{frame['second'].iloc[0]:.3f}" in text
    assert "999" in text
    assert "90%" in text


def test_the_annex_lists_both_indices_and_the_verdict(years_run: Run) -> None:
    made = write(years_run, "zh")
    (found,) = [b for s in made.annex for b in s.blocks if isinstance(b, Table) and b.id == "unevenness"]
    frame = years_run.table("unevenness").sort_values("difference", ascending=False)
    assert [plain(row[2]) for row in found.rows] == [f"{value:.3f}" for value in frame["first"]]
    assert {plain(row[-1]) for row in found.rows} == {"更不均衡"}


@pytest.mark.parametrize(("verdict", "told"), [("less uneven", "比它更均衡的是"), ("open", "不能断定的是")])
def test_other_verdicts_are_told_as_such(years_run: Run, stand: Any, verdict: str, told: str) -> None:
    frame = years_run.table("unevenness").assign(verdict=verdict)
    made = write(stand(years_run, years_run.settings, {"unevenness": frame}), "zh")
    (text,) = paragraphs(made, "不均衡程度。")
    assert told in text
    assert "比它更不均衡" not in text


def test_a_difference_below_zero_is_told_as_lower(years_run: Run, stand: Any) -> None:
    frame = (
        years_run.table("unevenness")
        .head(1)
        .assign(difference=-0.2, low=-0.3, high=-0.1, verdict="less uneven")
    )
    made = write(stand(years_run, years_run.settings, {"unevenness": frame}), "en")
    (text,) = paragraphs(made, "Unevenness.")
    assert "lower by 0.20 (0.10 to 0.30)" in text
    assert "−" not in text


def test_a_study_without_it_says_nothing(years_run: Run, stand: Any) -> None:
    made = write(stand(years_run, years_run.settings, {"unevenness": None}), "zh")
    assert paragraphs(made, "不均衡程度。") == []
