"""The positioning brief: every number is the value behind it, and the sentences say what the tables hold."""

import csv
import html
import json
import math
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pypdf
import pytest

import innohub
from innohub import Run
from innohub.brief import Brief, brief, build_brief, check_brief, targets
from innohub.brief.html import html as as_html
from innohub.brief.model import Figure, Paragraph, Table, plain
from innohub.errors import ModelError
from innohub.study.units import measure

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SIZES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, " billion": 1e9, " million": 1e6}
_NUMBER = re.compile(r"(−?\d[\d,]*(?:\.\d+)?)(万亿|亿|万| billion| million)?")


@pytest.fixture(scope="session")
def guangzhou(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    target = tmp_path_factory.mktemp("positioning") / "guangzhou-positioning"
    source = root / "examples" / "guangzhou-positioning"
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("results"))
    return innohub.run(target)


@pytest.fixture(scope="session")
def written(guangzhou: Run) -> dict[str, Brief]:
    return {language: build_brief(guangzhou, language, pictures={}) for language in ("zh", "en")}


@dataclass(frozen=True)
class Other:
    """A run with tables changed."""

    base: Any
    changed: dict[str, pd.DataFrame] = field(default_factory=dict)
    settings: Any = None

    @property
    def manifest(self) -> Any:
        return self.base.manifest

    def table(self, name: str) -> pd.DataFrame:
        return self.changed[name] if name in self.changed else self.base.table(name)


@pytest.fixture
def readers(read_pdf: Any, read_docx: Any) -> dict[str, Any]:
    return {"pdf": read_pdf, "docx": read_docx}


@pytest.fixture
def other(guangzhou: Run) -> Callable[..., Other]:
    return lambda settings=None, **changed: Other(guangzhou, changed, settings or guangzhou.settings)


def body(made: Brief) -> str:
    parts = [*map(plain, made.title), plain(made.lead), *map(plain, made.key_messages)]
    for section in made.sections:
        parts.append(plain(section.heading))
        parts += [plain(b.lead) + plain(b.text) for b in section.blocks if isinstance(b, Paragraph)]
    return "\n".join(parts)


def tables(made: Brief) -> dict[str, Table]:
    sections = (*made.sections, *made.annex)
    return {b.id: b for s in sections for b in s.blocks if isinstance(b, Table)}


def read_number(text: str) -> tuple[float, float]:
    """Return the number that a text prints, and half of its last printed digit."""
    lowered = text.lower()
    if lowered in WORDS:
        return float(WORDS.index(lowered)), 1e-9
    digits, scale = _NUMBER.search(text).groups()
    size = SIZES.get(scale or "", 1.0)
    decimals = len(digits.partition(".")[2])
    number = float(digits.replace(",", "").replace("−", "-"))
    return number * size, 0.5000001 * size * 10**-decimals


def agrees(printed: str, value: float, unit: str, digits: float = 1e-9) -> bool:
    """Say whether a printed number is a value: in its unit, in the unit's base, or as a percentage."""
    number, slack = read_number(printed)
    own = [value * measure(unit.partition("/")[0])[0], value]
    return any(math.isclose(number, x, rel_tol=digits, abs_tol=slack) for x in (*own, 100 * value))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["gongwen", "policy"])
def test_nothing_is_typed_and_no_superlative_is_bare(guangzhou: Run, language: Any, kind: Any) -> None:
    if (kind, language) == ("gongwen", "en"):
        pytest.skip("a Chinese form")
    assert check_brief(build_brief(guangzhou, language, kind, pictures={})) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_that_the_page_prints_is_the_value_behind_it(
    written: dict[str, Brief], language: str
) -> None:
    page = as_html(written[language])
    claims = json.loads(re.search(r'<script type="application/json" id="claims">(.*?)</script>', page)[1])
    printed = re.findall(r'<data data-claim="([^"]*)" value="([^"]*)">(.*?)</data>', page)
    assert len(printed) > 150
    for name, value, text in ((html.unescape(part) for part in found) for found in printed):
        claim = claims[name]
        assert float(value) == claim["value"], name
        if name.startswith("years/") or name.endswith("/ready"):
            continue
        if name.endswith(("/certainty", "/certainty cell")):
            assert claim["value"] >= 0.995 if "99%" in text else agrees(text, claim["value"], "%")
            continue
        # limits between thirds are computed, and printed with four digits
        digits = 5e-4 if name.startswith("condition/") else 1e-9
        assert agrees(text, claim["value"], claim["unit"], digits), (name, text, claim)


