"""What a positioning brief tells beside the grid: similar places, models, modes, cases, the triangle, frames, hubs."""

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import innohub
from innohub import Run
from innohub.brief import Brief, build_brief, check_brief
from innohub.brief.model import Figure, Paragraph, Table, plain
from innohub.catalog.models import model_source
from innohub.catalog.modes import mode_source
from innohub.chart import names
from innohub.study.units import measure

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SIZES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, " billion": 1e9, " million": 1e6}
NUMBER = re.compile(r"(−?\d[\d,]*(?:\.\d+)?)(万亿|亿|万| billion| million)?")


@pytest.fixture(scope="module")
def written(beside: Run) -> dict[str, Brief]:
    return {lang: build_brief(beside, lang, pictures={}, subject="positioning") for lang in ("zh", "en")}  # type: ignore[arg-type]


def body(made: Brief) -> str:
    sections = (*made.sections, *made.annex)
    blocks = [block for section in sections for block in section.blocks if isinstance(block, Paragraph)]
    return "\n".join([plain(made.lead), *(plain(block.lead) + plain(block.text) for block in blocks)])


def tables(made: Brief) -> dict[str, Table]:
    sections = (*made.sections, *made.annex)
    return {block.id: block for s in sections for block in s.blocks if isinstance(block, Table)}


def printed_numbers(made: Brief) -> Iterator[tuple[str, float, str, str]]:
    for claim in made.claims.values():
        yield claim.id, float(claim.value), claim.printed[made.language], claim.unit


def agrees(text: str, value: float, unit: str) -> bool:
    """Say whether a printed number, or the first of an interval, is a value up to its last printed digit."""
    if text.lower() in WORDS:
        return WORDS.index(text.lower()) == value
    digits, scale = NUMBER.search(text).groups()  # type: ignore[union-attr]
    size = SIZES.get(scale or "", 1.0)
    number = float(digits.replace(",", "").replace("−", "-")) * size
    slack = 0.5000001 * size * 10.0 ** -len(digits.partition(".")[2])
    own = (value, 100 * value, value * measure(unit.partition("/")[0])[0])
    return any(math.isclose(number, x, rel_tol=5e-4, abs_tol=slack) for x in own)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_typed_and_every_number_is_the_value_behind_it(
    written: dict[str, Brief], language: str
) -> None:
    made = written[language]
    assert check_brief(made) == ()
    known = list(printed_numbers(made))
    assert len(known) > 200
    for name, value, text, unit in known:
        if "99%" in text:
            assert value >= 0.995
        else:
            assert agrees(text, value, unit), (name, value, text)


def test_no_sentence_is_broken(written: dict[str, Brief]) -> None:
    for made in written.values():
        for _, text in made.texts():
            said = plain(text)
            assert not re.search(
                r"\bnan\b|None.|<NA>|\{|\}|。。|，，|、、|：。|\.\.|  |（）|\(\)|e\+", said
            ), said


def test_both_languages_state_the_same(written: dict[str, Brief]) -> None:
    zh, en = ({key: claim.value for key, claim in made.claims.items()} for made in written.values())
    assert {key: zh[key] for key in zh.keys() & en.keys()} == {key: en[key] for key in zh.keys() & en.keys()}
    assert len(zh.keys() ^ en.keys()) < 5


def test_similar_places_say_why(beside: Run, written: dict[str, Brief]) -> None:
    parts = beside.table("similar_parts")
    nearest = beside.table("similar").query("place == 'jia' and rank == 1")["peer"].iloc[0]
    own = parts[(parts["place"] == "jia") & (parts["peer"] == nearest)]
    most = own.loc[own["contribution"].idxmax()]
    claims = written["en"].claims
    assert claims[f"number/similar/jia/{nearest}/{most['variable']}/share"].value == most["share"]
    value = claims[f"similar/jia/{most['variable']}"]
    assert (value.value, value.file) == (most["value"], "panel.csv")
    assert value.row is not None
    rows = tables(written["en"])["similar"].rows
    assert len(rows) == int(beside.table("similar")["chosen"].sum())


def test_models_are_a_mixture_with_its_residual_and_never_a_label(
    beside: Run, written: dict[str, Brief]
) -> None:
    assert not beside.table("model_fit")["fits"].any()
    for made, said in ((written["zh"], "没有一个合适"), (written["en"], "Jia fits none")):
        assert said in body(made)
    fit = beside.table("model_fit").set_index("place").loc["jia"]
    claims = written["zh"].claims
    assert claims["number/models/jia/residual"].value == fit["residual"]
    assert claims["number/models/jia/residual share"].value == pytest.approx(fit["residual"] / fit["norm"])
    assert claims[f"number/models/jia/{fit['gap_model']}/{fit['gap_slot']}/model_value"].value == 1.0
    assert "可以借鉴的是：市场（枢纽），发挥市场枢纽作用，保持自由开放" in body(written["zh"])


