"""Claims of texts and their verdicts: the founding cases, and what is never called wrong."""

import numpy as np
import pytest

from innohub.position.claims.quantity import Quantity
from innohub.position.claims.table import because, claim_row, facts_table
from innohub.position.claims.verdict import AMBIGUOUS, FAILS, HOLDS, SCOPE, UNTESTED, agrees
from innohub.study import read_study


def told(checked, kind=None):
    return [(c.verdict.word, c.verdict.reason) for c in checked.claims if kind in (None, c.kind)]


def one(checked, value):
    return next(c for c in checked.claims if c.fact and abs(c.fact.quantity.value - value) < 1e-6)


# The founding texts


def test_54_of_145_is_not_one_third(check):
    claim = one(check("2022年世界500强中，北京企业有54家，占全国145家的1/3。"), 100 / 3)
    assert (claim.verdict.word, claim.verdict.reason) == (FAILS, "share")
    assert claim.verdict.computed == pytest.approx(37.2414, abs=1e-4)
    assert [step.quote for step in claim.verdict.steps] == ["54家", "145家"]
    english = one(check("Beijing was home to 54 of the 145 firms on the list, or one third."), 100 / 3)
    assert english.verdict.word == FAILS


def test_a_rate_is_not_held_against_a_national_share(check):
    claim = one(check("2020年长三角规模以上工业企业建立研究机构比例达到40%。"), 40)
    assert (claim.verdict.word, claim.verdict.reason) == (AMBIGUOUS, "denominator")
    assert claim.verdict.computed == 46.71
    assert claim.verdict.steps[0].file == "panel.csv"
    assert claim.verdict.steps[0].row == 5


def test_multiples_hold_with_their_chain(check):
    checked = check("PCT专利申请量粤港澳大湾区最高，约占全国的42.29%，约为北京的3.4倍和上海的8.2倍。")
    for value, computed, row in ((3.4, 3.3995, 3), (8.2, 8.1957, 4)):
        claim = one(checked, value)
        assert (claim.verdict.word, claim.verdict.reason) == (HOLDS, "quotient")
        assert claim.verdict.computed == pytest.approx(computed, abs=1e-4)
        assert [step.row for step in claim.verdict.steps] == [2, row]
    assert one(checked, 42.29).verdict.word == HOLDS


def test_two_texts_disagree_on_laboratories(check):
    checked = check(
        "粤港澳大湾区有43个国家重点实验室。", "建成10个省级实验室，粤港澳大湾区有30个国家重点实验室。"
    )
    words = [(c.verdict.word, c.verdict.reason, c.file) for c in checked.claims]
    assert (HOLDS, "value", "text1.txt") in words
    assert (AMBIGUOUS, "texts_disagree", "text2.txt") in words
    assert FAILS not in {word for word, _, _ in words}, "the year is not told"


def test_eight_headings_against_seven(check):
    names = (
        "国际创新人才集聚地 国际重要的知识源 亚太信息枢纽 亚太创业高地 "
        "亚太营销策划中心 亚太模式创新中心 亚太技术研发中心 亚太技术扩散中心"
    )
    headings = "\n".join(
        f"（{n}）{name}\n广州具备条件。" for n, name in zip("一二三四五六七八", names.split(), strict=True)
    )
    listed = (
        "国际科技创新人才集聚地、国际重要的知识源、亚太信息枢纽、"
        "亚太营销策划中心、亚太模式创新中心、亚太技术研发中心、亚太扩散中心"
    )
    ending = f"综合来看，广州可以发挥自身优势，打造成为{listed}，建成国际科技创新枢纽。"
    [claim] = [c for c in check(f"{headings}\n{ending}").claims if c.kind == "list"]
    assert claim.verdict.word == FAILS
    assert claim.verdict.params["missing"] == ("亚太创业高地",)
    assert (claim.verdict.params["headings"], claim.verdict.params["listed"]) == (8, 7)
    whole = ending.replace("亚太信息枢纽、", "亚太信息枢纽、亚太创业高地、")
    assert told(check(f"{headings}\n{whole}"), "list") == [(HOLDS, "list")]
    opened = ending.replace("亚太扩散中心，", "亚太扩散中心等，")
    assert told(check(f"{headings}\n{opened}"), "list") == [(AMBIGUOUS, "list")]


