"""The figures of a positioning: the grid of functions and scopes, and the peers beside the place."""

import itertools
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import innohub
from innohub.chart import draw, names
from innohub.chart.comparisons import read_lines
from innohub.chart.functions import read_grid
from innohub.chart.peers import lay_names
from innohub.chart.ratios import Scale


@pytest.fixture(scope="module")
def run(root: Path, tmp_path_factory: pytest.TempPathFactory):
    target = tmp_path_factory.mktemp("figures") / "guangzhou-positioning"
    source = root / "examples" / "guangzhou-positioning"
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("results"))
    return innohub.run(target)


def changed(run, **tables):
    def table(name):
        return tables[name] if name in tables else run.table(name)

    return SimpleNamespace(settings=run.settings, manifest=run.manifest, table=table)


def test_a_study_without_an_index_has_the_two_figures(run):
    assert names(run) == ["position", "peers"]


@pytest.mark.parametrize("name", ["position", "peers"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("wide", [160, 80])
def test_figures_are_drawn_the_same_each_time(run, name, language, wide):
    one, two = (draw(name, run, language, wide) for _ in range(2))
    assert one.svg == two.svg
    assert one.png == two.png
    assert one.width_mm == pytest.approx(wide, abs=0.1)
    assert one.height_mm < 230
    assert all((one.title, one.subtitle, one.note, one.alt))
    assert "text-4.2" in one.cited
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", one.svg.decode())]
    assert sizes
    assert min(sizes) >= 7


def test_the_message_of_the_grid(run):
    assert draw("position", run, "zh").title == "广州8项功能之中，达到国际层面3项，尚有5项缺少对比"
    assert draw("position", run, "en").title == (
        "Of 8 functions, Guangzhou holds three at international scope; five lack peers to compare with"
    )


def test_cells_say_what_the_table_says(run):
    grid = read_grid(run.table, "guangzhou", "zh")
    assert [column.letter for column in grid.columns] == ["A", "B", "C", "D", "", ""]
    assert [function.group_name for function in grid.functions] == ["集聚"] * 2 + ["创造"] * 3 + ["扩散"] * 3
    svg = draw("position", run, "zh").svg.decode()
    tested = run.table("positions").query("verdict != 'not tested'")
    shown = re.findall(r">(\d+)/(\d+)<", svg)
    rows = [(str(p), str(p + n)) for p, n in zip(tested["passed"], tested["not_passed"], strict=True)]
    assert sorted(shown) == sorted(rows)


def test_a_cell_that_is_missed_and_its_certainty(run):
    frame = run.table("positions").copy()
    frame.loc[0, ["passed", "tied", "not_passed", "q", "certainty"]] = [1, 1, 3, 0.3, 0.25]
    frame.loc[0, ["verdict", "widest"]] = ["not reached", False]
    picture = draw("position", changed(run, positions=frame), "en")
    text = picture.svg.decode()
    assert ">1.5/5<" in text
    assert ">25%<" in text
    assert "Not reached" in text


def test_nothing_reached_is_said(run):
    frame = run.table("positions").assign(verdict="not tested", widest=False, q=np.nan)
    assert "没有证据" in draw("position", changed(run, positions=frame), "zh").title


def test_dots_are_the_ratios_of_the_relations(run):
    grid = read_grid(run.table, "guangzhou", "zh")
    lines = {line.indicator: line for line in read_lines(run.table, grid)}
    papers = {dot.peer: dot for dot in lines["sci_papers"].dots}
    assert papers["london"].ratio == pytest.approx(21.02 / 7.33)
    assert papers["sydney"].relation == "near below"
    assert papers["singapore"].marks == ("boundary",)
    assert sum(len(line.dots) for line in lines.values()) == 20


def test_a_value_of_zero_has_no_ratio_and_is_counted(run):
    frame = run.table("relations").copy()
    frame.loc[frame["indicator"] == "sci_papers", "value"] = 0.0
    picture = draw("peers", changed(run, relations=frame), "en")
    assert "6 further comparisons" in picture.note


@pytest.mark.parametrize(
    ("ratios", "log"), [([0.5, 2.9], True), ([0.8, 1.2], False), ([0.0, 9.0], False), ([-1.0, 2.0], False)]
)
def test_the_scale_is_logarithmic_only_where_ratios_are_far_apart(ratios, log):
    scale = Scale.around(ratios)
    assert scale.log is log
    assert all(0 <= scale.at(ratio) <= 1 for ratio in (*ratios, 1.0))
    assert 1 in [round(tick, 9) for tick in scale.ticks]
    assert all(scale.low <= tick <= scale.high for tick in scale.ticks)


def test_names_never_lie_upon_each_other():
    rng = np.random.default_rng(3)
    for _ in range(50):
        places = sorted(rng.uniform(0, 60, 12))
        widths = list(rng.uniform(5, 18, 12))
        layers = lay_names(places, widths, 60)
        spans: dict[int, list[tuple[float, float]]] = {}
        for at, wide, layer in zip(places, widths, layers, strict=True):
            start = min(max(at - wide / 2, 0.0), max(60 - wide, 0.0))
            spans.setdefault(layer, []).append((start, start + wide))
        for layer, taken in spans.items():
            ordered = sorted(taken)
            assert layer < 0 or all(a[1] < b[0] for a, b in itertools.pairwise(ordered))


def test_no_relations_no_peers(run):
    assert names(changed(run, relations=pd.DataFrame())) == ["position"]
