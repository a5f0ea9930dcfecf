"""Every figure of the shipped study and of made ones: drawn whole, legible, in both languages, and always the same."""

import re
import xml.etree.ElementTree as ET
from io import BytesIO

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from innohub.chart import Picture, draw, names
from innohub.fonts import missing_glyphs
from innohub.words import LANGUAGES

FIGURES = ("ranking", "tiers", "map", "indicators", "acceptability", "alternatives", "sizes")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(flagship_run):
    return {
        (name, lang): draw(name, flagship_run, lang) for name in names(flagship_run) for lang in LANGUAGES
    }


def test_the_shipped_study_supports_every_figure(flagship_run):
    assert names(flagship_run) == list(FIGURES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_is_whole(pictures, name, language):
    picture = pictures[name, language]
    assert isinstance(picture, Picture)
    assert (picture.name, picture.language) == (name, language)
    assert picture.width_mm == pytest.approx(160.0)
    assert 30 < picture.height_mm <= 225
    wide, tall = Image.open(BytesIO(picture.png)).size
    assert (wide, tall) == pytest.approx((160 / 25.4 * 300, picture.height_mm / 25.4 * 300), abs=1.5)
    assert ET.fromstring(picture.svg).tag == f"{SVG}svg"
    for words in (picture.title, picture.subtitle, picture.note, picture.source, picture.alt):
        assert words
        assert "{" not in words
        assert "nan" not in words
        assert not missing_glyphs(words)
    assert picture.title in picture.alt
    assert ("资料来源" if language == "zh" else "Source:") in picture.source


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_text_stays_text_of_at_least_seven_points_in_the_shipped_face(pictures, name, language):
    texts = list(ET.fromstring(pictures[name, language].svg).iter(f"{SVG}text"))
    assert texts
    styles = [text.get("style", "") for text in texts]
    sizes = [float(size) for style in styles for size in re.findall(r"([\d.]+)px", style)]
    # An SVG of matplotlib counts 72 pixels to the inch, so a pixel is a point.
    assert min(sizes) >= 7.0
    assert all("Innohub Sans" in style for style in styles)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_nothing_touches_the_edge(pictures, name, language):
    picture = np.asarray(Image.open(BytesIO(pictures[name, language].png)).convert("L")).astype(int)
    frame = 3 if name == "map" else 0
    edges = (
        picture[:, [0]] if frame else np.concatenate([picture[:, 0], picture[:, -1], picture[0], picture[-1]])
    )
    assert (edges > 150).all() if frame else (edges == 255).all()


def test_the_same_run_gives_the_same_bytes(flagship_run, pictures):
    for name in FIGURES:
        again = draw(name, flagship_run, "zh")
        assert (again.svg, again.png) == (pictures[name, "zh"].svg, pictures[name, "zh"].png), name


def test_pictures_carry_no_clock_and_no_program(pictures):
    for picture in pictures.values():
        assert b"<dc:date>" not in picture.svg
        assert b"Matplotlib" not in picture.svg
        assert set(Image.open(BytesIO(picture.png)).info) <= {"dpi"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_half_a_page_is_wide_enough(flagship_run, name, language):
    picture = draw(name, flagship_run, language, width_mm=80)
    assert picture.width_mm == pytest.approx(80.0)
    assert picture.height_mm <= 225


def test_messages_come_from_the_numbers(pictures):
    titles = {key: picture.title for key, picture in pictures.items()}
    assert titles["ranking", "zh"].startswith("长三角得分居首，第3位与第4位")
    assert "陕西、福建" in titles["tiers", "zh"]
    assert titles["map", "en"] == "Of 14 regions, 3 are international, 5 national and 6 regional"
    assert "1/2/11" in titles["sizes", "en"]
    assert "3/5/6" in titles["sizes", "en"]
    assert titles["indicators", "en"].startswith("Beijing-Tianjin-Hebei leads on 5 of 10")
    assert "不含任何境界线" in pictures["map", "zh"].source


def test_settings_of_the_user_neither_change_a_figure_nor_are_changed(made):
    plain = draw("ranking", made, "en")
    with mpl.rc_context({"font.size": 30, "axes.grid": True, "lines.linewidth": 9}):
        assert draw("ranking", made, "en").svg == plain.svg
        assert mpl.rcParams["font.size"] == 30


def test_a_figure_without_tables_is_refused_with_those_that_exist(made):
    del made.tables["tier_sizes"], made.tables["steps"]
    assert names(made) == ["ranking", "tiers", "map", "acceptability", "alternatives"]
    with pytest.raises(KeyError, match="ranking, tiers, map, acceptability, alternatives"):
        draw("sizes", made, "en")


def test_an_empty_run_has_no_figures(made):
    made.tables.clear()
    assert names(made) == []


def test_characters_without_a_glyph_are_marked_not_boxed(make):
    run = make(["喆市", "B"], [1.0, 0.5], ["international", "regional"])
    picture = draw("ranking", run, "zh")
    assert "〓市" in picture.title
    assert "喆" not in picture.svg.decode()


def test_dollar_signs_are_not_mathematics(make):
    run = make(["US$ a $x^2$", "B", "C"], [1.0, 0.5, 0.2], list(("international", "national", "regional")))
    assert "US$ a $x^2$" in draw("ranking", run, "en").svg.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_negative_scores_and_missing_values_are_drawn(make, language):
    run = make(["A", "B", "C"], [1.2, -0.1, -1.1], ["international", "national", "regional"])
    run.tables["steps"].loc[0, "after"] = np.nan
    for name in names(run):
        draw(name, run, language)
    assert "−1.100" in draw("ranking", run, language).svg.decode()


def test_a_study_without_tiers_is_drawn_plain(make):
    run = make(["A", "B", "C"], [1.2, 0.7, 0.1], ["international", "national", "regional"], tiered=False)
    for table in ("tiers", "tier_sizes"):
        del run.tables[table]
    assert "A scores highest" in draw("map", run, "en").title
    for name in names(run):
        draw(name, run, "en")


def test_many_places_show_the_first_and_say_so(make):
    names_ = [f"City {n}" for n in range(50)]
    run = make(
        names_, np.linspace(1, 0.01, 50), ["international"] * 5 + ["national"] * 15 + ["regional"] * 30
    )
    picture = draw("ranking", run, "en")
    assert "The first 36 of 50 cities are shown." in picture.note
    assert picture.height_mm <= 225
    assert "City 40" not in picture.svg.decode()
    assert "15 national and 30 regional" in draw("map", run, "en").title
