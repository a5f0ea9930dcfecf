"""Ecosystem, ties and registers in a browser: what stands there is the run's, and all of it can be taken away."""

import csv
import io
import re

import pytest

from innohub.web import page

pytestmark = pytest.mark.page
KEYS = r"\b(view|position|method|csv|insight|ecosystem|binds|flows|board|registers|unknowns|verdict|subject)\.\w+"
VIEWS = {
    "provinces": ("ecosystem", "binds", "flows", "method"),
    "holdings": ("registers", "method"),
    "works": ("flows", "method"),
}


@pytest.fixture(scope="module")
def files(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ecosystem")
    return {name: page(request.getfixturevalue(name), folder / f"{name}.html") for name in VIEWS}


@pytest.fixture
def start(open_page, files):
    def open_at(name, hash_, width=1280):
        return open_page(hash_, width=width, file=files[name], ready=".view > section")

    return open_at


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", VIEWS)
def test_views_fit_the_window_and_speak_in_full(start, name, width):
    tab = start(name, "lang=zh", width=width)
    assert (
        tab.evaluate("document.querySelector('#page').dataset.view")
        == {
            "provinces": "ranking",
            "holdings": "registers",
            "works": "flows",
        }[name]
    )
    for language in ("zh", "en"):
        for view in VIEWS[name]:
            tab.evaluate(f"location.hash = 'lang={language}&view={view}'")
            tab.wait_for_selector(f'#page[data-view="{view}"]')
            tab.wait_for_selector(f'html[lang="{"zh-CN" if language == "zh" else "en"}"]', state="attached")
            tab.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
            text = tab.locator("body").inner_text()
            assert not re.search(r"undefined|NaN|\[object|\{\w+\}", text), (view, language)
            assert not re.search(KEYS, text), (view, language, re.search(KEYS, text))
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, (view, language)


@pytest.mark.parametrize("name", VIEWS)
def test_every_table_can_be_taken_away(start, request, name):
    run = request.getfixturevalue(name)
    for view in VIEWS[name][:-1]:
        tab = start(name, f"lang=zh&view={view}")
        keys = tab.locator(".view .csv").evaluate_all("(all) => all.map((item) => item.dataset.key)")
        for k, key in enumerate(keys):
            if k and k % 9 == 0:  # a browser gives one page some ten files at most
                tab = start(name, f"lang=zh&view={view}")
            with tab.expect_download() as download:
                tab.locator(f'[data-key="{key}"]').click()
            rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
            table = key.removeprefix("csv/")
            assert len(rows) == 1 + len(run.table(table)), table
            assert not [head for head in rows[0] if re.fullmatch(r"[a-z_]{3,}", head)], (table, rows[0])
            assert len(set(rows[0])) == len(rows[0]), (table, rows[0])
    shown = {
        key
        for view in VIEWS[name][:-1]
        for key in start(name, f"lang=zh&view={view}")
        .locator(".view .csv")
        .evaluate_all("(all) => all.map((item) => item.dataset.key)")
    }
    families = ("coupling", "obstacle", "constraint", "chain_", "register_", "synergy", "pillars", "finance_")
    wanted = {
        f"csv/{table}" for table in run.table_names if table.startswith(families) and len(run.table(table))
    }
    assert wanted - {"csv/chain_fields"} <= shown


def test_the_plane_follows_year_variant_and_place(start, provinces):
    tab = start("provinces", "lang=en&view=ecosystem")
    table = provinces.table("coupling")
    whole = table[(table["first"] == "") & (table["second"] == "")]
    last = whole[(whole["year"] == whole["year"].max()) & (whole["variant"] == "classic")]
    assert tab.locator(".plane .spot").count() == last["coordination"].notna().sum()
    assert tab.locator(".plane .spot.held").get_attribute("data-place") == "CN-AH"
    first_d = f"{last['coordination'].max():.3f}"
    assert tab.locator(".coupling-table tbody tr").first.locator("td").first.inner_text().startswith(first_d)
    tab.locator('[data-key="year"]').focus()
    tab.keyboard.press("Home")
    year = whole["year"].min()
    tab.locator(".year-now", has_text=str(year)).wait_for()
    early = whole[(whole["year"] == year) & (whole["variant"] == "classic")].set_index("place")
    told = tab.locator('.plane [data-place="CN-AH"]').get_attribute("aria-label")
    assert f"D {early.loc['CN-AH', 'coordination']:.3f}" in told
    tab.locator('[data-key="variant/corrected"]').click()
    other = whole[(whole["year"] == year) & (whole["variant"] == "corrected")].set_index("place")
    told = tab.locator('.plane [data-place="CN-AH"]').get_attribute("aria-label")
    assert f"C {other.loc['CN-AH', 'coupling']:.3f}" in told
    tab.locator(".plane .spot.held").focus()
    tab.keyboard.press("ArrowUp")
    order = other.sort_values("coordination", ascending=False).index.tolist()
    held = tab.locator(".plane .spot.held").get_attribute("data-place")
    assert held == order[order.index("CN-AH") - 1]
    assert tab.locator(".warnings li").count() >= 1


def test_the_years_play_to_the_end_and_stop(start, provinces):
    tab = start("provinces", "lang=zh&view=ecosystem")
    years = sorted(provinces.table("coupling")["year"].unique())
    tab.evaluate(f"location.hash = 'lang=zh&view=ecosystem&year={years[-2]}'")
    tab.locator(".year-now", has_text=str(years[-2])).wait_for()
    tab.locator('[data-key="play"]').click()
    assert tab.locator('[data-key="play"]').get_attribute("aria-pressed") == "true"
    tab.locator(".year-now", has_text=str(years[-1])).wait_for()
    tab.wait_for_selector('[data-key="play"][aria-pressed="false"]')


def test_a_constraint_opens_the_row_it_was_read_from(start, provinces):
    tab = start("provinces", "lang=en&view=binds")
    rows = provinces.table("constraints").query("place == 'CN-AH'").sort_values("rank")
    names = tab.locator(".constraint h4").all_inner_texts()
    assert [name in text for name, text in zip(rows["name_en"], names, strict=True)] == [True] * len(rows)
    proof = provinces.table("constraint_evidence")
    proof = proof[proof["group"] == rows["group"].iloc[0]].sort_values("order").iloc[0]
    number = tab.locator(".constraint").first.locator("button.num").first
    number.focus()
    tab.keyboard.press("Enter")
    assert f"{proof['file']}, row {proof['row']}" in tab.locator(".dock .chain").inner_text()
    tab.keyboard.press("Escape")
    assert tab.locator(".dock .chain").count() == 0
    degree = provinces.table("obstacles").query("place == 'CN-AH' and year == 2022")["degree"].max()
    top = tab.locator(".obstacle-table").nth(1).locator("tbody tr").first
    assert top.locator("td").first.inner_text() == f"{100 * degree:.1f}%"


def test_the_weakest_chain_is_marked(start, provinces):
    tab = start("provinces", "lang=zh&view=flows")
    fusion = provinces.table("chain_fusion")
    fusion = fusion[fusion["year"] == fusion["year"].max()]
    rows = tab.locator(".chain-table").first.locator("tbody tr")
    assert rows.count() == len(fusion)
    single = fusion["weakest"].str.split(";").str.len()
    weak = single[single < 4].sum()
    assert tab.locator(".chain-table .weakest").count() == weak
    assert "分工成立" in tab.locator(".flows").inner_text()


def test_pillars_open_and_an_incomplete_register_proves_nothing(start, holdings):
    tab = start("holdings", "lang=zh&view=registers")
    pillars = holdings.table("pillars").query("place == 'guangzhou'")
    filled = pillars[pillars["filled"]].groupby(["pillar", "slot"]).ngroups
    assert tab.locator("button.slot-cell").count() == filled
    assert tab.locator(".slot-cell.gap").count() == 20 - filled
    tab.locator('[data-key="slot/finance/activity"]').focus()
    tab.keyboard.press("Enter")
    own = pillars[(pillars["pillar"] == "finance") & (pillars["slot"] == "activity")]
    assert tab.locator(".open-entries tbody tr").count() == len(own)
    assert "近12,000" in tab.locator(".open-entries").inner_text()
    text = tab.locator(".registers").inner_text()
    assert "未作检验" in text
    assert "不能证实" in text
    assert "成立；" not in text
    tab.locator('[data-key="register/finance"]').click()
    assert tab.locator(".open-entries tbody tr").count() == len(holdings.table("register_finance"))
    assert "超过2,000亿元" in tab.locator(".open-entries").inner_text()


def test_ties_stand_against_expectation(start, works):
    tab = start("works", "lang=en&view=flows&home=DE")
    whole = works.table("synergy").query("place == '' and kind == 'cities'").iloc[0]
    first = tab.locator(".synergy-table").nth(1).locator("tbody tr").first
    assert first.locator("th").inner_text() == "All together"
    assert first.locator("td").nth(3).inner_text() == f"{whole['ratio']:.2f}"
    assert tab.locator(".synergy-table tr.held").count() == 2
    assert "no direction" in tab.locator(".flows").inner_text()


def test_subjects_lead_to_views_and_remember_the_last(start):
    tab = start("provinces", "lang=en&view=ecosystem")
    subjects = tab.locator(".subjects button").all_inner_texts()
    assert subjects == ["Ranking", "Positioning", "Ecosystem", "Method and sources"]
    tab.locator('[data-key="view/binds"]').click()
    tab.locator('[data-key="subject/ranking"]').click()
    tab.wait_for_selector('#page[data-view="ranking"]')
    tab.locator('[data-key="subject/ecosystem"]').click()
    tab.wait_for_selector('#page[data-view="binds"]')
    narrow = start("provinces", "lang=en&view=ecosystem", width=390)
    narrow.locator('[data-key="view"]').select_option("flows")
    narrow.wait_for_selector('#page[data-view="flows"]')
    assert narrow.locator(".view-menu optgroup").count() == 3
