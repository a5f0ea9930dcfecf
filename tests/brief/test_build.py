import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from innohub import Run
from innohub.brief import Brief, build_brief, check_brief
from innohub.brief.model import Paragraph, Table, plain
from innohub.errors import ModelError


def body(brief: Brief) -> str:
    """Return what a reader reads as text: no tables, no annex."""
    parts = [*map(plain, brief.title), plain(brief.lead), *map(plain, brief.key_messages)]
    for section in brief.sections:
        parts.append(plain(section.heading))
        parts += [plain(b.lead) + plain(b.text) for b in section.blocks if isinstance(b, Paragraph)]
    return "\n".join(parts)


@pytest.fixture(scope="module")
def without_tiers(flagship_run: Run, stand: Any) -> Any:
    settings = flagship_run.settings.model_copy(update={"tiers": None})
    tables = ("tiers", "tier_sizes", "tier_limits", "plan", "plan_comparison")
    return stand(flagship_run, settings, dict.fromkeys(tables))


def test_the_title_carries_the_judgement(plain_briefs: dict[str, Brief]) -> None:
    assert [plain(line) for line in plain_briefs["zh"].title] == [
        "三级格局与已公布布局方案一致",
        "国家级末席在陕西、福建之间未定",
    ]
    assert plain_briefs["en"].heading() == (
        "The published three-tier plan holds, but the last national place is open between Shaanxi and Fujian"
    )


def test_the_three_answers_are_named_and_shown(plain_briefs: dict[str, Brief]) -> None:
    text = body(plain_briefs["zh"])
    for words in (
        "名额不变",
        "分数线不变",
        "分界重划",
        "介于国家级与区域级之间",
        "3、7、4",
        "不是独立验证",
        "规模",
    ):
        assert words in text.replace("但非独立验证", "不是独立验证")
    chances = {key: claim.value for key, claim in plain_briefs["zh"].claims.items()}
    assert chances["tier/places/national/shaanxi"] == pytest.approx(0.77, abs=0.01)
    assert chances["passes/national/shaanxi"] == pytest.approx(0.53, abs=0.015)
    assert chances["passes/national/fujian"] == pytest.approx(0.31, abs=0.015)
    assert chances["passes/national/henan"] == pytest.approx(0.10, abs=0.015)
    assert chances["tier/refitted/international/gba"] == pytest.approx(0.32, abs=0.015)


def test_the_table_shows_all_three_probabilities(plain_briefs: dict[str, Brief]) -> None:
    tables = {b.id: b for s in plain_briefs["zh"].sections for b in s.blocks if isinstance(b, Table)}
    assert [plain(text) for text in tables["certainty"].head][2:5] == ["名额不变", "分数线不变", "分界重划"]
    assert len(tables["certainty"].rows) == 14
    assert len(tables["scores"].rows) == 14


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_is_a_claim_and_every_superlative_has_a_scope(
    plain_briefs: dict[str, Brief], language: str
) -> None:
    assert check_brief(plain_briefs[language]) == ()


def test_claims_are_the_same_in_both_languages_and_know_their_sources(plain_briefs: dict[str, Brief]) -> None:
    zh, en = plain_briefs["zh"].claims, plain_briefs["en"].claims
    for key in zh.keys() & en.keys():
        assert zh[key] == en[key] or (np.isnan(zh[key].value) and np.isnan(en[key].value))
    assert zh["score/gba"].sources == ("zhang2022-t1",)
    assert zh["rank/gba"].printed == {"zh": "第3位（2—3位）", "en": "3rd (2nd–3rd)"}


def test_length(plain_briefs: dict[str, Brief]) -> None:
    characters = len(re.findall(r"[\u4e00-\u9fff]|[\d.%–]+|[A-Za-z&]+", body(plain_briefs["zh"])))
    assert 1_500 <= characters <= 3_000
    assert len(body(plain_briefs["en"]).split()) <= 1_500


def test_headings_of_one_level_are_numbered_in_order(plain_briefs: dict[str, Brief]) -> None:
    sections = plain_briefs["zh"].sections
    assert [s.number for s in sections if s.level == 1] == [f"{n}、" for n in "一二三四五六七"]
    assert [s.number for s in sections if s.level == 2][:2] == ["（一）", "（二）"]


def test_no_sentence_is_broken(plain_briefs: dict[str, Brief]) -> None:
    for brief in plain_briefs.values():
        for _, text in brief.texts():
            printed = plain(text)
            assert not re.search(r"\bnan\b|None.|\{|\}|。。|，，|、、|：。|\.\.|  |（）|\(\)", printed), (
                printed
            )


def test_a_study_without_tiers_has_a_brief(without_tiers: Any) -> None:
    for language in ("zh", "en"):
        brief = build_brief(without_tiers, language, pictures={})
        assert check_brief(brief) == ()
        assert len(brief.sections) > 3
        assert not any(b.id == "certainty" for s in brief.sections for b in s.blocks if isinstance(b, Table))


def test_a_study_without_uncertainty_says_so(flagship_run: Run, without_tiers: Any) -> None:
    bare = without_tiers
    scores = flagship_run.table("scores").assign(
        score_low=np.nan, score_high=np.nan, rank_low=np.nan, rank_high=np.nan
    )
    stand = replace(bare, changed={**bare.changed, "scores": scores, "wins": None, "acceptability": None})
    brief = build_brief(stand, "zh", pictures={})
    assert "没有区间" in body(brief)
    assert "第1位（" not in body(brief)
    assert check_brief(brief) == ()


def test_a_plan_that_differs_is_said_in_the_title(flagship_run: Run, stand: Any) -> None:
    comparison = flagship_run.table("plan_comparison")
    comparison.loc[comparison["place"] == "fujian", ["planned", "agrees"]] = ["national", False]
    brief = build_brief(
        stand(flagship_run, flagship_run.settings, {"plan_comparison": comparison}), "zh", pictures={}
    )
    assert plain(brief.title[0]) == "1个地区的层级与已公布布局方案不同"
    assert "福建方案列为国家级，测算为区域级" in body(brief)
    assert check_brief(brief) == ()


def test_many_open_places_are_counted_not_listed(flagship_run: Run, stand: Any) -> None:
    tiers = flagship_run.settings.tiers.model_copy(update={"probability": "refitted"})
    settings = flagship_run.settings.model_copy(update={"tiers": tiers})
    brief = build_brief(stand(flagship_run, settings), "zh", pictures={})
    assert re.fullmatch(r"\d+个地区层级归属未定", plain(brief.title[1]))
    assert "“分界重划”口径" in body(brief)
    assert check_brief(brief) == ()


def test_flagged_values_carry_their_flag_wherever_they_are_shown(plain_briefs: dict[str, Brief]) -> None:
    assert "（13.51%，替代值，第3位）" in body(plain_briefs["zh"])
    annex = [
        b for s in plain_briefs["zh"].annex for b in s.blocks if isinstance(b, Table) and b.id == "flags"
    ]
    assert len(annex[0].rows) == 18


def test_the_annex_names_methods_with_variant_and_citation(plain_briefs: dict[str, Brief]) -> None:
    said = " ".join(plain(p.text) for p in plain_briefs["en"].method)
    for words in ("minmax(0, 1)", "dirichlet(1)", "Fisher", "20,000 draws", "seed 7"):
        assert words in said


def test_a_run_without_scores_is_refused(flagship_run: Run, stand: Any) -> None:
    with pytest.raises(ModelError) as problem:
        build_brief(stand(flagship_run, flagship_run.settings, {"scores": None}), pictures={})
    assert problem.value.findings[0].code == "B007"