def test_a_share_of_an_unnamed_total_says_of_what_it_holds(check):
    text = "2015年技术溢出合同成交额为182.57亿元，境外合同成交额达到130.07亿元，占总成交额的71%。"
    verdict = one(check(text), 71).verdict
    assert (verdict.word, verdict.reason) == (AMBIGUOUS, "denominator_only")
    assert verdict.computed == pytest.approx(71.244, abs=1e-3)
    awards = one(check("广州获26个奖项，其中牵头项目为11项，占全省获奖项目近八成。"), 80).verdict
    assert (awards.word, awards.reason) == (AMBIGUOUS, "denominator_parts")


def test_a_number_of_another_year_is_named(check):
    verdict = one(check("2020年北京研发经费投入强度为6.53%。"), 6.53).verdict
    assert (verdict.word, verdict.reason, verdict.params["year"]) == (FAILS, "other_year", 2021)


# Nothing untold is ever called wrong


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("2020年北京研发经费投入强度为9.9%。", FAILS, "value"),
        ("北京研发经费投入强度为9.9%。", AMBIGUOUS, "year_untold"),
        ("2020年北京经济较好。研发经费投入强度为9.9%。", AMBIGUOUS, "place"),
        ("2020年北京规模以上工业企业研发经费投入强度为9.9%。", AMBIGUOUS, "indicator"),
        ("2021年上海研发经费投入强度为9.9%。", AMBIGUOUS, "doubted"),
        ("2019年北京研发经费投入强度为9.9%。", UNTESTED, "year_missing"),
        ("2020年苏州研发经费投入强度为9.9%。", UNTESTED, "no_place"),
        ("2020年北京城镇化率为9.9%。", UNTESTED, "no_indicator"),
        ("2020年粤港澳研发经费投入强度为9.9%。", UNTESTED, "no_value"),
        ("2020年北京研发经费投入强度力争达到9.9%。", UNTESTED, "plan"),
        ("2020年北京开发区研发经费投入强度为9.9%。", UNTESTED, "no_place"),
        ("2020年北京新增SCI论文100篇。", AMBIGUOUS, "indicator"),
        ("2021年北京研发经费投入强度为6.5%。", HOLDS, "value"),
        ("2021年北京研发经费投入强度为6.52%。", AMBIGUOUS, "rounding"),
        ("2021年北京SCI论文占全国的18%。", UNTESTED, "no_other"),
        ("2020年北京SCI论文占全国的17.8%。", HOLDS, "quotient"),
        ("2020年北京SCI论文占全国的27.8%。", FAILS, "quotient"),
        ("2021年北京SCI论文比2020年增长7.5%。", HOLDS, "change"),
        ("2021年北京SCI论文比2020年增长17.5%。", FAILS, "change"),
        ("2021年北京SCI论文增长17.5%。", AMBIGUOUS, "base_untold"),
    ],
)
def test_what_is_untold_decides(check, text, word, reason):
    checked = check(text)
    assert (checked.claims[-1].verdict.word, checked.claims[-1].verdict.reason) == (word, reason)


def test_ranks_need_a_scope_and_are_only_refuted(check):
    assert told(check("2020年北京研发经费投入强度居第1位。"), "rank") == [(SCOPE, "scope_rank")]
    assert told(check("2020年北京研发经费投入强度居全国第1位。"), "rank") == [(UNTESTED, "not_refuted")]
    assert told(check("2020年上海研发经费投入强度居全国第1位。"), "rank") == [(FAILS, "rank_above")]
    assert told(check("2020年上海研发经费投入强度最高。"), "superlative") == [(SCOPE, "scope_rank")]
    assert told(check("这是首个同类平台。"), "superlative") == [(SCOPE, "scope")]
    assert told(check("这是亚洲唯一的同类平台。"), "superlative") == [(UNTESTED, "register")]


def test_sums_and_comparisons(check):
    assert (HOLDS, "sum") in told(check("高校170所，其中本科院校77所、专科院校93所。"))
    assert "sum" not in {reason for _, reason in told(check("高校170所，其中本科院校77所、专科院校90所。"))}
    assert (FAILS, "sum") in told(check("甲县有企业20家，乙县有企业30家，合计60家。"))
    pairs = told(check("北京18.6万元，高于上海（17.3万元），低于深圳（17.8万元）。"), "comparison")
    assert pairs == [(HOLDS, "comparison"), (FAILS, "comparison")]


# The words of a number


