"""The diagnosis brief: every number is the value behind it, and the sentences say what the tables hold."""

import csv
import html
import json
import math
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import innohub
from innohub import Run
from innohub.brief import Brief, build_brief, check_brief
from innohub.brief.html import html as as_html
from innohub.brief.model import Paragraph, Table, plain
from innohub.study.schema import Settings
from innohub.study.units import measure

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SIZES = {"万亿": 1e12, "亿": 1e8, "万": 1e4, " billion": 1e9, " million": 1e6}
_NUMBER = re.compile(r"(−?\d[\d,]*(?:\.\d+)?)(万亿|亿|万| billion| million)?")
Make = Callable[..., Any]


@pytest.fixture(scope="session")
def registers(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    target = tmp_path_factory.mktemp("registers") / "guangzhou-2025"
    shutil.copytree(root / "examples" / "guangzhou-2025", target, ignore=shutil.ignore_patterns("results"))
    return innohub.run(target)


@pytest.fixture(scope="session")
def works(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    target = tmp_path_factory.mktemp("works") / "eu-energy-projects"
    shutil.copytree(
        root / "examples" / "eu-energy-projects", target, ignore=shutil.ignore_patterns("results")
    )
    return innohub.run(target)


@pytest.fixture(scope="session")
def runs(years_run: Run, registers: Run, works: Run) -> dict[str, Run]:
    return {"provinces": years_run, "registers": registers, "works": works}


@pytest.fixture
def other(years_run: Run, stand: Any) -> Make:
    """Return the provinces with tables changed, or settings of the ecosystem."""

    def make(changed: dict[str, Any] | None = None, **ecosystem: Any) -> Any:
        told = years_run.settings.model_dump(mode="json")
        told["ecosystem"] |= ecosystem
        return stand(years_run, Settings.model_validate(told), changed or {})

    return make


def write(run: Any, language: Any = "zh", kind: Any = None) -> Brief:
    return build_brief(run, language, kind, pictures={}, subject="diagnosis")


def body(made: Brief) -> str:
    parts = [*map(plain, made.title), plain(made.lead), *map(plain, made.key_messages)]
    for section in made.sections:
        parts.append(plain(section.heading))
        parts += [plain(b.lead) + plain(b.text) for b in section.blocks if isinstance(b, Paragraph)]
    return "\n".join(parts)


def tables(made: Brief) -> dict[str, Table]:
    sections = (*made.sections, *made.annex)
    return {b.id: b for s in sections for b in s.blocks if isinstance(b, Table)}


def agrees(printed: str, value: float, unit: str) -> bool:
    """Say whether a printed number is a value: in its unit, in the unit's base, or as a percentage."""
    lowered = printed.lower()
    if lowered in WORDS:
        return WORDS.index(lowered) == value
    if "99%" in printed and value >= 0.995:
        return True
    if "1%" in printed and value < 0.005:
        return True
    digits, scale = _NUMBER.search(printed).groups()  # type: ignore[union-attr]
    size = SIZES.get(scale or "", 1.0)
    number = float(digits.replace(",", "").replace("−", "-")) * size
    slack = 0.5000001 * size * 10 ** -len(digits.partition(".")[2])
    own = [value * measure(unit.partition("/")[0])[0], value, 100 * value]
    return any(math.isclose(number, x, rel_tol=1e-9, abs_tol=slack) for x in own)


@pytest.mark.parametrize("which", ["provinces", "registers", "works"])
@pytest.mark.parametrize(("language", "kind"), [("zh", "gongwen"), ("zh", "policy"), ("en", "policy")])
def test_nothing_is_typed_and_no_superlative_is_bare(runs: Any, which: str, language: Any, kind: Any) -> None:
    assert check_brief(write(runs[which], language, kind)) == ()


@pytest.mark.parametrize("which", ["provinces", "registers", "works"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_that_the_page_prints_is_the_value_behind_it(
    runs: Any, which: str, language: str
) -> None:
    page = as_html(write(runs[which], language))
    claims = json.loads(re.search(r'<script type="application/json" id="claims">(.*?)</script>', page)[1])
    printed = re.findall(r'<data data-claim="([^"]*)" value="([^"]*)">(.*?)</data>', page)
    assert len(printed) > 60
    for name, value, text in ((html.unescape(part) for part in found) for found in printed):
        claim = claims[name]
        assert float(value) == claim["value"], name
        # amounts for each fund are computed, and printed with three digits
        loose = name.startswith("diagnosis/finance/") and "amount" in name
        assert loose or agrees(text, claim["value"], claim["unit"]), (name, text, claim)


def test_evidence_leads_to_the_row_of_the_study(years_run: Run) -> None:
    found = [c for c in write(years_run).claims.values() if c.id.startswith("diagnosis/value/evidence/")]
    assert len(found) > 3
    for claim in (one for one in found if one.file):
        with (years_run.folder.parents[1] / claim.file).open(encoding="utf-8-sig", newline="") as stream:
            line = list(csv.DictReader(stream))[(claim.row or 0) - 2]
        assert float(line["value"]) == claim.value
        assert line["place"] == claim.place
    assert any(one.file for one in found)


def test_what_is_told_is_what_the_tables_hold(years_run: Run) -> None:
    text = body(write(years_run))
    rows = years_run.table("coupling")
    own = rows[(rows["place"] == "CN-AH") & (rows["year"] == 2022) & (rows["first"] == "")]
    for value in own["coordination"]:
        assert f"{value:.3f}" in text
    assert all(name in text for name in own["class_zh"])
    binding = (
        years_run.table("constraints").query("place == 'CN-AH' and verdict == 'binds'").sort_values("rank")
    )
    spots = [text.index(f"{name}（严重程度") for name in binding["name_zh"]]
    assert spots == sorted(spots)
    assert binding["name_zh"].iloc[0] in "".join(map(plain, write(years_run).title))


def test_advice_is_nothing_but_levers_of_the_texts(years_run: Run) -> None:
    made = write(years_run, "zh")
    section = next(s for s in made.sections if plain(s.heading) == "可供参考的举措")
    known = set(years_run.table("constraint_levers")["zh"].str.rstrip("。"))
    quoted = {
        span.text
        for b in section.blocks[1:]
        for span in b.text
        if span.kind == "quote" and len(span.text) > 8
    }  # type: ignore[union-attr]
    assert quoted
    assert quoted <= known
    texts = [plain(b.text) for s in made.annex for b in s.blocks if isinstance(b, Paragraph)]
    assert any(line.startswith("文献1 ") for line in texts)


def test_without_constraints_the_brief_says_less_and_no_more(other: Make) -> None:
    gone = dict.fromkeys(("constraints", "constraint_evidence", "constraint_levers"))
    made = write(other(gone))
    assert "制约" not in "".join(map(plain, made.title))
    assert "可供参考的举措" not in body(made)
    assert "diagnosis_constraints" not in tables(made)
    assert check_brief(made) == ()


def test_a_run_without_any_table_of_a_diagnosis_has_no_such_brief(flagship_run: Run) -> None:
    with pytest.raises(innohub.InnohubError, match="B020"):
        write(flagship_run)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_many_places_are_told_together(other: Make, years_run: Run, language: str) -> None:
    every = list(years_run.table("coupling")["place"].unique())
    made = write(other(places=every), language)
    assert check_brief(made) == ()
    text = body(made)
    assert str(len(every)) in text
    counts = years_run.table("constraints").query("verdict == 'binds'")["group"].value_counts()
    assert str(counts.iloc[0]) in text
    assert len(tables(made)["diagnosis_all"].rows) == len(every)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_places_are_told_one_by_one(other: Make, language: str) -> None:
    made = write(other(places=["CN-BJ", "CN-XZ"]), language)
    assert check_brief(made) == ()
    names = ("北京", "西藏") if language == "zh" else ("Beijing", "Tibet")
    assert all(name in plain(made.title[0]) for name in names)
    assert {plain(row[0]) for row in tables(made)["diagnosis_coupling"].rows} == set(names)


def test_a_zero_is_told_as_what_it_is(other: Make, years_run: Run) -> None:
    frame = years_run.table("subsystems")
    one = (frame["place"] == "CN-XZ") & (frame["year"] == 2022)
    frame.loc[frame.index[one][:1], "score"] = 0.0
    assert "零值起决定作用" in body(write(other({"subsystems": frame})))
    assert "零值起决定作用" not in body(write(other()))
    assert "零值起决定作用" not in body(write(other({"subsystems": frame}, squeeze=[0.01, 0.99])))
    assert "0.01与0.99之间" in body(write(other({"subsystems": frame}, squeeze=[0.01, 0.99])))


def test_one_year_and_no_intervals(other: Make, years_run: Run) -> None:
    frame = years_run.table("coupling").query("year == 2022").copy()
    frame[[c for c in frame if c.endswith(("_low", "_high", "probability"))]] = float("nan")
    empty = dict.fromkeys(("coupling_changes", "drivers", "obstacle_trends", "coupling_inequality"))
    made = write(other({"coupling": frame, **empty}))
    assert check_brief(made) == ()
    assert "模拟中有" not in body(made).split("制约因素")[0]
    assert "2012年至2022年" not in body(made)


def test_a_place_without_coordination_is_said_to_have_none(other: Make, years_run: Run) -> None:
    frame = years_run.table("coupling")
    frame.loc[frame["place"] == "CN-AH", ["coupling", "level", "coordination"]] = float("nan")
    made = write(other({"coupling": frame}))
    assert "协调度无法计算" in body(made)
    assert check_brief(made) == ()


def test_a_group_that_cannot_be_judged_is_named(other: Make, years_run: Run) -> None:
    frame = years_run.table("constraints")
    one = (frame["place"] == "CN-AH") & (frame["group"] == "chains")
    frame.loc[one, "verdict"] = "cannot judge"
    frame.loc[one, ["severity", "rank", "obstacle", "gap", "confidence"]] = pd.NA
    made = write(other({"constraints": frame}))
    assert "部分因素不能判断" in body(made)
    assert "产业链·创新链·人才链融合不足数据不足，不作判断" in body(made)


def test_registers_fill_a_brief_of_their_own(registers: Run) -> None:
    made = write(registers)
    text = body(made)
    held = registers.table("pillars").query("place == 'guangzhou' and filled")
    slots = held.drop_duplicates(["pillar", "slot"])
    assert f"{len(slots)}栏有据可查" in "".join(map(plain, made.title))
    assert "耦合" not in text
    assert len(tables(made)["diagnosis_pillars"].rows) == len(held)
    assert "近30个" in {plain(row[3]) for row in tables(made)["diagnosis_pillars"].rows}
    assert "第2位" in text
    assert "广深港" in text


@pytest.mark.parametrize(
    ("verdict", "told"),
    [("holds", "成立"), ("not refuted", "未被否定"), ("refuted", "不成立"), ("not shown", "尚不齐备")],
)
def test_a_claim_to_be_alone_is_told_by_its_verdict(
    registers: Run, stand: Any, verdict: str, told: str
) -> None:
    frame = registers.table("register_only").assign(
        verdict=verdict, others="guangzhou", nearest="", compared=3
    )
    made = write(stand(registers, registers.settings, {"register_only": frame}))
    section = next(s for s in made.sections if plain(s.heading) == "创新平台")
    assert told in plain(section.blocks[0].text)  # type: ignore[union-attr]