def test_evidence_leads_to_the_row_of_the_study(guangzhou: Run, written: dict[str, Brief]) -> None:
    folder = guangzhou.folder.parents[1]
    with (folder / "panel.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    found = [c for c in written["zh"].claims.values() if c.id.startswith(("evidence/", "relation/"))]
    assert len(found) > 60
    for claim in found:
        assert claim.file == "panel.csv"
        line = lines[claim.row - 2]
        assert float(line["value"]) == claim.value
        assert line["source"] == claim.sources[0]
        assert line["place"] == claim.place


def test_both_languages_state_the_same_evidence(written: dict[str, Brief]) -> None:
    zh, en = (
        {key: claim.value for key, claim in made.claims.items() if key.startswith("evidence/")}
        for made in written.values()
    )
    assert zh == en


def test_the_form_of_the_founding_text(written: dict[str, Brief]) -> None:
    heads = [plain(section.heading) for section in written["zh"].sections if section.level == 1]
    assert heads == [
        "国际科技创新枢纽的内涵", "外部环境", "基础条件", "主要功能", "功能定位", "尚不清楚的问题",
    ]  # fmt: skip
    assert sum(section.level == 2 for section in written["zh"].sections) == 8
    assert [plain(line) for line in written["zh"].title] == [
        "广州3项功能达到国际层面", "另有5项缺少可比对象、未能检验",
    ]  # fmt: skip


def test_length(guangzhou: Run, written: dict[str, Brief], tmp_path: Path) -> None:
    characters = len(re.findall(r"[㐀-鿿]|[\d.%–]+|[A-Za-z&]+", body(written["zh"])))
    assert 3_000 <= characters <= 5_000
    path = brief(guangzhou, tmp_path / "b.pdf", "en")
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    first = next(n for n, text in enumerate(pages) if "Annex: Indicators and sources" in text)
    assert 2 <= first <= 4


def test_what_the_text_says_of_papers(written: dict[str, Brief]) -> None:
    assert (
        "2011—2015年广州SCI收录论文7.33万篇，占全国的6.3%，高于新加坡（6.35万篇）、香港（6.08万篇）和特拉维夫（2.15万篇），"
        "接近悉尼（7.69万篇），但低于东京（15.45万篇）和伦敦（21.02万篇），其中新加坡为城市国家。"
    ) in body(written["zh"])
    assert "6次对比中超过3次（50%），恰在门槛上" in body(written["zh"])
    assert "3 of 6 comparisons are passed (50%), exactly at the bar" in body(written["en"])


def test_eight_argued_and_seven_concluded(written: dict[str, Brief]) -> None:
    assert "论证部分提出8项定位，结论列出7项。论证过而结论没有列出的是亚太创业高地。" in body(written["zh"])
    assert "argues eight positions and concludes with seven" in body(written["en"])


def test_the_environment_and_the_conditions(written: dict[str, Brief]) -> None:
    text = body(written["zh"])
    assert "领跑195项（17.0%）、并跑355项（30.9%）、跟跑599项（52.1%）" in text
    assert "相当于第15位，低于西班牙（11990亿美元），高于墨西哥（11443亿美元）" in text
    assert "劳动生产率：高。" in text
    assert "21500美元/人已超过18000美元/人" in text


def test_values_without_a_year_are_marked_once(written: dict[str, Brief]) -> None:
    for language, mark in (
        ("zh", "（以上各项年份均未注明）"),
        ("en", "(none of these values carries a year)"),
    ):
        assert body(written[language]).count(mark) == 3


def test_no_sentence_is_broken(written: dict[str, Brief]) -> None:
    for made in written.values():
        for _, text in made.texts():
            said = plain(text)
            assert not re.search(r"\bnan\b|None.|<NA>|\{|\}|。。|，，|、、|：。|\.\.|  |（）|\(\)", said), (
                said
            )


def test_the_annex_lists_every_comparison_once(guangzhou: Run, written: dict[str, Brief]) -> None:
    pairs = guangzhou.table("relations").drop_duplicates(["function", "indicator", "peer"])
    assert len(tables(written["zh"])["position_relations"].rows) == len(pairs) == 20


def test_figures_stand_in_both_forms(guangzhou: Run) -> None:
    for language in ("zh", "en"):
        made = build_brief(guangzhou, language)
        ids = [b.id for s in made.sections for b in s.blocks if isinstance(b, Figure)]
        assert ids == ["position", "peers"]
        assert check_brief(made) == ()


def test_cells_that_miss_tie_and_become_ready(guangzhou: Run, other: Callable[..., Other]) -> None:
    frame = guangzhou.table("positions").copy()
    at = frame.index[(frame["function"] == "talent") & (frame["scope"] == "international")][0]
    cells = {
        "passed": 2, "tied": 1, "not_passed": 2, "q": 0.4996, "verdict": "not reached", "certainty": 0.31,
        "ready": "by", "ready_year": 2018, "ready_low": 2017, "ready_high": 2020, "widest": False,
    }  # fmt: skip
    for column, value in cells.items():
        frame.loc[at, column] = value
    made = other(positions=frame)
    zh, en = (build_brief(made, language, pictures={}) for language in ("zh", "en"))
    assert "5次对比中超过2次、持平1次（49.96%），未达到门槛（计入数值误差，达到的可能性31%）" in body(zh)
    assert "按现有趋势，2018年（2017—2020年）可达到国际层面（对象A）。" in body(zh)
    assert "is reached in 2018 (2017–2020)" in body(en)
    assert check_brief(zh) == check_brief(en) == ()
    assert plain(tables(zh)["position_grid"].rows[0][-1]) == "31%"


def test_a_claim_wider_than_the_evidence_stands_in_the_title(
    guangzhou: Run, other: Callable[..., Other]
) -> None:
    frame = guangzhou.table("position_claims").copy()
    frame.loc[0, ["verdict", "computed_scope"]] = ["wider than the evidence", "national"]
    made = other(position_claims=frame)
    zh, en = (build_brief(made, language, pictures={}) for language in ("zh", "en"))
    assert plain(zh.title[1]) == "1项定位主张大于证据"
    assert "大于证据的有1项：国际创新人才集聚地（主张国际层面，证据只及国家层面）。" in body(zh)
    assert plain(en.title[1]) == "but one position claimed is wider than the evidence"
    assert check_brief(zh) == check_brief(en) == ()


def test_without_claims_conditions_and_the_rest(guangzhou: Run, other: Callable[..., Other]) -> None:
    names = (
        "position_claims", "claim_agreement", "classes", "conditions", "condition_indicators", "condition_peers",
        "targets", "technologies", "equivalents", "stages", "stage_sensitivity", "findings", "comparison", "cases",
        "checklists", "checklist_counts",
    )  # fmt: skip
    quiet = guangzhou.settings.model_copy(
        update={"brief": guangzhou.settings.brief.model_copy(update={"cautions": ()})}
    )
    made = other(quiet, **{name: pd.DataFrame() for name in names})
    for language in ("zh", "en"):
        bare = build_brief(made, language, pictures={})
        assert check_brief(bare) == ()
        assert len([s for s in bare.sections if s.level == 1]) == 4
    assert "按证据所及，可以表述为：广州在国际层面具备人才集聚、信息集聚、知识创造功能。" in body(
        build_brief(made, "zh", pictures={})
    )


@pytest.fixture
def both(flagship_run: Run, guangzhou: Run) -> Other:
    """A run that ranks places and positions one of them."""
    names = ("positions", "relations", "evidence", "functions", "scopes", "peers", "position_claims")
    added = {name: guangzhou.table(name) for name in names}
    shared = {
        name: pd.concat([flagship_run.table(name), guangzhou.table(name)])
        for name in ("places", "panel", "indicators")
    }
    shared["places"] = shared["places"].drop_duplicates("place")
    shared["places"]["ranked"] = shared["places"]["ranked"].fillna(False).astype(bool)
    settings = flagship_run.settings.model_copy(update={"position": guangzhou.settings.position})
    return Other(flagship_run, {**added, **shared}, settings)


def test_an_index_and_positions_make_two_briefs(both: Other) -> None:
    ranked, placed = (
        build_brief(both, "zh", pictures={}, subject=about) for about in ("ranking", "positioning")
    )
    assert check_brief(ranked) == check_brief(placed) == ()
    assert ranked == build_brief(both, "zh", pictures={})
    assert {"scores"} == {"scores", "position_grid"} & set(tables(ranked))
    assert {"position_grid"} == {"scores", "effects", "position_grid"} & set(tables(placed))
    assert plain(ranked.lead).endswith("各地在什么层面上具备什么功能，另见定位简报。")
    assert plain(placed.lead).endswith("各地的排序另见排序简报。")
    heads = [plain(s.heading) for s in placed.sections if s.level == 1]
    assert "总体判断" not in heads
    assert "主要功能" in heads


def test_files_carry_their_subject_where_there_are_several(
    both: Other, guangzhou: Run, tmp_path: Path
) -> None:
    path = tmp_path / "b.docx"
    assert targets(guangzhou, path) == {"positioning": path}
    assert {about: at.name for about, at in targets(both, path).items()} == {
        "ranking": "b-ranking.docx", "positioning": "b-positioning.docx",
    }  # fmt: skip
    assert [at.name for at in targets(both, tmp_path / "brief", "positioning").values()] == [
        "brief-positioning"
    ]


def test_a_subject_that_the_run_lacks(guangzhou: Run, tmp_path: Path) -> None:
    for about in ("ranking", "weather"):
        with pytest.raises(ModelError) as caught:
            brief(guangzhou, tmp_path / "b.md", subject=about)
        (finding,) = caught.value.findings
        assert finding.code == "B020"
        assert finding.params["known"] == ("positioning",)


def test_neither_scores_nor_positions_is_refused(guangzhou: Run, other: Callable[..., Other]) -> None:
    with pytest.raises(ModelError) as caught:
        build_brief(
            other(guangzhou.settings.model_copy(update={"position": None}), positions=pd.DataFrame()), "zh"
        )
    assert [finding.code for finding in caught.value.findings] == ["B007"]


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html", "md"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_writer_prints_the_evidence(
    guangzhou: Run, tmp_path: Path, readers: Any, suffix: str, language: Any
) -> None:
    path = brief(guangzhou, tmp_path / f"b.{suffix}", language)
    text = readers[suffix](path) if suffix in readers else path.read_text(encoding="utf-8")
    flat = re.sub(r"<[^>]*>|\s", "", text)
    for part in ("7.33万篇", "21.02万篇") if language == "zh" else ("73,300", "210,200"):
        assert part in flat


def test_two_places_are_both_told(guangzhou: Run, other: Callable[..., Other]) -> None:
    changed = {}
    for name in ("positions", "relations", "evidence", "position_claims"):
        frame = guangzhou.table(name)
        twin = frame.assign(place="shenzhen")
        changed[name] = pd.concat([frame, twin], ignore_index=True)
    made = other(**changed)
    zh, en = (build_brief(made, language, pictures={}) for language in ("zh", "en"))
    assert plain(zh.title[0]) == "2个城市的功能定位"
    assert "深圳人才集聚：达到国际层面" in body(zh)
    assert "Shenzhen, talent agglomeration: held at international scope" in body(en)
    assert check_brief(zh) == check_brief(en) == ()
    assert replace(zh, run_id="") == replace(build_brief(made, "zh", pictures={}), run_id="")