def quantity(value, qualifier="", step=1.0, *, fraction=False):
    return Quantity(0, 1, 0, value, "%", qualifier, "share", step, fraction=fraction)


@pytest.mark.parametrize(
    ("stated", "computed", "fit"),
    [
        (quantity(100, "~"), 105, "holds"),
        (quantity(100, "~"), 105.1, "fails"),
        (quantity(100, "~<"), 90, "holds"),
        (quantity(100, "~<"), 89, "fails"),
        (quantity(100, "~<"), 100, "close"),
        (quantity(100, ">"), 100.1, "holds"),
        (quantity(100, ">"), 100, "close"),
        (quantity(100, ">"), 95, "fails"),
        (quantity(100, "<"), 99.9, "holds"),
        (quantity(100, "<"), 103, "fails"),
        (quantity(100 / 3, step=4.0, fraction=True), 35.3, "holds"),
        (quantity(100 / 3, step=4.0, fraction=True), 35.4, "fails"),
        (quantity(42.3, step=0.1), 42.25, "holds"),
        (quantity(42.3, step=0.1), 42.39, "close"),
        (quantity(42.3, step=0.1), 42.41, "fails"),
    ],
)
def test_bounds_of_words(stated, computed, fit):
    assert agrees(stated, computed) == fit


# Texts written from a study's own values


def _sentences(study, rng, *, wrong):
    values = study.values[study.values["unit"].isin(["万元", "count", "% of GDP", "人年"])]
    names = study.places.set_index("place")
    labels = study.indicators.set_index("indicator")
    for row in values.sample(120, random_state=int(rng.integers(1e6))).to_dict("records"):
        value = row["value"] * (rng.choice([0.7, 1.4]) if wrong else 1.0)
        percent = row["unit"] == "% of GDP"
        big = row["unit"] == "万元"
        number = value / 1e4 if big else value
        unit = {"万元": "亿元", "count": "个", "人年": "人年", "% of GDP": "%"}[row["unit"]]
        # A small number rounded to none would be another, true number.
        digits = f"{number:.2f}" if percent or big or number < 1000 else f"{number:.0f}"
        place, label = names.loc[row["place"]], labels.loc[row["indicator"]]
        yield f"{row['year']}年{place['name_zh']}{label['name_zh']}为{digits}{unit}。"
        if percent:
            yield f"In {row['year']}, {label['name_en']} in {place['name_en']} was {digits}%."


@pytest.mark.parametrize("wrong", [False, True])
def test_no_true_sentence_fails_and_no_false_one_holds(check, root, wrong):
    study = read_study(root / "examples" / "china-provinces")
    text = "\n".join(_sentences(study, np.random.default_rng(7), wrong=wrong))
    checked = check(text, study=study)
    words = [claim.verdict.word for claim in checked.claims]
    assert len(words) >= 120
    if wrong:
        assert HOLDS not in words
        assert words.count(FAILS) >= 0.75 * len(words)
    else:
        assert FAILS not in words
        assert words.count(HOLDS) >= 0.95 * len(words)


# Tables


def test_facts_are_laid_out_as_a_panel(check):
    table = facts_table(
        check("2011—2015年北京SCI论文超过7.1万篇，苏州为3万篇。\n上海研发经费投入强度为4.17%。")
    )
    first, second, third = table.to_dict("records")
    assert (first["place"], first["indicator"], first["year"]) == ("beijing", "papers", "2011-2015")
    assert (first["value"], first["unit"], first["qualifier"], first["linked"]) == (7.1, "万篇", ">", "yes")
    assert (second["place"], second["linked"]) == ("苏州", "no")
    assert (third["place"], third["year"], third["line"]) == ("shanghai", "undated", 2)
    assert first["quote"].startswith("2011—2015年北京")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_has_its_words(check, language):
    text = "\n".join(
        [
            "2020年北京研发经费投入强度为9.9%，居全国第1位。",
            "2021年北京SCI论文比2020年增长7.5%。",
            "2020年长三角规模以上工业企业建立研究机构比例达到40%。",
            "高校170所，其中本科院校77所、专科院校93所。",
            "这是亚洲唯一的同类平台，苏州有3个。",
        ]
    )
    checked = check(text)
    for claim in checked.claims:
        assert "{" not in because(claim, language)
    rows = [claim_row(n, claim, language) for n, claim in enumerate(checked.claims, 1)]
    assert [row["claim"] for row in rows] == list(range(1, len(rows) + 1))
