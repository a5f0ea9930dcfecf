"""The exported page: one file, opened from disk in a browser that may ask for nothing."""

import base64
import hashlib
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from innohub.errors import StoreError
from innohub.web import page, payload, rerank
from innohub.web.land_data import land_data
from innohub.web.page import escape_json, render
from innohub.web.rerank import unpack_draws

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in BROWSERS if (found := shutil.which(name))), None)
browsing = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt install chromium")


def test_is_one_small_file(exported, flagship_run):
    data = len(escape_json(payload(flagship_run)).encode("utf-8"))
    assert exported.stat().st_size - data < 1_000_000


def test_is_the_same_twice(exported, flagship_run, tmp_path):
    assert page(flagship_run, tmp_path / "again.html").read_bytes() == exported.read_bytes()


def test_leaves_no_temporary_file(exported):
    assert [path.name for path in exported.parent.iterdir()] == ["page.html"]


def test_keeps_the_old_file_when_writing_fails(flagship_run, tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")

    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StoreError) as caught:
        page(flagship_run, target)
    assert caught.value.findings[0].code == "W003"
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_names_no_address_to_load_from(exported):
    text = exported.read_text(encoding="utf-8")
    head = text.partition('<script type="application/json"')[0]
    assert not re.search(r"https?://", head)
    assert not re.search(r"@import|url\((?!data:)", head)


def test_lets_only_its_own_script_run(exported):
    text = exported.read_text(encoding="utf-8")
    script = text.rpartition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text


def test_data_cannot_end_the_script(flagship_run):
    data = payload(flagship_run)
    data["study"]["title"]["zh"] = "</script><script>alert(1)</script>\u2028<!--"
    html = render(data)
    assert html.count("<script") == 2
    assert "\u2028" not in html.partition('<script type="application/json"')[2]
    assert "<title>&lt;/script&gt;" in html


def rows(tab):
    """Text of every row of the ranking."""
    return tab.locator(".ranking tbody tr").all_inner_texts()


def move(tab, label, value):
    """Move a slider, and wait until the page has drawn it."""
    tab.get_by_role("slider", name=label).evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', {bubbles: true})); }",
        str(value),
    )
    tab.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def address(tab, *, changed):
    """The address once it tells, or no longer tells, of changed weights: it follows a drag a little later."""
    for _ in range(200):
        hash_ = tab.evaluate("location.hash").removeprefix("#")
        if ("weights=" in hash_) == changed:
            return hash_
        tab.wait_for_timeout(50)
    pytest.fail(f"the address stays {hash_}")


@pytest.mark.page
@browsing
@pytest.mark.parametrize("view", ["ranking", "map", "profile", "compare", "table", "robustness", "method"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 400])
def test_every_view_opens_within_the_window(open_page, view, language, width):
    tab = open_page(f"lang={language}&view={view}&place=shaanxi", width=width)
    assert tab.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[language]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1280:
        assert tab.evaluate("document.documentElement.scrollHeight") <= 800
    text = tab.locator("body").inner_text()
    assert not re.search(r"undefined|NaN|\[object|\{\w+\}", text)
    assert not re.search(r"\b(view|profile|chain|ranking|method|robustness)\.\w+", text)
    if language == "zh":
        assert "长三角" in text
    else:
        assert "Yangtze River Delta" in text


@pytest.mark.page
@browsing
def test_ranking_shows_score_interval_and_tier(open_page, flagship_run):
    tab = open_page("lang=zh")
    scores = flagship_run.table("scores").query("node == 'centre'").sort_values("rank")
    names = flagship_run.table("places").set_index("place")["name_zh"]
    shown = [re.split(r"\s+", row) for row in rows(tab)]
    for cells, (_, score) in zip(shown, scores.iterrows(), strict=True):
        assert cells[0] == str(score["rank"])
        assert cells[1] == names[score["place"]]
        assert cells[2] == f"{score['score']:.3f}"
        assert cells[3] == f"{score['rank_low']:.0f}–{score['rank_high']:.0f}"
    assert [cells[1] for cells in shown if "两级之间" in cells] == ["陕西", "福建"]


@pytest.mark.page
@browsing
def test_a_slider_moves_ranks_intervals_and_map(open_page):
    tab = open_page("lang=zh")
    before = rows(tab)
    move(tab, "“研发投入”的权重", 45)
    after = rows(tab)
    assert after != before
    assert [re.split(r"\s+", row)[3] for row in after] != [re.split(r"\s+", row)[3] for row in before]
    assert tab.locator(".ranking .was").count() > 0
    assert tab.locator(".bar .tick").count() == 14
    tab.get_by_role("button", name="恢复默认权重").click()
    tab.wait_for_selector(".weights .changed", state="detached")
    assert rows(tab) == before


