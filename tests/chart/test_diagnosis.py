"""The figures of a diagnosis: level and coupling, obstacles, chains, constraints, and the pillars of registers."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import innohub
from innohub.chart import draw, names
from innohub.chart.ecosystem import Diagnosis
from innohub.chart.reading import read
from innohub.chart.synergies import read_ratios
from innohub.chart.trails import read_map
from innohub.study.schema import Settings

FIGURES = ("coupling", "obstacles", "chains", "constraints")


@pytest.fixture(scope="module")
def registers(root: Path, tmp_path_factory: pytest.TempPathFactory):
    target = tmp_path_factory.mktemp("pillars") / "guangzhou-2025"
    shutil.copytree(root / "examples" / "guangzhou-2025", target, ignore=shutil.ignore_patterns("results"))
    return innohub.run(target)


def changed(run, tables=None, **ecosystem):
    told = run.settings.model_dump(mode="json")
    told["ecosystem"] |= ecosystem

    def table(name):
        return tables[name] if tables and name in tables else run.table(name)

    return SimpleNamespace(settings=Settings.model_validate(told), manifest=run.manifest, table=table)


def sizes(picture):
    return [float(size) for size in re.findall(r"font-size: ([\d.]+)px", picture.svg.decode())]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wide", [160, 80])
def test_figures_are_drawn_the_same_each_time(years_run, name, language, wide):
    one, two = (draw(name, years_run, language, wide) for _ in range(2))
    assert one.svg == two.svg
    assert one.png == two.png
    assert one.width_mm == pytest.approx(wide, abs=0.1)
    assert one.height_mm < 230
    assert all((one.title, one.subtitle, one.note, one.alt))
    assert min(sizes(one)) >= 7


@pytest.mark.parametrize("places", [["CN-BJ", "CN-XZ"], []])
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_places_and_all_places(years_run, name, places, language):
    every = list(years_run.table("coupling")["place"].unique())
    picture = draw(name, changed(years_run, places=places or every), language)
    assert picture.height_mm < 230
    assert min(sizes(picture)) >= 7


def test_trails_hold_what_the_table_holds(years_run):
    found = read_map(read(years_run, "zh"))
    assert [trail.place for trail in found.front] == ["CN-AH"]
    table = years_run.table("coupling").query("main and first == '' and place == 'CN-AH' and year <= 2022")
    np.testing.assert_allclose(found.front[0].coordination, table.sort_values("year")["coordination"])
    assert len(found.rest) == years_run.table("coupling")["place"].nunique() - 1
    title = draw("coupling", years_run, "en").title
    assert f"{found.front[0].coordination[-1]:.3f}" in title


def test_lines_of_equal_coordination_are_the_limits_of_the_classes(years_run):
    text = draw("coupling", years_run, "zh").svg.decode()
    told = {float(value) for value in re.findall(r">D=([\d.]+)<", text)}
    assert told
    assert told <= {round(0.1 * n, 1) for n in range(1, 10)}


def test_one_year_is_a_point(years_run):
    frame = years_run.table("coupling").query("year == 2022")
    picture = draw("coupling", changed(years_run, {"coupling": frame}), "zh")
    assert "2012" not in picture.title + picture.subtitle


def test_obstacles_print_their_shares(years_run):
    text = draw("obstacles", years_run, "zh").svg.decode()
    own = years_run.table("obstacle_groups").query("place == 'CN-AH' and year == 2022")
    for degree in own["degree"]:
        assert f">{100 * degree:.1f}%<" in text


def test_a_missing_indicator_has_a_dash_and_no_bar(years_run):
    frame = years_run.table("obstacles")
    one = frame.index[(frame["place"] == "CN-AH") & (frame["year"] == 2022)][:1]
    frame.loc[one, ["value", "degree", "rank"]] = np.nan
    assert ">–<" in draw("obstacles", changed(years_run, {"obstacles": frame}), "zh").svg.decode()


def test_constraints_that_bind_and_those_that_cannot_be_judged(years_run):
    frame = years_run.table("constraints")
    own = (frame["place"] == "CN-AH") & (frame["group"] == "community")
    frame.loc[own, "verdict"] = "cannot judge"
    frame.loc[own, ["severity", "rank", "gap", "confidence"]] = np.nan
    picture = draw("constraints", changed(years_run, {"constraints": frame}), "en")
    assert "Too little data to judge" in picture.svg.decode()
    top = frame[(frame["place"] == "CN-AH") & (frame["rank"] == 1)].iloc[0]
    assert f"{top['severity']:.2f}" in picture.title
    loose = frame.assign(verdict="does not bind", severity=0.5)
    assert "No group" in draw("constraints", changed(years_run, {"constraints": loose}), "en").title


def test_the_weakest_chain_is_the_lowest(years_run):
    frame = years_run.table("chain_fusion")
    picture = draw("chains", changed(years_run, {"chain_fusion": frame.assign(weakest="")}), "en")
    assert "cannot be told" in picture.title


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wide", [160, 80])
def test_pillars_show_entries_and_gaps(registers, language, wide):
    assert names(registers) == ["pillars"]
    picture = draw("pillars", registers, language, wide)
    assert picture.height_mm < 230
    assert min(sizes(picture)) >= 7
    held = (
        registers.table("pillars")
        .query("place == 'guangzhou' and filled")
        .drop_duplicates(["pillar", "slot"])
    )
    assert str(len(held)) in picture.title
    assert picture.svg.decode().count(">–<") == 20 - len(held)
    assert picture.cited


def test_registers_without_an_entry_have_no_figure(registers):
    empty = registers.table("pillars").assign(filled=False)
    assert names(changed(registers, {"pillars": empty})) == []


@pytest.fixture(scope="module")
def works(root: Path, tmp_path_factory: pytest.TempPathFactory):
    target = tmp_path_factory.mktemp("works") / "eu-energy-projects"
    shutil.copytree(
        root / "examples" / "eu-energy-projects", target, ignore=shutil.ignore_patterns("results")
    )
    return innohub.run(target)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wide", [160, 80])
def test_synergies_are_drawn_the_same_each_time(works, language, wide):
    assert names(works) == ["synergies"]
    one, two = (draw("synergies", works, language, wide) for _ in range(2))
    assert one.svg == two.svg
    assert one.height_mm < 230
    assert min(sizes(one)) >= 7
    whole = works.table("synergy").query("place == '' and kind == 'subjects'")["ratio"].iloc[0]
    assert f"{whole:.2f}" in one.title


def test_synergies_show_the_places_with_most_works_and_the_side_of_each(works):
    found = read_ratios(Diagnosis(works))
    table = works.table("synergy").query("place != '' and kind == 'subjects'")
    assert found.places[0] == ""
    assert set(found.places[1:]) == set(table.nlargest(24, "works", keep="all")["place"].head(24))
    assert found.total == table["place"].nunique()
    ratios = [found.rows[place, "subjects"][0] for place in found.places[1:]]
    assert ratios == sorted(ratios, reverse=True)
    few = table[table["place"].isin(["DE", "FR"])]
    picture = draw("synergies", changed(works, {"synergy": few}), "en")
    assert "Shown are" not in picture.note
    assert picture.title.startswith("Ties between sectors of")


def test_synergies_without_expectation_have_no_figure(works):
    bare = works.table("synergy").assign(ratio=float("nan"))
    assert names(changed(works, {"synergy": bare})) == []