def test_a_model_that_fits_is_told_as_such(write_beside: Callable[..., Path]) -> None:
    run = innohub.run(
        write_beside(
            ("jia",), lambda text: text.replace("[position.models]", "[position.models]\nlimit = 0.9")
        )
    )
    text = body(build_brief(run, "zh", pictures={}, subject="positioning"))
    assert re.search(r"把甲市与5个国外中心相比，最像伦敦，混合权重为0\.\d\d，其余为.*不能解释的部分为", text)
    assert "没有一个合适" not in text


def test_modes_cases_and_their_numbers(written: dict[str, Brief]) -> None:
    zh = body(written["zh"])
    assert "甲市属新兴产业聚合，份额为79%（按主体为75%，按合作为83%）" in zh
    assert "乙市没有一种模式达到60%，属混合型" in zh
    rows = [[plain(cell) for cell in row] for row in tables(written["zh"])["cases"].rows]
    assert ["大疆公司", "新兴产业聚合", "销售收入", "300万元", "2010"] in rows
    assert ["", "", "销售收入", "260亿元", "2021"] in rows
    assert ["", "", "销售收入年均复合增长率", "128.0%（推算）", "–"] in rows


def test_the_triangle_says_what_is_open_and_that_it_is_no_cause(
    beside: Run, written: dict[str, Brief]
) -> None:
    arrows = beside.table("triangle").set_index(["start", "end"])
    assert arrows["verdict"].tolist() == ["supported", "supported", "open"]
    weakest = arrows.index[arrows["is_weakest"]][0]
    assert weakest == ("diffusion", "agglomeration")
    for made, said in (
        (written["zh"], ("最弱的一环是扩散到集聚", "以上是相关，不是因果")),
        (written["en"], ("The weakest link is diffusion to agglomeration", "This is correlation, not cause")),
    ):
        assert all(part in body(made) for part in said)
        assert made.claims["number/triangle/gain"].value == beside.table("triangle_loop")["gain"].iloc[0]


def test_hubs_laboratories_and_paths(beside: Run, written: dict[str, Brief]) -> None:
    claims = written["zh"].claims
    assert claims["number/laboratories/jia/entropy"].printed["zh"] == "1.18"
    hub = beside.table("hub_position").set_index("place").loc["jia"]
    claim = claims["number/hub/papers/jia/concentration"]
    assert (claim.value, claim.file, claim.row) == (hub["concentration"], hub["file"], hub["row"])
    assert "乙市是按规划建设的" in body(written["zh"])
    assert "is a centre by plan" in body(written["en"])


def test_the_sources_of_the_frames_are_cited(written: dict[str, Brief]) -> None:
    assert model_source("zh").rstrip("。") in body(written["zh"])
    assert model_source("en").rstrip(".") in body(written["en"])
    assert mode_source("en").rstrip(".") in body(written["en"])


def test_every_place_has_its_figure(beside: Run) -> None:
    assert {"models:jia", "models:yi", "triangle"} <= set(names(beside))
    for language in ("zh", "en"):
        made = build_brief(beside, language, subject="positioning")  # type: ignore[arg-type]
        figures = {b.id: b for s in made.sections for b in s.blocks if isinstance(b, Figure)}
        assert set(figures) == {"triangle", "models-jia", "models-yi"}
        assert all(figure.alt and figure.png for figure in figures.values())
        assert plain(figures["models-jia"].caption) != plain(figures["models-yi"].caption)


def test_five_places_have_four_figures_and_a_note(write_beside: Callable[..., Path]) -> None:
    run = innohub.run(write_beside(("jia", "yi", "bing", "ding", "wu")))
    drawn = [name for name in names(run) if name.startswith("models")]
    assert len(drawn) == 4
    note = innohub.chart.draw(drawn[0], run, "en").note  # type: ignore[attr-defined]
    assert "the first 4 have a figure each" in note


def test_too_few_years_and_actors_without_ties(write_beside: Callable[..., Path]) -> None:
    def change(text: str) -> str:
        cut = text.replace("[position.triangle]", "[position.triangle]\nmin_years = 12")
        return cut.replace("[position.modes]", "[position.modes]\nlimit = 0.9\ndraws = 0")

    made = build_brief(innohub.run(write_beside(("jia",), change)), "zh", pictures={}, subject="positioning")
    text = body(made)
    assert "年份太少，不能估计三者之间的联系" in text
    assert "不是因果" not in text.partition("方法说明")[0]
    assert "triangle" not in tables(made)
    assert "没有一种模式达到90%" in text
    assert check_brief(made) == ()


def test_without_an_index_the_brief_stands_alone(
    beside: Run, write_beside: Callable[..., Path], tmp_path: Path
) -> None:
    made: Any = build_brief(beside, "en", pictures={}, subject="positioning")
    assert plain(made.title[0]) == "Jia and Yi: conditions and models compared"
    assert plain(made.lead).endswith("The ranking of the places is told in a brief of its own.")
    assert build_brief(beside, "en", pictures={}).title != made.title
