"""Sections on years, efficiency and method choices: every number a claim, every case a sensible sentence."""

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from innohub import Run
from innohub.brief import Brief, build_brief, check_brief
from innohub.brief.model import Paragraph, Table, plain
from innohub.brief.sections.advice import carries_size

LANGUAGES = ("zh", "en")
BROKEN = r"\bnan\b|[{}]|。。|，，|、、|：。|\.\.|  |（）|\(\)|<NA>"


def told(run: Any) -> dict[str, str]:
    """Return the sections' texts of both languages; none has a typed number or a broken sentence."""
    texts = {}
    for language in LANGUAGES:
        brief = build_brief(run, language, pictures={})  # type: ignore[arg-type]
        assert check_brief(brief) == ()
        for _, text in brief.texts():
            assert not re.search(BROKEN, plain(text)), plain(text)
        texts[language] = body(brief)
    return texts


def body(brief: Brief) -> str:
    parts = []
    for section in brief.sections:
        parts.append(plain(section.heading))
        parts += [plain(b.lead) + plain(b.text) for b in section.blocks if isinstance(b, Paragraph)]
    return "\n".join(parts)


def tables(brief: Brief) -> dict[str, Table]:
    return {b.id: b for s in (*brief.sections, *brief.annex) for b in s.blocks if isinstance(b, Table)}


@pytest.fixture(scope="module")
def texts(years_run: Run) -> dict[str, str]:
    return told(years_run)


def test_every_section_stands_where_its_tables_are(texts: dict[str, str]) -> None:
    for language, words in (
        (
            "zh",
            ("历年变化", "差距与收敛", "投入产出效率", "方法选择的影响", "组与组之间", "邻近地区", "个峰"),
        ),
        (
            "en",
            (
                "Over the years",
                "Differences are",
                "How efficiently",
                "Which choice",
                "between groups",
                "peak",
            ),
        ),
    ):
        for word in words:
            assert word.replace("个峰", "峰数") in texts[language], word


def test_none_of_them_stands_without_its_tables(plain_briefs: dict[str, Brief]) -> None:
    text = body(plain_briefs["zh"])
    for word in ("历年变化", "差距与收敛", "投入产出效率", "方法选择的影响"):
        assert word not in text


def test_claims_are_the_cells_of_the_tables(years_run: Run) -> None:
    claims = {key: claim for key, claim in build_brief(years_run, "en", pictures={}).claims.items()}
    inequality = years_run.table("inequality").query("index == 'capacity'").set_index("year")
    for key, claim in claims.items():
        if match := re.fullmatch(r"number/inequality/(cv|gini|theil)/(\d+)", key):
            assert claim.value == inequality.loc[int(match[2]), match[1]]
            assert claim.year == int(match[2])
    assert "number/inequality/cv/2012" in claims
    history = years_run.table("history").query("node == 'capacity'").set_index(["place", "year"])
    seen = [key for key in claims if key.startswith("history/rank/")]
    for key in seen:
        _, _, place, year = key.split("/")
        assert claims[key].value == history.loc[(place, int(year)), "rank"]
    assert len(seen) >= 8
    assert claims["number/convergence/slope"].value == years_run.table("convergence")["slope"].iloc[0]
    assert claims["spatial_test/p"].value == years_run.table("spatial_test")["p"].iloc[0]
    moves = years_run.table("transitions").query("index == 'capacity'")
    stay = moves.loc[moves["from_class"] == moves["to_class"], "count"].sum() / moves["count"].sum()
    assert claims["number/transitions/held"].value == pytest.approx(stay)


def test_the_number_of_models_and_of_places_that_never_move(years_run: Run, texts: dict[str, str]) -> None:
    design = years_run.table("design")
    assert f"{design['run'].nunique()} models" in texts["en"]
    spans = design.groupby("place")["rank"].agg(["min", "max"])
    claims = build_brief(years_run, "en", pictures={}).claims
    same = int((spans["min"] == spans["max"]).sum())
    assert claims["few/design/same rank"].value == same if same else "None of the 31" in texts["en"]


def test_each_year_on_its_own_scale_gives_ranks_only(years_run: Run, stand: Any) -> None:
    index = years_run.settings.index["capacity"].model_copy(update={"pool": "each-year"})
    settings = years_run.settings.model_copy(update={"index": {"capacity": index}})
    texts = told(stand(years_run, settings))
    assert "以下只比较位次" in texts["zh"]
    assert "（得分0." not in texts["zh"].split("历年变化")[1].split("差距与收敛")[0]
    assert "标尺逐年不同" in texts["zh"]


