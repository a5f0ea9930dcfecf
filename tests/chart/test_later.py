"""Figures over the years, of efficiency and of method choices: whole and legible, with gaps, ties and single years."""

import re
import xml.etree.ElementTree as ET
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from innohub.chart import draw, names
from innohub.fonts import missing_glyphs
from innohub.words import LANGUAGES

FIGURES = ("history", "convergence", "efficiency", "sensitivity")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(years_run):
    return {
        (name, lang, wide): draw(name, years_run, lang, width_mm=wide)
        for name in FIGURES
        for lang in LANGUAGES
        for wide in (160, 80)
    }


def test_a_study_of_years_supports_every_figure(years_run):
    assert set(FIGURES) <= set(names(years_run))


def test_a_study_of_one_year_supports_none_of_them(flagship_run):
    assert not {"history", "convergence"} & set(names(flagship_run))


@pytest.mark.parametrize("wide", [160, 80])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_is_whole_and_legible(pictures, name, language, wide):
    picture = pictures[name, language, wide]
    assert 30 < picture.height_mm <= 225
    texts = list(ET.fromstring(picture.svg).iter(f"{SVG}text"))
    sizes = [float(size) for text in texts for size in re.findall(r"([\d.]+)px", text.get("style", ""))]
    assert min(sizes) >= 7.0
    dots = np.asarray(Image.open(BytesIO(picture.png)).convert("L"))
    assert (np.concatenate([dots[:, 0], dots[:, -1], dots[0], dots[-1]]) == 255).all()
    for words in (picture.title, picture.subtitle, picture.note, picture.source, picture.alt):
        assert words
        assert not re.search(r"[{}]|\bnan\b|None", words)
        assert not missing_glyphs(words)


def test_the_same_run_gives_the_same_bytes(years_run, pictures):
    for name in FIGURES:
        assert draw(name, years_run, "en").svg == pictures[name, "en", 160].svg


def test_messages_follow_the_tables(years_run, pictures):
    history = (
        years_run.table("history")
        .query("node == 'capacity'")
        .pivot(index="place", columns="year", values="rank")
    )
    moves = history.iloc[:, 0] - history.iloc[:, -1]
    named = years_run.table("places").set_index("place")["name_en"]
    title = pictures["history", "en", 160].title
    assert f"{named[moves.idxmax()]} rose" in title
    assert f"{named[moves.idxmin()]} fell" in title
    table = years_run.table("efficiency").query("year == 2022")
    scores = table[table["efficiency"] == table["efficiency"].iloc[0]].set_index("place")["score"].dropna()
    frontier = [named[p] for p in scores.index[scores >= 1 - 1e-6]]
    title = pictures["efficiency", "en", 160].title
    assert all(place in title for place in frontier) if len(frontier) <= 4 else str(len(frontier)) in title
    assert "comes last" in pictures["efficiency", "en", 160].title
    assert named[scores.idxmin()] in pictures["efficiency", "en", 160].title


def over_years(made, change=0.0, years=(2018, 2020)):
    """Give hand-made results a history; ``change`` turns the order of the first two places."""
    scores = made.tables["scores"]
    rows = []
    for number, year in enumerate(years):
        now = scores["score"] + change * number * np.linspace(-1, 1, len(scores))
        now = now.where(now != 0, 0.01)
        rows.append(
            pd.DataFrame({"index": "i", "node": "root", "place": scores["place"], "year": year, "score": now})
        )
        rows[-1]["rank"] = now.rank(ascending=False, method="min")
    table = pd.concat(rows, ignore_index=True)
    made.tables["history"] = table
    grouped = table.groupby("year")["score"]
    spread = pd.DataFrame(
        {"cv": grouped.std(ddof=0) / grouped.mean(), "gini": 0.2, "theil": np.nan}
    ).reset_index()
    made.tables["inequality"] = spread.assign(index="i", mean=grouped.mean().to_numpy())
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_that_stays_is_said_to_stay(made, language):
    over_years(made)
    picture = draw("history", made, language)
    assert ("没有名次此升彼降" if language == "zh" else "no two ranks changed places") in picture.title
    picture = draw("convergence", made, language)
    assert "nan" not in picture.svg.decode()


