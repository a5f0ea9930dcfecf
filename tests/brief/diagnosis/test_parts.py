"""A diagnosis of works, registers, chains or divisions, alone and together: the front fits what the study has."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import innohub
from innohub import Run
from innohub.brief import Brief, build_brief, check_brief
from innohub.brief.model import Paragraph, Table, plain
from innohub.chart import draw

Make = Callable[..., Any]
FLOWS = ("synergy", "synergy_pairs", "level_pairs", "open_innovation", "openness", "triple_helix")
CHAINS = ("chain_fusion", "chain_gaps", "talent_mismatch")
COUPLED = (
    "coupling", "subsystems", "obstacles", "obstacle_groups", "obstacle_trends", "constraints", "constraint_evidence",
    "constraint_levers", "lags", "drivers", "coupling_changes", "coupling_inequality",
)  # fmt: skip


def copied(root: Path, folder: Path, name: str) -> Path:
    target = folder / name
    shutil.copytree(root / "examples" / name, target, ignore=shutil.ignore_patterns("results"))
    return target


@pytest.fixture(scope="module")
def works(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return innohub.run(copied(root, tmp_path_factory.mktemp("works"), "eu-energy-projects"))


@pytest.fixture(scope="module")
def registers(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return innohub.run(copied(root, tmp_path_factory.mktemp("registers"), "guangzhou-2025"))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return two cities with works of all sectors, levels and flows, by hand."""
    folder = tmp_path_factory.mktemp("three")
    (folder / "study.toml").write_text(
        '[study]\nid = "three"\ntitle = { zh = "甲乙", en = "A and B" }\nyear = 2020\nseed = 1\n'
        '[ecosystem.synergy]\nnull = "configuration"\ndraws = 100\n',
        encoding="utf-8",
    )
    (folder / "places.csv").write_text(
        "place,kind,name_zh,name_en,country\na,city,甲,Alpha,CN\nb,city,乙,Beta,CN\n", encoding="utf-8"
    )
    sectors, levels = ("university", "firm", "government"), ("national", "provincial", "municipal")
    rows = [
        f"w{work},{'ab'[(work + one) % 2 if work % 3 else 0]},x{work}-{one},{sectors[(work + one) % 3]},"
        f"{levels[(work * one) % 3]},10"
        for work in range(24)
        for one in range(3)
    ]
    (folder / "works.csv").write_text(
        "work,place,actor,sector,level,amount\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return innohub.run(folder)


def write(run: Any, language: Any = "zh", kind: Any = None) -> Brief:
    return build_brief(run, language, kind, pictures={}, subject="diagnosis")


def front(made: Brief) -> str:
    return "\n".join([*map(plain, made.title), plain(made.lead), *map(plain, made.key_messages)])


def body(made: Brief) -> str:
    blocks = [b for s in made.sections for b in s.blocks if isinstance(b, Paragraph)]
    return front(made) + "\n".join(plain(b.lead) + plain(b.text) for b in blocks)


def tables(made: Brief) -> dict[str, Table]:
    sections = (*made.sections, *made.annex)
    return {b.id: b for s in sections for b in s.blocks if isinstance(b, Table)}


def whole(run: Run, kind: str) -> Any:
    return run.table("synergy").query("place == '' and kind == @kind").iloc[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_works_alone_have_a_front_of_their_own(works: Run, language: str) -> None:
    made = write(works, language)
    text = front(made)
    for kind in ("subjects", "cities"):
        assert f"{whole(works, kind)['ratio']:.2f}" in "".join(map(plain, made.title))
    assert not any(
        word in body(made) for word in ("pillar", "支柱", "名录", "register", "城市", "cities", "地区之间")
    )
    assert ("经济体" if language == "zh" else "economies") in text
    assert ("1359项成果" if language == "zh" else "1,359 works") in text
    assert ("随机混合" if language == "zh" else "random mixing") in text
    assert ("规模和距离" if language == "zh" else "size and distance") in text


def test_every_share_stands_with_what_is_expected_and_its_interval(works: Run) -> None:
    text = body(write(works, "en"))
    for kind in ("subjects", "cities"):
        row = whole(works, kind)
        assert f"{100 * row['share']:.1f}% against {100 * row['expected']:.1f}% expected" in text
        assert (
            f"{row['ratio']:.2f} ({row['ratio_low']:.2f}–{row['ratio_high']:.2f}): fewer than expected"
            in text
        )
    helix = works.table("triple_helix").query("place == ''").iloc[0]
    assert f"−{-helix['bits']:.3f} bits (−{-helix['low']:.3f} to −{-helix['high']:.3f})" in text
    assert "shows synergy between the three" in text


def test_pairs_told_are_the_ends_of_those_with_a_tie_expected(works: Run) -> None:
    made = write(works, "en")
    rows = works.table("synergy_pairs").query("expected >= 1").sort_values("ratio")
    names = works.table("places").set_index("place")["name_en"]
    for row in (rows.iloc[0], rows.iloc[-1]):
        assert f"{names[row['place']]} and {names[row['other']]} ({row['ratio']:.2f})" in body(made)
    assert len(tables(made)["diagnosis_pairs"].rows) == 20


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pairs_of_few_ties_are_not_told(works: Run, stand: Any, language: str) -> None:
    few = works.table("synergy_pairs").query("expected < 1")
    made = write(stand(works, works.settings, {"synergy_pairs": few}), language)
    assert "diagnosis_pairs" not in tables(made)
    assert "成对" not in body(made)
    assert "Pairs" not in body(made)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(-0.2, -0.1, "三方存在协同"), (-0.1, 0.1, "不能断定"), (0.1, 0.2, "看不出三方协同")],
)
def test_the_triple_helix_is_read_by_its_interval(
    works: Run, stand: Any, low: float, high: float, told: str
) -> None:
    frame = works.table("triple_helix")
    frame.loc[frame["place"] == "", ["bits", "low", "high"]] = ((low + high) / 2, low, high)
    assert told in front(write(stand(works, works.settings, {"triple_helix": frame})))