@pytest.mark.page
@browsing
def test_no_move_of_a_quick_drag_is_lost(open_page):
    tab = open_page("lang=zh&open=input")
    before = rows(tab)
    tab.evaluate("""() => {
      const at = (key, value) => {
        const slider = document.querySelector(`[data-key="w/${key}"]`);
        slider.value = String(value);
        slider.dispatchEvent(new Event('input', {bubbles: true}));
      };
      for (let k = 0; k <= 100; k++) { at('knowledge', k); at('industrialisation', 150 - k); at('input', k / 3); }
    }""")
    hash_ = address(tab, changed=True)
    assert "universities_double_first_class:25" in hash_
    assert "rd_intensity_pct:33.5" in hash_
    other = open_page(hash_)
    assert rows(other) == rows(tab) != before
    tab.get_by_role("button", name="恢复默认权重").click()
    address(tab, changed=False)
    assert rows(tab) == before


@pytest.mark.page
@browsing
@pytest.mark.parametrize(
    "points", [[50] + [1] * 9, [0, 30, 5, 12.5, 40, 1, 3, 0, 7.25, 22], [5] * 4 + [25] * 6]
)
def test_tilted_numbers_are_those_of_python(open_page, flagship_run, points):
    data = payload(flagship_run)
    index = data["indices"][0]
    default = np.array([node["effective"] for node in index["nodes"] if node["indicator"]])
    draws = unpack_draws(index["draws"]["rows"], len(default))
    sizes = tuple(data["tiers"]["sizes"])
    found = rerank(np.array(index["normalised"]), default, draws, np.array(points, dtype=float), sizes)
    weights = ",".join(f"{leaf}:{value}" for leaf, value in zip(index["leaves"], points, strict=True))
    tab = open_page(f"lang=en&weights={weights}")
    for at, place in enumerate(index["places"]):
        shown = {
            what: tab.locator(f'.ranking [data-key="{place}/centre/{what}"]').inner_text()
            for what in ("score", "rank", "tier")
        }
        ends = dict.fromkeys((int(found.rank_low[at]), int(found.rank_high[at])))
        largest = found.probability[at].max()
        assert shown["score"] == f"{found.scores[at]:.3f}"
        assert shown["rank"] == "–".join(map(str, ends))
        assert shown["tier"].strip("<>%") in (f"{100 * largest:.0f}", "99" if largest >= 0.995 else "")
        bar = tab.locator(f'tr[data-place="{place}"] .bar').get_attribute("aria-label")
        assert f"interval {found.score_low[at]:.3f} to {found.score_high[at]:.3f}" in bar


@pytest.mark.page
@browsing
def test_a_locked_weight_keeps_its_share(open_page):
    tab = open_page("lang=en")
    tab.get_by_role("button", name="Lock the weight of Knowledge base").click()
    assert tab.get_by_role("slider", name="Weight of Knowledge base").is_disabled()
    move(tab, "Weight of R&D input", 40)
    shares = tab.locator(".weights output").all_inner_texts()
    assert shares[:2] == ["40.0%", "40.0%"]
    other = open_page(address(tab, changed=True))
    assert other.locator(".weights output").all_inner_texts() == shares
    assert rows(other) == rows(tab)
    tab.get_by_role("button", name="Back to default").click()
    tab.wait_for_selector('.lock[aria-pressed="true"]', state="detached")
    assert tab.locator(".weights output").first.inner_text() == "40.0%"


@pytest.mark.page
@browsing
def test_all_weights_zero_is_said_in_words(open_page):
    tab = open_page("lang=en")
    for name in ("Knowledge base", "R&D input", "Technology output", "Industrialisation"):
        move(tab, f"Weight of {name}", 0)
    tab.wait_for_selector(".ranking-panel .warn")
    assert "Every weight is zero" in tab.locator(".ranking-panel").inner_text()


@pytest.mark.page
@browsing
def test_the_address_restores_the_table(open_page):
    tab = open_page("lang=en&place=shaanxi&open=input")
    move(tab, "Weight of R&D intensity", 30)
    tab.get_by_role("button", name="Compare", exact=True).click()
    tab.wait_for_timeout(300)
    hash_ = tab.evaluate("location.hash").removeprefix("#")
    assert "weights=rd_intensity_pct:30" in hash_
    other = open_page(hash_)
    assert rows(other) == rows(tab)
    assert other.locator(".view").inner_text() == tab.locator(".view").inner_text()