def test_a_place_that_enters_late_has_no_change_and_a_broken_line(made):
    over_years(made, change=0.3)
    table = made.tables["history"]
    made.tables["history"] = table[~((table["place"] == "p1") & (table["year"] == 2018))]
    picture = draw("history", made, "en")
    assert "Bb" in picture.svg.decode()
    assert "Bb" not in picture.title


@pytest.mark.parametrize("wide", [160, 80])
def test_many_places_are_drawn_with_the_coloured_ones_named(make, wide):
    labels = [f"City {n:03d}" for n in range(120)]
    tiers = ["international"] * 10 + ["national"] * 50 + ["regional"] * 60
    made = over_years(make(labels, np.linspace(1, 0.01, 120), tiers), change=0.001)
    picture = draw("history", made, "en", width_mm=wide)
    assert picture.height_mm <= 225
    text = picture.svg.decode()
    assert "City 000" in text
    assert "City 077" not in text
    assert "all others are grey" in picture.note


def test_the_panels_that_a_run_lacks_are_left_out(made, years_run):
    over_years(made, change=0.1)
    assert "Start and growth" not in draw("convergence", made, "en").svg.decode()
    made.tables["convergence"] = pd.DataFrame([{"index": "i", "start": 2018, "end": 2020, "slope": -0.1}])
    assert "Start and growth" in draw("convergence", made, "en").svg.decode()
    assert "Distribution" not in draw("convergence", made, "en").svg.decode()
    assert "Distribution" in draw("convergence", years_run, "en").svg.decode()


def efficient(made, scores, feasible=True):
    table = pd.DataFrame({"efficiency": "m", "place": [f"p{n}" for n in range(len(scores))], "year": 2020})
    table = table.assign(method="ccr", score=scores, feasible=feasible, regime="", pure=np.nan, scale=np.nan)
    made.tables["efficiency"] = table.assign(
        rank=table["score"].rank(ascending=False, method="min").astype("Int64")
    )
    return made


def test_a_place_without_a_solution_is_named_and_one_far_beyond_marked(made):
    efficient(made, [7.5, 1.0, 0.5, np.nan], feasible=[True, True, True, False])
    picture = draw("efficiency", made, "en")
    text = picture.svg.decode()
    assert "no solution" in text
    assert "7.500" in text
    assert "An arrow" in picture.note
    assert picture.title.startswith("Aa and Bb form the frontier")


def test_where_all_are_efficient_the_figure_says_so_and_without_scores_there_is_none(made):
    assert "does not tell them apart" in draw("efficiency", efficient(made, [1.0] * 4), "en").title
    assert "efficiency" not in names(efficient(made, [np.nan] * 4, feasible=False))


def varied(made, total, method="exact"):
    rows = [("i", "rank", f"p{n}", f, total, total) for n in range(4) for f in ("weights", "other")]
    rows += [("i", "mean_rank_shift", "", f, total, total) for f in ("weights", "other")]
    table = pd.DataFrame(rows, columns=["index", "output", "place", "factor", "first", "total"])
    made.tables["sensitivity"] = table.assign(method=method)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_moves_the_figure_says_so(made, language):
    picture = draw("sensitivity", varied(made, np.nan), language)
    assert ("结果都不变" if language == "zh" else "No choice of method moves") in picture.title
    assert "nan" not in picture.svg.decode()


def test_sampled_indices_outside_nought_and_one_stay_in_the_plot(made):
    picture = draw("sensitivity", varied(made, 1.2, "sampled"), "en")
    assert "1.20" in picture.svg.decode()
    assert "estimated from samples" in picture.note
    draw("sensitivity", varied(made, -0.1, "sampled"), "en")


def test_without_results_over_all_places_the_rows_stand_alone(made):
    varied(made, 0.5)
    made.tables["sensitivity"] = made.tables["sensitivity"].query("output == 'rank'")
    assert "Results as a whole" not in draw("sensitivity", made, "en").svg.decode()


def test_a_frontier_of_one_is_one(made):
    assert draw("efficiency", efficient(made, [0.2, 1.0, 0.5, 0.4]), "en").title.startswith("Bb alone forms")