def test_places_asked_for_are_told_one_by_one(works: Run, stand: Any) -> None:
    told = works.settings.model_dump(mode="json")
    told["ecosystem"]["places"] = ["DE", "FR"]
    run = stand(works, type(works.settings).model_validate(told), {})
    text = body(write(run, "en"))
    row = works.table("synergy").query("place == 'DE' and kind == 'subjects'").iloc[0]
    assert f"In works of Germany, ties between sectors make up {100 * row['share']:.1f}%" in text
    assert "Luxembourg" not in text
    assert "Of the ties of France" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_levels_are_told_with_their_pairs(three: Run, language: str) -> None:
    made = write(three, language)
    assert check_brief(made) == ()
    row, text = whole(three, "levels"), body(made)
    assert f"{100 * row['expected']:.1f}%" in text
    assert ("国家级与省级" if language == "zh" else "national and provincial") in text
    assert len(tables(made)["diagnosis_levels"].rows) == 6
    assert ("城市" if language == "zh" else "cities") in front(made)
    assert ("按规模预期" if language == "zh" else "what size would give") in front(made)


@pytest.mark.parametrize(
    ("scaling", "compared", "wanted"),
    [
        ("maximum", "places", "divided by the largest among the places compared"),
        ("range", "fields", "from 0 at the least of the fields of a place"),
        ("share", "places", "the share of the total of the places compared"),
        ("", "given", "as the study gives them"),
    ],
)
def test_the_method_says_how_chains_were_scaled_and_joined(
    years_run: Run, stand: Any, scaling: str, compared: str, wanted: str
) -> None:
    table = years_run.table("chain_fusion").assign(scaling=scaling, compared=compared)
    run = stand(years_run, years_run.settings, {"chain_fusion": table})
    told = [plain(line.text) for line in write(run, "en").method]
    assert [wanted in text for text in told].count(True) == 1
    assert any("variant “corrected coupling”" in text.lower() for text in told)
    assert wanted in draw("chains", run, "en").note


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kept", ["chains", "division", "both", "ties"])
def test_any_part_alone_has_a_front(years_run: Run, works: Run, stand: Any, language: str, kept: str) -> None:
    gone = dict.fromkeys(("scores", "ranks", *COUPLED))
    if kept == "division":
        gone |= dict.fromkeys(CHAINS)
    if kept in ("chains", "ties"):
        gone |= dict.fromkeys(("division_tests",))
    if kept == "ties":
        gone |= dict.fromkeys(CHAINS) | {name: works.table(name) for name in ("synergy", "triple_helix")}
    made = write(stand(years_run, years_run.settings, gone), language)
    assert check_brief(made) == ()
    text = front(made)
    wanted = {"chains": "创新链", "division": "北京研发、津冀转化", "both": "四链", "ties": "跨主体合作"}
    if language == "zh":
        assert wanted[kept] in text
        assert ("北京研发" in text) == (kept in ("division", "both"))
    assert " zero " not in text
    assert " of from " not in text
    assert "0条" not in text
    assert all(plain(line).strip() for line in made.title)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_registers_and_works_together(registers: Run, works: Run, stand: Any, language: str) -> None:
    both = {name: works.table(name) for name in FLOWS if name in works.table_names}
    made = write(stand(registers, registers.settings, both), language)
    assert check_brief(made) == ()
    text = front(made)
    assert (
        "66条记录、1359项成果"
        if language == "zh"
        else "66 entries in registers and the members of 1,359 works"
    ) in text
    assert f"{whole(works, 'subjects')['ratio']:.2f}" in text


