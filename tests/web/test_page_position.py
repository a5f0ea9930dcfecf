"""The views of positions in a browser: the grid by mouse and keyboard, sources, peers, standing, claims."""

import csv
import io
import re

import pytest

from innohub.web import page, payload

pytestmark = pytest.mark.page
VIEWS = ["position", "rivals", "standing", "claims", "method"]


@pytest.fixture(scope="module")
def file(guangzhou, tmp_path_factory):
    return page(guangzhou, tmp_path_factory.mktemp("grid") / "page.html")


@pytest.fixture
def start(open_page, file):
    def open_at(hash_, width=1280, height=800):
        return open_page(hash_, width=width, height=height, file=file, ready=".view > section")

    return open_at


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_view_opens_within_the_window(start, view, language, width):
    tab = start(f"lang={language}&view={view}", width=width)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1280:
        assert tab.evaluate("document.documentElement.scrollHeight") <= 800
    text = tab.locator("body").inner_text()
    assert not re.search(r"undefined|NaN|\[object|\{\w+\}", text)
    assert not re.search(r"\b(view|position|evidence|chain|method|csv|profile)\.\w+", text)
    assert ("广州" if language == "zh" else "Guangzhou") in text


def test_without_an_index_there_is_no_ranking(start):
    tab = start("lang=en")
    tabs = tab.locator(".tabs:not(.subjects) button").all_inner_texts()
    assert tabs == ["Position", "Peers", "Standing", "Claims", "Peers alike", "Models"]
    assert tab.locator(".subjects button").all_inner_texts() == ["Positioning", "Method and sources"]
    assert not tab.locator(".left").is_visible()
    assert tab.locator("input[type=range]").count() == 0
    again = start("lang=en&view=ranking")
    assert again.locator("table.positions").count() == 1


def test_a_cell_says_all_to_a_screen_reader(start, guangzhou):
    tab = start("lang=en")
    cells = guangzhou.table("positions")
    assert tab.locator(".box").count() == len(cells)
    for _, row in cells.iterrows():
        label = tab.locator(f'[data-key="cell/{row.function}/{row.scope}/{row.set}"]').get_attribute(
            "aria-label"
        )
        assert row.verdict in label
        if row.verdict != "not tested":
            assert f"q {row.q:.2f}" in label
        assert ("widest" in label) == row.widest


def test_a_cell_lists_its_peers_from_the_best(start, guangzhou):
    tab = start("lang=en")
    tab.locator('[data-key="cell/knowledge/international/abroad"]').click()
    names = guangzhou.table("places").set_index("place")["name_en"]
    rows = guangzhou.table("relations").query(
        "function == 'knowledge' and set == 'abroad' and indicator == 'sci_papers'"
    )
    wanted = names[rows.sort_values("peer_value", ascending=False)["peer"]].tolist()
    shown = tab.locator(".league").first.locator("tbody th").all_inner_texts()
    own = (rows["peer_value"] > rows["value"].iloc[0]).sum()
    assert shown == [*wanted[:own], "Guangzhou", *wanted[own:]]
    sentence = tab.locator(".sentence").first.inner_text()
    assert "73,300, 6.3% of the national total, above Singapore (63,500)" in sentence
    assert "but below Tokyo" in sentence


def test_every_number_opens_its_row(start, guangzhou):
    tab = start("lang=zh&cell=knowledge,international,abroad")
    panel = guangzhou.table("panel").set_index("row")
    for button in tab.locator(".cell-pane button.num").all():
        place, indicator, where = button.get_attribute("data-key").split("/", 2)
        row = int(where.partition(":")[2])
        button.click()
        told = tab.locator(".dock .chain").inner_text()
        assert f"panel.csv 第{row}行" in told
        assert f"“{panel.loc[row, 'cell']}”" in told
        assert panel.loc[row, "place"] == place or panel.loc[row, "indicator"] != indicator
        tab.keyboard.press("Escape")
        assert tab.locator(".dock .chain").count() == 0
        assert tab.evaluate("document.activeElement.dataset.key") == button.get_attribute("data-key")


