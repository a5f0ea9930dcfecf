"""The page over the years, of efficiency, of method choices and with gaps, in a browser."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

import innohub
from innohub.web import page, payload, rerank
from innohub.web.index_data import gap_rule
from innohub.web.rerank import unpack_draws

pytestmark = pytest.mark.page
VIEWS = ("change", "efficiency", "choices", "robustness", "method")


def of_capacity(table):
    """The rows of the index in hand; the study has another one."""
    return table[table["index"] == "capacity"]


@pytest.fixture(scope="module")
def file(provinces, tmp_path_factory):
    return page(provinces, tmp_path_factory.mktemp("years") / "page.html")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_view_opens_within_the_window(open_page, file, view, language, width):
    tab = open_page(f"lang={language}&view={view}&place=CN-HL", width=width, file=file)
    assert tab.locator(f'[data-key="view/{view}"][aria-current="page"]').count() == 1
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    text = tab.locator("body").inner_text()
    assert not re.search(r"undefined|NaN|\[object|\{\w+\}", text)
    keys = "view|change|efficiency|choices|method|effect|factor|component|measure|regime|role|malmquist|chain"
    assert not re.search(rf"\b({keys})\.\w+", text)


@pytest.mark.parametrize("view", ["change", "efficiency", "choices"])
def test_a_view_without_tables_is_not_there(open_page, view):
    tab = open_page(f"lang=en&view={view}")
    assert tab.locator(f'[data-key="view/{view}"]').count() == 0
    assert tab.locator('[data-key="view/ranking"][aria-current="page"]').count() == 1


def test_the_lines_follow_keyboard_pointer_and_address(open_page, file, provinces):
    tab = open_page("lang=en&view=change&place=CN-GD&compare=CN-XZ", file=file)
    chosen = tab.locator(".bump .chosen")
    assert sorted(chosen.evaluate_all("all => all.map((one) => one.dataset.place)")) == ["CN-GD", "CN-XZ"]
    tab.locator('[data-key="bump/CN-GD"]').focus()
    tab.keyboard.press("ArrowDown")
    held = tab.locator(".bump .held")
    assert tab.evaluate("document.activeElement.dataset.key") == f"bump/{held.get_attribute('data-place')}"
    history = (
        provinces.table("history").query("node == 'capacity' and year == 2022").set_index("place")["rank"]
    )
    assert history[held.get_attribute("data-place")] == history["CN-GD"] + 1
    assert f"2022 No. {history['CN-GD'] + 1}" in held.get_attribute("aria-label")
    tab.locator('.ranking tr[data-place="CN-QH"]').hover()
    assert tab.locator(".bump .hover").get_attribute("data-place") == "CN-QH"
    tab.get_by_role("button", name="Score", exact=True).click()
    tab.wait_for_timeout(200)
    assert "measure=score" in tab.evaluate("location.hash")


def test_change_is_told_in_numbers_of_the_run(open_page, file, provinces):
    tab = open_page("lang=en&view=change", file=file)
    text = tab.locator(".change").inner_text()
    spread = of_capacity(provinces.table("inequality")).set_index("year")["cv"]
    assert f"fell from {spread.iloc[0]:.3f} to {spread.iloc[-1]:.3f}" in text
    beta = of_capacity(provinces.table("convergence")).iloc[0]
    assert f"half of the gap closes in about {beta['half_life']:.1f} years" in text
    moves = of_capacity(provinces.table("transitions"))
    counts = moves.sort_values(["from_class", "to_class"])["count"]
    shown = tab.locator(".moves").first.locator("tbody .count").all_inner_texts()
    assert [int(re.sub(r"\D", "", cell)) for cell in shown] == counts.tolist()


def test_efficiency_follows_year_and_place(open_page, file, provinces):
    tab = open_page("lang=en&view=efficiency&place=CN-XJ", file=file)
    scores = provinces.table("efficiency").set_index(["year", "place"])["score"]
    targets = provinces.table("efficiency_targets").set_index(["year", "place", "indicator"])
    for year in (2022, 2015):
        tab.locator('[data-key="year"]').select_option(str(year))
        row = tab.locator('.yields tr[data-place="CN-XJ"]')
        assert f"{scores[year, 'CN-XJ']:.3f}" in row.inner_text()
        best = tab.locator(".yields .bar.best").count()
        assert best == (scores[year] > 1 - 1e-6).sum()
        change = targets.loc[(year, "CN-XJ", "sci_papers"), "change"]
        assert f"+{100 * change:.1f}%" in tab.locator(".targets").inner_text()
    tab.locator('[data-key="e/CN-BJ"]').click()
    assert "What Beijing would need to reach the frontier, 2015" in tab.locator(".efficiency").inner_text()
    tab.wait_for_timeout(200)
    assert "year=2015" in tab.evaluate("location.hash")


def test_choices_are_those_of_the_run(open_page, file, provinces):
    tab = open_page("lang=en&view=choices", file=file)
    text = tab.locator(".choices-view").inner_text()
    assert "All 54 combinations were computed" in text
    table = provinces.table("sensitivity").query(
        "method == 'exact' and output == 'rank' and place == 'CN-HI'"
    )
    cells = tab.locator(".heat").first.locator('tr[data-place="CN-HI"] .shade').all_inner_texts()
    assert cells == [f"{100 * value:.0f}%" if value else "0%" for value in table["total"]]


def test_the_method_says_what_each_step_changed(open_page, file, provinces):
    tab = open_page("lang=en&view=method", file=file)
    effect = of_capacity(provinces.table("effects")).set_index("step").loc["treat"]
    row = tab.locator(".effects tr", has_text="Outliers").inner_text()
    assert str(effect["values"]) in row
    assert f"by {effect['max_shift']:.0f} ({effect['from_rank']} → {effect['to_rank']})" in row


def test_a_chain_shows_the_treated_value(open_page, file, provinces):
    steps = provinces.table("steps").query("step == 'treated' and place == 'CN-BJ'").set_index("node")
    tab = open_page("lang=en&view=ranking&on=CN-BJ,rd_expenditure,raw", file=file)
    shown = tab.locator(".chain .steps > div", has_text="Outlier treated").inner_text()
    assert f"to {steps.loc['rd_expenditure', 'after']:.5f}" in shown


def test_takes_away_csv_and_picture(open_page, file):
    tab = open_page("lang=zh", file=file)
    for view, word in (("change", "2012"), ("efficiency", "规模效率"), ("choices", "异常值处理")):
        tab.locator(f'[data-key="view/{view}"]').click()
        with tab.expect_download() as found:
            tab.get_by_role("button", name="下载表格").click()
        assert word in Path(found.value.path()).read_text(encoding="utf-8-sig")
        with tab.expect_download() as found:
            tab.get_by_role("button", name="下载图片").click()
        assert Path(found.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_study_with_gaps_is_reweighted_as_python_does(open_page, root, tmp_path):
    folder = tmp_path / "gaps"
    shutil.copytree(root / "examples" / "china-provinces", folder, ignore=shutil.ignore_patterns("results"))
    settings = folder / "study.toml"
    text = settings.read_text(encoding="utf-8").replace("year = 2022", "year = 2016")
    settings.write_text(text.replace("draws = 10000", "draws = 200"), encoding="utf-8")
    run = innohub.run(folder)
    index = payload(run)["indices"][0]
    default = np.array([node["effective"] for node in index["nodes"] if node["indicator"]])
    points = dict(zip(index["leaves"], [5.0] * 10 + [9.0, 3.0, 20.0, 1.0], strict=True))
    found = rerank(
        np.array(index["normalised"], dtype=float),
        default,
        unpack_draws(index["draws"]["rows"], len(default)),
        np.array(list(points.values())),
        (),
        rule=gap_rule(run.settings.index["capacity"], index["nodes"]),
    )
    weights = ",".join(f"{leaf}:{value:g}" for leaf, value in points.items())
    tab = open_page(
        f"lang=en&weights={weights}&on=CN-XZ,capacity,score", file=page(run, tmp_path / "gaps.html")
    )
    assert tab.locator(".weights input:enabled").count() > 0
    for at, place in enumerate(index["places"]):
        score, ends = (
            tab.locator(f'.ranking [data-key="{place}/capacity/{what}"]').inner_text()
            for what in ("score", "rank")
        )
        assert score == f"{found.scores[at]:.3f}"
        assert ends == "–".join(map(str, dict.fromkeys((int(found.rank_low[at]), int(found.rank_high[at])))))
    chain = tab.locator(".chain")
    assert "The region lacks some indicators" in chain.inner_text()
    parts = chain.locator("tbody tr:not(.group) td:nth-child(4)").all_inner_texts()
    at = index["places"].index("CN-XZ")
    assert sum(float(part) for part in parts if part != "—") == pytest.approx(found.scores[at], abs=0.006)