def test_coupling_with_works_tells_both(years_run: Run, works: Run, stand: Any) -> None:
    made = write(
        stand(
            years_run, years_run.settings, {name: works.table(name) for name in ("synergy", "triple_helix")}
        )
    )
    assert "协调" in plain(made.title[0])
    assert "此外考察主体之间" in front(made)
    assert check_brief(made) == ()


def test_the_noun_is_that_of_the_places_on_record(registers: Run, stand: Any) -> None:
    frame = registers.table("register_only").assign(verdict="not refuted", others="", nearest="", compared=3)
    made = write(stand(registers, registers.settings, {"register_only": frame}))
    assert "与3个城市比较" in body(made)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_strategies_fronts_and_firms_are_told_and_listed(registers: Run, language: str) -> None:
    made = write(registers, language)
    text, found = body(made), tables(made)
    card = registers.table("strategy_cards").iloc[0]
    assert card[f"name_{language}"] in text
    assert card[f"goal_{language}"].split("；")[0].split(";")[0] in text
    assert len(found["diagnosis_firms"].rows) == len(registers.table("register_firms"))
    assert len(found["diagnosis_fronts"].rows) == len(registers.table("register_fronts"))
    assert {plain(row[0]) for row in found["diagnosis_fields"].rows} >= (
        {"低空经济"} if language == "zh" else {"Low-altitude economy"}
    )
    assert ("广东大湾区空天信息研究院" if language == "zh" else "terahertz science") in text


def test_strategies_stand_side_by_side_three_a_table(registers: Run, stand: Any) -> None:
    one = registers.table("strategy_cards")
    frame = pd.concat([one.assign(name_zh=f"战略{n}", entry=f"s{n}", budget=n * 1e8, currency="CNY", start=f"202{n}-03")
                       for n in range(1, 5)], ignore_index=True)  # fmt: skip
    made = write(stand(registers, registers.settings, {"strategy_cards": frame}))
    found = tables(made)
    cells = {plain(row[0]): [plain(cell) for cell in row[1:]] for row in found["diagnosis_strategies"].rows}
    assert [plain(cell) for cell in found["diagnosis_strategies"].head] == ["项目", "战略1", "战略2", "战略3"]
    assert cells["预算"] == ["1亿元", "2亿元", "3亿元"]
    assert cells["时间"][0] == "2021年至2035年"
    assert [plain(cell) for cell in found["diagnosis_strategies-3"].head] == ["项目", "战略4"]
    assert check_brief(made) == ()


def test_platforms_that_overlap_are_named(registers: Run, stand: Any) -> None:
    ids = list(registers.table("register_platforms")["id"])
    names = registers.table("register_platforms").set_index("id")["name_zh"]
    rows = [
        ("guangzhou", ids[0], other, "guangzhou", overlap)
        for other, overlap in ((ids[1], 0.5), (ids[2], 0.0))
    ]
    frame = pd.DataFrame(rows, columns=["place", "entry", "other", "other_place", "overlap"])
    made = write(stand(registers, registers.settings, {"platform_overlap": frame}))
    assert f"领域有重叠的平台1对，即{names[ids[0]]}与{names[ids[1]]}（0.50）" in body(made)
    assert len(tables(made)["diagnosis_overlap"].rows) == 1


def test_the_widest_gap_of_chains_is_told_from_the_higher_one(years_run: Run) -> None:
    made = write(years_run)
    rows = years_run.table("chain_gaps").query("place == 'CN-AH'")
    rows = rows[rows["year"] == rows["year"].max()]
    row = rows.loc[rows["gap"].abs().idxmax()]
    assert f"前者高{abs(row['gap']):.2f}（" in body(made)
    assert len(tables(made)["diagnosis_chain_gaps"].rows) == len(rows) == 6


def test_the_main_text_is_of_the_length_of_its_kind(years_run: Run) -> None:
    assert 3000 <= len("".join(body(write(years_run)).split())) <= 5000
