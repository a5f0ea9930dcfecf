"""Other studies than the shipped one: their sentences must be as sensible."""

import re
from typing import Any

import pandas as pd
import pytest

from innohub import Run
from innohub.brief import Brief, build_brief, check_brief
from innohub.brief.model import plain

ABSURD = {
    "zh": r"第[–—-]位|nan|（）|：。|各级依次为0|[^\d.]0个(地区)?(列入|归属)|、、|个、个",
    "en": r"\bnan\b|\(\)|: \.|\b[Oo]ne regions\b|\b1 (regions|indicators)\b|\b(0|[Zz]ero) regions\b",
}


def said(brief: Brief) -> str:
    return "\n".join(plain(text) for _, text in brief.texts())


def checked(run: Any) -> dict[str, str]:
    """Return the texts of both languages; none is absurd, unclaimed or empty."""
    texts = {}
    for language in ("zh", "en"):
        brief = build_brief(run, language, pictures={})  # type: ignore[arg-type]
        texts[language] = said(brief)
        assert check_brief(brief) == ()
        assert not re.search(ABSURD[language], texts[language])
        for position, section in enumerate(brief.sections):
            follows = brief.sections[position + 1 : position + 2]
            assert section.blocks or (follows and follows[0].level > section.level), plain(section.heading)
    return texts


def changed(run: Run, tiers: dict[str, Any] | None = None, **study: Any) -> Any:
    settings = run.settings
    update: dict[str, Any] = {"study": settings.study.model_copy(update=study)}
    if tiers is not None and settings.tiers is not None:
        update["tiers"] = settings.tiers.model_copy(update=tiers)
    return settings.model_copy(update=update)


def without_plan(run: Run, stand: Any, section: dict[str, Any], **tables: Any) -> Any:
    changes = {"plan": None, "plan_comparison": None, **tables}
    return stand(run, changed(run, {"plan": None, **section}), changes)


@pytest.mark.parametrize(
    ("method", "asked", "gone"),
    [
        ("sizes(3, 5, 6)", "名额不变", "分界重划"),
        ("quantiles(0.2, 0.4, 0.4)", "名额不变", "分界重划"),
        ("thresholds(0.342, 0.105)", "分数线不变", "分界重划"),
    ],
)
def test_a_method_that_finds_no_breaks_is_not_asked_about_them(
    flagship_run: Run, stand: Any, method: str, asked: str, gone: str
) -> None:
    texts = checked(without_plan(flagship_run, stand, {"method": method, "probability": "refitted"}))
    assert "有两种问法" in texts["zh"]
    assert f"“{asked}”口径" in texts["zh"]
    assert gone not in texts["zh"]
    assert "refitted" not in texts["en"]


def test_many_close_pairs_are_counted_and_the_nearest_named(flagship_run: Run, stand: Any) -> None:
    wins = flagship_run.table("wins").assign(probability=0.52)
    texts = checked(stand(flagship_run, flagship_run.settings, {"wins": wins}))
    assert "多数相邻位次难分先后" in texts["zh"]
    assert texts["zh"].count("的可能性仅为") == 3
    assert "次序大体可以采信" not in texts["zh"]
    assert "In 13 pairs of neighbouring regions" in texts["en"]


def test_an_order_without_close_pairs_is_called_settled(flagship_run: Run, stand: Any) -> None:
    wins = flagship_run.table("wins").assign(probability=1.0)
    texts = checked(stand(flagship_run, flagship_run.settings, {"wins": wins}))
    assert "相邻位次先后分明" in texts["zh"]
    assert "其余各对" not in texts["zh"]
    assert "at least 99% of draws" in texts["en"]


def test_a_probability_just_under_the_bar_is_not_printed_as_the_bar(flagship_run: Run, stand: Any) -> None:
    tiers = flagship_run.table("tiers")
    mine = tiers["place"].eq("shaanxi") & tiers["definition"].eq("places")
    tiers.loc[mine & tiers["tier"].eq("national"), "probability"] = 0.7996
    tiers.loc[mine & tiers["tier"].eq("regional"), "probability"] = 0.2004
    texts = checked(stand(flagship_run, flagship_run.settings, {"tiers": tiers}))
    assert "陕西列入国家级的可能性为79.96%" in texts["zh"]


def test_one_open_place_is_one(flagship_run: Run, stand: Any) -> None:
    tiers = flagship_run.table("tiers")
    mine = tiers["place"].eq("fujian") & tiers["definition"].eq("places")
    tiers.loc[mine & tiers["tier"].eq("regional"), "probability"] = 0.9
    texts = checked(stand(flagship_run, flagship_run.settings, {"tiers": tiers}))
    assert "Shaanxi is not:" in texts["en"]
    assert "the tier of Shaanxi is open" in texts["en"]
    assert "同一组观察" not in texts["zh"]


def test_a_place_that_is_surely_elsewhere_is_not_called_firm(flagship_run: Run, stand: Any) -> None:
    tiers = flagship_run.table("tiers")
    mine = tiers["place"].eq("shaanxi") & tiers["definition"].eq("places")
    for tier, chance in (("national", 0.1), ("regional", 0.9)):
        tiers.loc[mine & tiers["tier"].eq(tier), "probability"] = chance
    texts = checked(stand(flagship_run, flagship_run.settings, {"tiers": tiers}))
    assert "Shaanxi is national in 10%" in texts["en"]


def test_an_empty_tier_has_no_section_and_is_said_to_be_empty(flagship_run: Run, stand: Any) -> None:
    tiers = flagship_run.table("tiers")
    moved = tiers["assigned"] & tiers["tier"].eq("international")
    tiers.loc[moved, "assigned"] = False
    up = tiers["place"].isin(tiers.loc[moved, "place"]) & tiers["tier"].eq("national")
    tiers.loc[up, "assigned"] = True
    texts = checked(without_plan(flagship_run, stand, {"method": "thresholds(2, 0.1)"}, tiers=tiers))
    assert "国际级暂缺" in texts["zh"]
    assert "国际级：" not in texts["zh"]


def test_places_without_a_score_are_named(flagship_run: Run, stand: Any) -> None:
    scores = flagship_run.table("scores")
    scores.loc[scores["place"] == "guangxi", ["score", "rank"]] = None
    tiers = flagship_run.table("tiers")
    texts = checked(
        without_plan(flagship_run, stand, {}, scores=scores, tiers=tiers[tiers["place"] != "guangxi"])
    )
    assert "广西数据不足，没有得分" in texts["zh"]
    assert "13个互不包含的地区" in texts["zh"]


def test_places_that_may_overlap_are_not_called_apart(flagship_run: Run, stand: Any) -> None:
    texts = checked(stand(flagship_run, changed(flagship_run, overlaps="allow")))
    assert "互不包含" not in texts["zh"]
    assert "non-overlapping" not in texts["en"]


def test_a_constant_indicator_is_not_counted(flagship_run: Run, stand: Any) -> None:
    steps = flagship_run.table("steps")
    node = steps.loc[steps["step"] == "normalised", "node"].iloc[0]
    steps.loc[(steps["step"] == "normalised") & (steps["node"] == node), "after"] = None
    texts = checked(stand(flagship_run, flagship_run.settings, {"steps": steps}))
    assert "用9项指标" in texts["zh"]


def test_only_the_year_of_the_study_is_ranked(flagship_run: Run, stand: Any) -> None:
    scores = flagship_run.table("scores")
    both = pd.concat([scores, scores.assign(year=2019, score=scores["score"] / 2)])
    texts = checked(stand(flagship_run, flagship_run.settings, {"scores": both}))
    assert "对14个" in texts["zh"]