@pytest.mark.page
@browsing
def test_language_changes_nothing_else(open_page):
    tab = open_page("lang=zh&view=profile&place=gba&on=gba,centre,rank")
    numbers = re.findall(r"0\.\d{3}", " ".join(rows(tab)))
    wide = tab.locator(".left").bounding_box()["width"]
    tab.get_by_role("button", name="English").click()
    assert re.findall(r"0\.\d{3}", " ".join(rows(tab))) == numbers
    assert "Greater Bay Area" in tab.locator(".profile h2").inner_text()
    assert "where the rank comes from" in tab.locator(".chain h2").inner_text()
    assert tab.locator(".left").bounding_box()["width"] == wide


@pytest.mark.page
@browsing
def test_a_number_opens_its_chain_to_file_and_row(open_page, flagship_run):
    tab = open_page("lang=en&view=table")
    cell = (
        flagship_run.table("panel").query("place == 'gba' and indicator == 'firms_with_rd_share_pct'").iloc[0]
    )
    tab.locator('[data-key="gba/firms_with_rd_share_pct/raw"]').click()
    chain = tab.locator(".chain").inner_text()
    assert f"panel.csv, row {cell['row']}, column “value”, written “{cell['cell']}”" in chain
    assert "† substitute value" in chain
    assert "张文忠" in chain
    tab.keyboard.press("Escape")
    assert tab.locator(".chain").count() == 0
    assert tab.evaluate("document.activeElement.dataset.key") == "gba/firms_with_rd_share_pct/raw"
    tab.locator('.ranking [data-key="gba/centre/score"]').click()
    chain = tab.locator(".chain").inner_text()
    assert chain.count("panel.csv, row") == 10


@pytest.mark.page
@browsing
def test_works_by_keyboard_alone(open_page):
    tab = open_page("lang=en")
    reached = set()
    for _ in range(40):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.dataset.key || document.activeElement.tagName"))
    assert {
        "lang/zh",
        "csv",
        "view/map",
        "w/knowledge",
        "fold/knowledge",
        "row/yangtze-river-delta",
        "map.in",
    } <= reached
    tab.locator('[data-key="row/yangtze-river-delta"]').focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.dataset.key") == "row/gba"
    assert "Greater Bay Area" in tab.locator(".profile h2").inner_text()
    tab.locator('[data-key="w/input"]').focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_selector(".weights .changed")
    assert tab.evaluate("document.activeElement.dataset.key") == "w/input"


@pytest.mark.page
@browsing
def test_takes_away_csv_and_picture(open_page, tmp_path):
    tab = open_page("lang=zh")
    with tab.expect_download() as found:
        tab.get_by_role("button", name="下载表格").click()
    text = Path(found.value.path()).read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert "长三角" in text.decode("utf-8")
    for view in ("ranking", "map", "profile", "compare", "robustness"):
        tab.locator(f'[data-key="view/{view}"]').click()
        with tab.expect_download() as found:
            tab.get_by_role("button", name="下载图片").click()
        picture = Path(found.value.path()).read_bytes()
        assert picture.startswith(b"\x89PNG")
        wide, high = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
        assert wide > 1000
        assert high > 800
    for key in ("view/table", "subject/method"):
        tab.locator(f'[data-key="{key}"]').click()
        assert tab.get_by_role("button", name="下载图片").is_disabled()


@pytest.mark.page
@browsing
def test_says_how_to_cite_and_recompute(open_page, flagship_run):
    tab = open_page("lang=en&view=method&weights=rd_intensity_pct:30")
    cite, code, weights = tab.locator(".quote pre").all_inner_texts()
    assert "Tiers of China's science and technology innovation centres, 2020 (2020)" in cite
    assert flagship_run.manifest["innohub:run"] in cite
    assert "innohub run china-regions-2020" in code
    shares = [float(line.partition(",")[2]) for line in weights.splitlines()[1:]]
    assert sum(shares) == pytest.approx(1, abs=1e-3)
    assert max(shares) == 0.25


@pytest.mark.page
@browsing
def test_likeness_has_its_reason(open_page):
    tab = open_page("lang=en&view=profile&place=shaanxi")
    reasons = tab.locator(".peers .reason").all_inner_texts()
    assert len(reasons) == 3
    assert all(re.match(r"nearest in .+; farthest in .+", reason) for reason in reasons)


