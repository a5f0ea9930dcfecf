"""The views beside the grid in a browser: what stands in them is what the run has, and all of it can be taken away."""

import csv
import io
import re

import pytest

from innohub.web import page

pytestmark = pytest.mark.page
TABLES = {
    "standing": ["checklists", "checklist_counts"],
    "alike": ["similar", "similar_parts", "comparison"],
    "models": [
        "model_mix", "model_fit", "model_slots", "centre_path", "centre_roles", "laboratories",
        "laboratory_kinds", "modes", "cases",
    ],
    "dynamics": ["triangle", "triangle_loop", "balance"],
    "roles": [
        "hub_position", "hub_limits", "hub_ties", "rollups", "rollup_untagged", "containment", "containment_shares",
        "special_functions", "local_types", "local_tests",
    ],
}  # fmt: skip
KEYS = r"\b(view|position|method|csv|insight|alike|models|modes|dynamics|roles|level)\.\w+"


@pytest.fixture(scope="module")
def file(provinces, tmp_path_factory):
    return page(provinces, tmp_path_factory.mktemp("insight") / "page.html")


@pytest.fixture
def start(open_page, file):
    def open_at(hash_, width=1280):
        return open_page(hash_, width=width, file=file, ready=".view > section")

    return open_at


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_views_fit_the_window_and_speak_in_full(start, language, width):
    tab = start(f"lang={language}&view=position", width=width)
    for view in ("position", *TABLES, "method"):
        tab.evaluate(f"location.hash = 'lang={language}&view={view}'")
        tab.wait_for_selector(f'#page[data-view="{view}"]')
        tab.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        text = tab.locator("body").inner_text()
        assert not re.search(r"undefined|NaN|\[object|\{\w+\}", text), view
        assert not re.search(KEYS, text), view
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, view


def test_every_table_can_be_taken_away(start, provinces):
    for view, names in TABLES.items():
        tab = start(f"lang=zh&view={view}")  # a browser gives one page some ten files at most
        for name in names:
            with tab.expect_download() as download:
                tab.locator(f'[data-key="csv/{name}"]').click()
            rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
            assert len(rows) == 1 + len(provinces.table(name)), name
            assert {len(row) for row in rows} == {len(rows[0])}
            # every head is in words, and no two say the same
            assert not [head for head in rows[0] if re.fullmatch(r"[a-z_]{3,}", head)], rows[0]
            assert len(set(rows[0])) == len(rows[0]), rows[0]


def test_similar_places_and_the_comparison(start, provinces):
    tab = start("lang=en&view=alike")
    names = provinces.table("places").set_index("place")["name_en"]
    rows = provinces.table("similar").query("place == 'CN-AH' and chosen").sort_values("rank")
    assert tab.locator(".alike-table > tbody > tr > th").all_inner_texts() == names[rows["peer"]].tolist()
    parts = provinces.table("similar_parts")
    parts = parts[(parts["place"] == "CN-AH") & (parts["peer"] == rows["peer"].iloc[0])]
    first = tab.locator(".alike-table > tbody > tr").first
    assert first.locator(".stack > span").count() == len(parts)
    first.locator("summary").focus()
    tab.keyboard.press("Enter")
    shares = [
        int(text.rstrip("%").lstrip("<>"))
        for text in first.locator("details td:last-child").all_inner_texts()
    ]
    assert sum(shares) == pytest.approx(100, abs=len(shares))
    assert shares == sorted(shares, reverse=True)
    table = provinces.table("comparison")
    assert tab.locator(".beside-table tbody tr").count() == table["node"].nunique()
    assert tab.locator(".beside-table td.best").count() == int(table["best"].sum())


def test_models_are_a_mixture_and_modes_have_cases(start, provinces):
    tab = start("lang=en&view=models")
    fit = provinces.table("model_fit").iloc[0]
    answer = tab.locator(".insight .answer").first
    assert ("warn" in answer.get_attribute("class")) == (not fit["fits"])
    assert f"{fit['residual']:.2f}" in answer.inner_text()
    weights = provinces.table("model_mix").sort_values("weight", ascending=False)["weight"]
    shown = tab.locator(".mix-table tbody td:nth-child(2)").all_inner_texts()
    assert [text.split("%")[0] for text in shown] == [f"{100 * weight:.0f}" for weight in weights]
    widest = tab.locator(".widest-gap")
    slots = provinces.table("model_slots").set_index(["model", "slot"])
    assert widest.inner_text() == f"{slots.loc[(fit['gap_model'], fit['gap_slot']), 'model_value']:.2f}"
    assert "industrial clusters" in tab.locator(".borrow").inner_text()
    cases = provinces.table("cases")
    assert tab.locator(".case").count() == cases["case"].nunique()
    dji = tab.locator(".case", has_text="DJI").inner_text()
    assert "CNY 26 billion" in dji
    assert "2021" in dji
    assert "128.0% a year" in dji
    assert "A paper on the innovation ecosystem" in dji


def test_the_triangle_marks_its_weakest_arrow(start, provinces):
    tab = start("lang=en&view=dynamics")
    arrows = provinces.table("triangle")
    drawn = tab.locator(".hub-triangle .coefficient").all_text_contents()
    assert drawn == [f"{value:.3f}" for value in arrows["coefficient"]]
    assert tab.locator(".hub-triangle .arrow.weak").count() == 1
    assert tab.locator(".arrow-table tr", has_text="weakest arrow").count() == int(arrows["is_weakest"].sum())
    text = tab.locator(".dynamics").inner_text()
    assert "Correlation, not cause" in text
    assert f"Loop gain {provinces.table('triangle_loop')['gain'].iloc[0]:.3f}" in text
    balance = provinces.table("balance").query("place == 'CN-AH'").iloc[-1]
    assert f"coordination {balance['D']:.2f}" in text


def test_findings_weights_and_badges_stand_where_they_are_asked_for(start, provinces):
    tab = start("lang=zh&view=method")
    findings = provinces.table("findings")
    rows = tab.locator(".findings tbody tr")
    assert rows.count() == len(findings)
    for row, (_, finding) in zip(rows.all_inner_texts(), findings.iterrows(), strict=True):
        assert row.split("\t")[0].strip() == finding["code"]
        assert finding["hint_zh"] in row
    tab.locator('[data-key="subject/positioning"]').click()
    function = tab.locator(".box.held").get_attribute("data-key").split("/")[1]
    uses = provinces.table("function_indicators")
    weights = uses.loc[uses["function"] == function, "weight"]
    shown = tab.locator(".indicator .weight").all_inner_texts()
    assert shown == [f"权重{w:g}（{100 * w / weights.sum():.0f}%）" for w in weights]
    tab.locator('[data-key="badges"]').focus()
    tab.keyboard.press("Enter")
    rules = provinces.table("classes").query("place == 'CN-AH'")["rule_zh"]
    assert all(rule in tab.locator(".badge-line").inner_text() for rule in rules)