def test_an_order_that_never_changes_is_said_to_hold(years_run: Run, stand: Any) -> None:
    history = years_run.table("history")
    last = history[history["year"] == history["year"].max()]
    same = pd.concat([last.assign(year=year) for year in sorted(history["year"].unique())])
    texts = told(stand(years_run, years_run.settings, {"history": same}))
    assert "位次均未变动" in texts["zh"]
    assert "no rank changed" in texts["en"]


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"slope": np.nan, "p": np.nan, "reason": "S184"}, "不能取对数", "no logarithm"),
        ({"slope": np.nan, "p": np.nan, "reason": "X999"}, "X999", "X999"),
        ({"p": 0.4}, "不能与零区分", "cannot be told from zero"),
        ({"slope": 0.02, "half_life": np.inf}, "起点高的地区增长较快", "scored high"),
        ({"half_life": np.inf}, "起点低的地区增长较快", "scored low"),
    ],
)
def test_beta_is_told_or_its_absence(
    years_run: Run, stand: Any, change: dict[str, Any], zh: str, en: str
) -> None:
    table = years_run.table("convergence").assign(**change)
    texts = told(stand(years_run, years_run.settings, {"convergence": table}))
    assert zh in texts["zh"]
    assert en in texts["en"]
    assert ("half of the gap" in texts["en"]) == (not change)


@pytest.mark.parametrize(
    ("change", "en"),
    [
        ({"cv": np.nan, "gini": np.nan, "theil": np.nan}, "no meaning"),
        ({"theil": np.linspace(0.1, 0.2, 10)}, "the picture is mixed"),
        ({"cv": np.linspace(0.1, 0.2, 10), "gini": np.linspace(0.1, 0.2, 10), "theil": np.nan}, "have grown"),
    ],
)
def test_sigma_follows_the_measures(years_run: Run, stand: Any, change: dict[str, Any], en: str) -> None:
    table = years_run.table("inequality").query("index == 'capacity'").sort_values("year").assign(**change)
    assert en in told(stand(years_run, years_run.settings, {"inequality": table}))["en"]


def test_classes_that_nobody_leaves(years_run: Run, stand: Any) -> None:
    table = years_run.table("transitions")
    table.loc[table["from_class"] != table["to_class"], "count"] = 0
    texts = told(stand(years_run, years_run.settings, {"transitions": table}))
    assert "全部留在原类" in texts["zh"]


def test_places_without_a_solution_or_data_are_named(years_run: Run, stand: Any) -> None:
    table = years_run.table("efficiency")
    now = table["year"] == 2022
    table = table[~(now & (table["place"] == "CN-XZ"))].copy()
    lost = (table["year"] == 2022) & (table["place"] == "CN-HI")
    table.loc[lost, ["score", "rank"]] = None
    table.loc[lost, "feasible"] = False
    texts = told(stand(years_run, years_run.settings, {"efficiency": table}))
    assert "海南在模型中没有可行解" in texts["zh"]
    assert "西藏缺少所需数据" in texts["zh"]
    assert "no solution for Hainan, which has" in texts["en"]
    assert "Tibet lacks the data" in texts["en"]


def test_where_all_are_efficient_there_is_no_last_place(years_run: Run, stand: Any) -> None:
    table = years_run.table("efficiency").assign(score=1.0)
    texts = told(stand(years_run, years_run.settings, {"efficiency": table, "malmquist": None}))
    assert "全部处于效率前沿" in texts["zh"]
    assert "最低的是" not in texts["zh"].split("投入产出效率")[1].split("换一种算法")[0]
    assert "productivity averaged" not in texts["en"]


def test_where_nothing_moves_nothing_is_attributed(years_run: Run, stand: Any) -> None:
    sensitivity = years_run.table("sensitivity").assign(first=np.nan, total=np.nan, variance=0.0)
    design = years_run.table("design")
    first = design[design["run"] == 1].set_index("place")["rank"]
    design = design.assign(rank=design["place"].map(first))
    texts = told(stand(years_run, years_run.settings, {"sensitivity": sensitivity, "design": design}))
    assert "无从归因" in texts["zh"]
    assert "nothing can be attributed" in texts["en"]
    assert "位次在所有模型中都相同" in texts["zh"]


def test_sampled_indices_come_with_their_error(years_run: Run, stand: Any) -> None:
    exact = years_run.table("sensitivity")
    exact = exact[exact.get("method", pd.Series("exact", index=exact.index)) == "exact"]
    sampled = exact.assign(method="sampled", first_error=0.01, total_error=0.034)
    sampled.loc[sampled["output"] == "mean_rank_shift", "total"] = 1.3
    changes = {"sensitivity": sampled, "sensitivity_path": None, "design": None}
    texts = told(stand(years_run, years_run.settings, changes))
    assert "抽样标准误不超过0.03" in texts["zh"]
    assert "130%" not in texts["zh"]
    one = sampled[sampled["factor"] == sampled["factor"].iloc[0]]
    texts = told(stand(years_run, years_run.settings, {**changes, "sensitivity": one}))
    assert "alone, so all movement" in texts["en"]