@pytest.mark.page
@browsing
def test_a_sliders_answer_is_drawn_at_once(open_page):
    tab = open_page("lang=zh")
    took = tab.evaluate("""async () => {
      const slider = document.querySelector('[data-key="w/knowledge"]');
      const times = [];
      for (let k = 0; k < 20; k++) {
        slider.value = String(10 + 7 * k);
        const start = performance.now();
        slider.dispatchEvent(new Event('input', {bubbles: true}));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[10];
    }""")
    assert took < 250


@pytest.mark.page
@browsing
def test_a_study_across_the_180th_meridian_has_its_map(open_page, flagship_run, tmp_path):
    data = payload(flagship_run)
    for at, place in enumerate(data["places"]):
        place |= {"lon": (170.0 + 2 * at + 180) % 360 - 180, "lat": -20.0 + at}
    land = land_data(data["places"])
    data |= {"plan": [], "meridian": land.meridian, "land": land.rings}
    file = tmp_path / "pacific.html"
    file.write_text(render(data), encoding="utf-8")
    tab = open_page("lang=en&view=map", file=file)
    # Framed on the islands alone: the open sea in the middle is white, and no shore crosses the canvas.
    colours = tab.evaluate("""() => {
      const canvas = document.querySelector('.map-ground');
      const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      let land = 0;
      for (let k = 3; k < pixels.length; k += 4) land += pixels[k] > 0;
      return land / (pixels.length / 4);
    }""")
    assert colours < 0.2


@pytest.mark.page
@browsing
def test_names_the_places_that_the_map_cannot_show(open_page, flagship_run, tmp_path):
    data = payload(flagship_run)
    next(place for place in data["places"] if place["id"] == "hubei")["lat"] = None
    file = tmp_path / "absent.html"
    file.write_text(render(data), encoding="utf-8")
    tab = open_page("lang=en&view=map", file=file)
    assert "having no coordinates: Hubei" in tab.locator(".map-legend").inner_text()


@pytest.mark.page
@browsing
def test_texts_of_the_study_are_never_html(open_page, flagship_run, tmp_path):
    data = payload(flagship_run)
    for place in data["places"]:
        place["name"]["zh"] += '<img src=x onerror="document.title=1">'
    file = tmp_path / "hostile.html"
    file.write_text(render(data), encoding="utf-8")
    tab = open_page("lang=zh&view=compare", file=file)
    assert tab.locator("img").count() == 0
    assert "<img" in rows(tab)[0]
    assert tab.title() != "1"


@pytest.mark.page
@browsing
def test_a_geometric_index_shows_why_its_sliders_rest(open_page, flagship_run, tmp_path):
    data = payload(flagship_run)
    data["indices"][0]["obstacle"] = "geometric"
    file = tmp_path / "geometric.html"
    file.write_text(render(data), encoding="utf-8")
    tab = open_page("lang=zh", file=file)
    assert tab.locator(".weights input:enabled").count() == 0
    assert "几何平均" in tab.locator(".weights .warn").inner_text()


@pytest.mark.page
@browsing
@pytest.mark.parametrize("view", ["ranking", "map", "profile", "compare", "robustness", "method"])
def test_a_bare_study_still_opens(open_page, flagship_run, tmp_path, view):
    """No tiers, plan, draws, alternatives or coordinates; negative scores."""
    data = payload(flagship_run)
    index = data["indices"][0]
    data |= {"tiers": None, "plan": [], "comparison": [], "land": []}
    index |= {"alternatives": [], "acceptability": [], "wins": []}
    index["draws"] |= {"count": 0, "rows": ""}
    for standing in index["standings"]:
        standing |= {
            "score": standing["score"] - 0.3,
            "score_low": None,
            "score_high": None,
            "rank_low": None,
            "rank_high": None,
        }
    for place in data["places"]:
        place |= {"lat": None, "lon": None}
    file = tmp_path / "bare.html"
    file.write_text(render(data), encoding="utf-8")
    tab = open_page(f"lang=en&view={view}&on=gba,centre,rank", file=file)
    text = tab.locator("body").inner_text()
    assert not re.search(r"undefined|NaN|null|\[object|\{\w+\}", text)
    assert tab.locator(".weights input:enabled").count() == 0
    if view in ("ranking", "map"):
        assert "fill in lat and lon" in text