def test_the_grid_works_with_arrow_keys(start):
    tab = start("lang=en&cell=talent,international,abroad")
    tab.locator(".box.held").focus()
    for key, held in (
        ("ArrowRight", "talent/international/abroad-no-countries"),
        ("ArrowDown", "information/international/abroad-no-countries"),
        ("ArrowLeft", "information/international/abroad"),
        ("ArrowUp", "talent/international/abroad"),
        ("ArrowUp", "talent/international/abroad"),
    ):
        tab.keyboard.press(key)
        assert tab.evaluate("document.activeElement.dataset.key") == f"cell/{held}"
        assert tab.locator(".box[tabindex='0']").get_attribute("data-key") == f"cell/{held}"
    assert "Talent agglomeration" in tab.locator(".cell-pane h2").inner_text().capitalize()


def test_marked_peers_can_be_left_out_of_sight(start):
    tab = start("lang=en&cell=talent,international,abroad")
    before = tab.locator(".league").first.locator("tbody tr").count()
    q = tab.locator(".box.held b").inner_text()
    tab.locator('[data-key="mark/boundary"]').click()
    after = tab.locator(".league").first.locator("tbody tr").count()
    assert after < before
    assert tab.locator(".filter .warn").count() == 1
    assert tab.locator(".box.held b").inner_text() == q
    tab.wait_for_timeout(200)
    hash_ = tab.evaluate("location.hash").removeprefix("#")
    assert "hide=boundary" in hash_
    assert start(hash_).locator(".cell-pane").inner_text() == tab.locator(".cell-pane").inner_text()


def test_peers_are_drawn_relative_to_the_place(start, guangzhou):
    tab = start("lang=en&view=rivals&facts=sci_papers&rivals=london,tokyo,hong-kong,singapore")
    assert tab.locator(".dots [data-place]").count() == 4
    open_ = tab.locator(".dots [data-place] path[fill='#fff']").count()
    rows = (
        guangzhou.table("relations").drop_duplicates(["indicator", "peer"]).set_index(["indicator", "peer"])
    )
    marks = [
        rows.loc[("sci_papers", peer), "marks"] for peer in ("london", "tokyo", "hong-kong", "singapore")
    ]
    assert open_ == sum(bool(mark) for mark in marks)
    tab.locator('[data-key="drop/london"]').click()
    assert tab.locator(".dots [data-place]").count() == 3
    tab.locator('[data-key="add/facts"]').select_option("population_15_64")
    tab.wait_for_timeout(200)
    hash_ = tab.evaluate("location.hash").removeprefix("#")
    assert "facts=sci_papers,population_15_64" in hash_
    assert start(hash_).locator(".view").inner_text() == tab.locator(".view").inner_text()


def test_claims_say_what_the_conclusion_drops(start):
    tab = start("lang=zh&view=claims")
    row = tab.locator(".claim-table tr", has_text="亚太创业高地")
    assert "结论未列" in row.inner_text()
    assert "正文论证8项，结论列出7项" in tab.locator(".claims").inner_text()
    assert tab.locator(".claim-table tr", has_text="亚太技术扩散中心").inner_text().count("亚太扩散中心") == 1


def test_tables_can_be_taken_away(start, guangzhou):
    tab = start("lang=en")
    for view, key in (
        ("position", "position"),
        ("position", "league"),
        ("rivals", "rivals"),
        ("claims", "claims"),
        ("standing", "classes"),
        ("standing", "stages"),
        ("standing", "equivalents"),
        ("standing", "targets"),
        ("standing", "technologies"),
        ("standing", "conditions"),
    ):
        tab.locator(f'[data-key="view/{view}"]').click()
        with tab.expect_download() as download:
            tab.locator(f'[data-key="csv/{key}"]').click()
        text = download.value.path().read_text(encoding="utf-8")
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text[1:])))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not any(re.search(r"position\.|csv\.", cell) for cell in rows[0])
        if key == "position":
            assert len(rows) == 1 + len(guangzhou.table("positions"))


def test_with_an_index_both_are_there(both, open_page, tmp_path):
    file = page(both, tmp_path / "both.html")
    tab = open_page("lang=en", file=file)
    assert tab.locator(".left").is_visible()
    tab.locator('[data-key="subject/positioning"]').click()
    tab.wait_for_selector("table.positions")
    assert not tab.locator(".left").is_visible()
    tab.locator('[data-key="subject/ranking"]').click()
    assert tab.locator(".ranking tbody tr").count() == len(payload(both)["indices"][0]["places"])
    tab.go_back()
    tab.wait_for_selector("table.positions")