def test_the_annex_tells_what_each_step_changed(years_run: Run, stand: Any) -> None:
    effects = pd.DataFrame(
        {
            "index": "capacity", "step": ["treat", "weights", "normalise"], "method": ["a(1)", "entropy", "rank"],
            "neutral": ["none", "equal", "minmax(0, 1)"], "values": pd.array([124, None, None], dtype="Int64"),
            "places": pd.array([0, 5, None], dtype="Int64"), "most_place": ["", "CN-TJ", ""],
            "from_rank": pd.array([None, 8, None], dtype="Int64"),
            "to_rank": pd.array([None, 12, None], dtype="Int64"), "reason": ["", "", "S184"],
        }
    )  # fmt: skip
    run = stand(years_run, years_run.settings, {"effects": effects})
    assert told(run)
    rows = [
        [plain(cell) for cell in row] for row in tables(build_brief(run, "zh", pictures={}))["effects"].rows
    ]
    assert rows[0][3:] == ["124", "0", "无"]
    assert rows[1][3:] == ["–", "5", "天津（8→12）"]
    assert rows[2][3:] == ["–", "–", "对照做法不能计算（S184）"]


def test_the_annex_lists_the_weights_of_experts_methods_and_places(years_run: Run, stand: Any) -> None:
    items = ["input", "knowledge", "technology", "market"]
    experts = pd.DataFrame(
        [
            ("capacity", "capacity", e, i, 0.25, c, "ahp")
            for e, c in (("Li", 0.031), ("", np.nan))
            for i in items
        ],
        columns=["index", "node", "expert", "item", "share", "consistency", "method"],
    )
    combination = pd.DataFrame(
        [("capacity", "capacity", m, 0.5, i, 0.25) for m in ("entropy", "unknown") for i in items],
        columns=["index", "node", "method", "coefficient", "item", "share"],
    )
    benefit = pd.DataFrame(
        [
            ("capacity", "capacity", "CN-BJ", i, 1.0, s)
            for i, s in zip(items, (0.1, 0.2, 0.3, 0.4), strict=True)
        ],
        columns=["index", "node", "place", "item", "weight", "share"],
    )
    run = stand(
        years_run, years_run.settings, {"experts": experts, "combination": combination, "benefit": benefit}
    )
    assert told(run)
    found = tables(build_brief(run, "en", pictures={}))
    assert [[plain(c) for c in row][1::2] for row in found["experts"].rows] == [
        ["Li", "0.031"],
        ["Group", "–"],
    ]
    assert "unknown" in [plain(row[1]) for row in found["combination"].rows]
    assert plain(found["benefit"].rows[0][1]).startswith("transfer and industry 40.0%")


def test_a_place_likelier_elsewhere_is_noted_under_the_table(years_run: Run, stand: Any) -> None:
    tiers = years_run.table("tiers")
    mine = tiers["place"].eq("CN-BJ")
    tiers.loc[mine, "probability"] = (
        tiers.loc[mine, "tier"].map({"international": 0.3, "national": 0.7}).fillna(0.0)
    )
    note = plain(
        tables(build_brief(stand(years_run, years_run.settings, {"tiers": tiers}), "en", pictures={}))[
            "scores"
        ].note
    )
    assert "Beijing" in note or "regions fall into the tier shown although" in note


def test_sources_under_a_figure_are_in_order(years_run: Run) -> None:
    brief = build_brief(years_run, "en")
    for figure in brief.figures():
        marks = [int(mark) for mark in re.findall(r"\[(\d+)\]", plain(figure.note))]
        assert marks == sorted(set(marks))
        assert marks


@pytest.mark.parametrize(
    ("row", "sized"),
    [
        ({"name_en": "Papers", "unit": "count"}, True),
        ({"name_en": "Papers per 100 staff", "name_zh": "每百名人员论文", "unit": "count"}, False),
        ({"name_en": "Spending", "unit": "万元"}, True),
        ({"name_en": "Spending", "unit": "万元/人"}, False),
        ({"name_zh": "占全国比重", "unit": "% of national total"}, True),
        ({"name_en": "R&D intensity", "unit": "% of GDP"}, False),
        ({"name_en": "Rank", "unit": None}, False),
    ],
)
def test_size_is_read_from_unit_and_name(row: dict[str, Any], sized: bool) -> None:
    assert carries_size(row) is sized
