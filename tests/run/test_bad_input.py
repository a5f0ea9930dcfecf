"""What a user reads of bad input: the code, the cell or the key, and the way out, in both languages."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import innohub as ih
from innohub.cli import main

PLACES = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
VALUES = {
    "papers": (10, 20, 30, 45, 50, 80),
    "patents": (5, 2, 9, 4, 1, 7),
    "labs": (3, 1, 4, 1, 5, 9),
    "energy": (7, 8, 3, 6, 2, 4),
}
STUDY = """[study]
id = "small"
title = { zh = "小研究", en = "A small study" }
year = 2020

[index.centre]
title = { zh = "指数", en = "Index" }
weights = "equal"
normalise = "minmax(0, 1)"
aggregate = "arithmetic"
uncertainty = { draws = 200 }
"""
FRAMEWORK = """node,parent,name_zh,name_en,weight,indicator
centre,,指数,Index,,
input,centre,投入,Input,2,
output,centre,产出,Output,1,
a,input,,,1,papers
b,input,,,3,patents
c,output,,,1,labs
d,output,,,1,energy
"""


def panel(values=VALUES, years=(2020,)) -> str:
    """Lay out a long table; a missing value leaves its row out."""
    rows = [
        f"{place},{code},{year},{value},count,yb,,"
        for code, column in values.items()
        for place, value in zip(PLACES, column, strict=False)
        for year in years
        if value is not None
    ]
    return "\n".join(["place,indicator,year,value,unit,source,flag,note", *rows]) + "\n"


def indicators(codes=VALUES) -> str:
    rows = [f"{code},{code},{code},count,{-1 if code == 'energy' else 1},why" for code in codes]
    return "\n".join(["indicator,name_zh,name_en,unit,direction,note", *rows]) + "\n"


@dataclass(frozen=True)
class Told:
    """What the command line said in one language."""

    code: int
    out: str

    def finding(self, code: str) -> str:
        """Return the whole message of a finding."""
        found = re.findall(rf"^\S+?\[{code}\]: .*?(?=\n\n|\Z)", self.out, re.MULTILINE | re.DOTALL)
        assert found, f"{code} is not in\n{self.out}"
        return found[0]


@dataclass(frozen=True)
class Small:
    """A small sound study that tests spoil, and the command line over it."""

    path: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture

    def write(self, name: str, text: str) -> "Small":
        (self.path / name).write_text(text, encoding="utf-8")
        return self

    def change(self, old: str, new: str, name: str = "study.toml") -> "Small":
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        return self.write(name, text.replace(old, new, 1))

    def values(self, **columns) -> "Small":
        return self.write("panel.csv", panel({**VALUES, **columns}))

    def call(self, *arguments: str, lang: str) -> Told:
        self.patch.setenv("INNOHUB_LANG", lang)
        self.patch.setattr(sys, "argv", ["innohub", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        said = self.capture.readouterr()
        return Told(int(left.value.code or 0), said.out + said.err)

    def inputs(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.path.iterdir() if path.is_file()}

    def refused(self, code: str, *named: str, hint: dict[str, str]) -> str:
        """Check and run in both languages: refused alike, inputs as they were, nothing half-written."""
        before = self.inputs()
        for lang in ("zh", "en"):
            for verb in ("check", "run"):
                told = self.call(verb, str(self.path), lang=lang)
                assert told.code == 1, told.out
                text = told.finding(code)
                self.reads_well(text, lang)
                for name in named:
                    assert name in text, f"{name} is not named in\n{text}"
                assert hint[lang] in text.splitlines()[-1], text
        assert self.inputs() == before
        results = self.path / "results"
        assert not (results / "current").exists()
        assert not list(results.glob("tmp-*")) and not list(results.glob("20*"))
        return text

    def warned(self, code: str, *named: str, hint: dict[str, str]) -> ih.Run:
        """Check tells the warning in both languages, and the run goes on with it."""
        before = self.inputs()
        for lang in ("zh", "en"):
            told = self.call("check", str(self.path), lang=lang)
            assert told.code == 0, told.out
            text = told.finding(code)
            self.reads_well(text, lang)
            for name in named:
                assert name in text, f"{name} is not named in\n{text}"
            assert hint[lang] in text.splitlines()[-1], text
        assert self.call("run", str(self.path), lang="zh").code == 0
        assert self.inputs() == before
        run = ih.open_run(self.path)
        assert code in set(run.table("findings")["code"])
        return run

    @staticmethod
    def reads_well(text: str, lang: str) -> None:
        assert not re.search(r"\{\w*[:}]|\bNone\b|\bnan\b|\(\)|\('", text), text
        assert ("建议：" if lang == "zh" else "hint: ") in text
        # A list of names is joined by the mark of its language; specs such as minmax(0, 1) keep their comma.
        if lang == "zh":
            assert not re.search(r"(?<=\w), (?=\w)", re.sub(r"\([^)]*\)", "", text)), text


@pytest.fixture
def small(tmp_path, monkeypatch, capsys) -> Small:
    path = tmp_path / "small"
    path.mkdir()
    names = "place,kind,name_zh,name_en,country,part_of,lat,lon\n"
    rows = "".join(f"{place},city,{place},{place.title()},CN,,30,11{k}\n" for k, place in enumerate(PLACES))
    study = Small(path, monkeypatch, capsys)
    study.write("study.toml", STUDY).write("framework.csv", FRAMEWORK).write("panel.csv", panel())
    study.write("places.csv", names + rows).write("indicators.csv", indicators())
    head = "source,title,publisher,year,url,licence,accessed\n"
    return study.write("sources.csv", head + "yb,Yearbook,NBS,2021,,facts,2026-01-01\n")


def test_the_small_study_itself_is_sound(small):
    assert small.call("check", str(small.path), lang="en").code == 0
    assert ih.run(small.path).table("scores")["rank"].notna().all()


# Codes that match nothing


def test_an_unmatched_place_is_named_with_its_row_and_the_nearest(small):
    small.change("beta,papers", "bata,papers", "panel.csv")
    text = small.refused("P001", "bata", "beta", "panel.csv", hint={"zh": "地区", "en": "places table"})
    assert "row 3" in text


def test_an_unmatched_indicator_is_named_with_its_row_and_the_nearest(small):
    small.change("alpha,patents", "alpha,patent", "panel.csv")
    text = small.refused("P002", "patent", "patents", hint={"zh": "指标", "en": "indicators table"})
    assert "panel.csv, row 8" in text


def test_an_indicator_of_the_framework_that_is_nowhere_is_named(small):
    small.change("d,output,,,1,energy", "d,output,,,1,enrgy", "framework.csv")
    text = small.refused("P002", "enrgy", "energy", hint={"zh": "指标", "en": "indicators table"})
    assert "framework.csv, row 8" in text


# Values that a method does not take


def test_gaps_under_principal_components_are_named_cell_by_cell(small):
    small.change('weights = "equal"', 'weights = "pca"').values(patents=(5, None, 9, 4, None, 7))
    hint = {"zh": "插补", "en": "impute the values"}
    text = small.refused("S140", "b", "beta/b", "epsilon/b", hint=hint)
    assert "index.centre.weights" in text


def test_a_blank_cell_under_principal_components_is_found_in_its_file(small):
    small.change('weights = "equal"', 'weights = "pca"')
    small.change("beta,patents,2020,2,", "beta,patents,2020,,", "panel.csv")
    text = small.refused("S140", "beta/b", hint={"zh": "插补", "en": "impute the values"})
    assert "panel.csv, row 9" in text


def test_zeros_under_a_geometric_mean_are_named_cell_by_cell(small):
    small.change('aggregate = "arithmetic"', 'aggregate = "geometric"')
    hint = {"zh": "minmax(1, 100)", "en": 'normalise = "minmax(1, 100)"'}
    text = small.refused("S102", "alpha/a", "epsilon/b", "minmax(0, 1)", hint=hint)
    assert "index.centre.aggregate" in text


def test_a_rule_of_one_node_is_named_as_such(small):
    small.write("study.toml", STUDY + '\n[index.centre.nodes.output]\naggregate = "geometric"\n')
    text = small.refused("S102", "beta/c", "beta/d", hint={"zh": "minmax(1, 100)", "en": "minmax(1, 100)"})
    assert "index.centre.nodes.output.aggregate" in text
    assert "alpha/a" not in text


def test_negative_values_under_entropy_shares_are_found_in_their_file(small):
    small.change('weights = "equal"', 'weights = "entropy(raw_sum)"').values(labs=(3, 1, -4, 1, 5, 9))
    text = small.refused("S103", "gamma/c", hint={"zh": "entropy(limit)", "en": "entropy(limit)"})
    assert "panel.csv, row 16" in text


def test_gaps_under_topsis_are_named_cell_by_cell(small):
    small.change('aggregate = "arithmetic"', 'aggregate = "topsis"\nmissing = { min_share = 0.5 }').values(
        papers=(10, 20, None, 45, 50, 80)
    )
    small.refused("S120", "gamma/a", hint={"zh": "copeland", "en": "copeland"})


def test_a_constant_column_under_critic_is_set_aside_by_name(small):
    small.change('weights = "equal"', 'weights = "critic"').values(labs=(4, 4, 4, 4, 4, 4))
    hint = {"zh": "goalposts(low, high)", "en": "goalposts(low, high)"}
    run = small.warned("S104", "labs", "panel.csv", hint=hint)
    weights = run.table("weights").set_index("node")["share"]
    assert weights["c"] == 0 and weights["d"] == 1


def test_a_constant_column_that_stays_is_refused_by_critic(small):
    """Under ranks a constant column keeps its values, so that CRITIC meets it."""
    small.change('weights = "equal"', 'weights = "critic"').values(labs=(4, 4, 4, 4, 4, 4))
    small.change('"minmax(0, 1)"', '"rank"')
    text = small.refused("S141", "c", hint={"zh": "删除", "en": "drop it from the framework"})
    assert "index.centre.weights" in text


def test_a_place_without_data_is_named_once_with_the_others(small):
    small.values(
        papers=(None, 20, 30, None, 50, 80), patents=(None, 2, 9, None, 1, 7), labs=(None, 1, 4, 1, 5, 9)
    )
    run = small.warned("S105", "alpha", "delta", hint={"zh": "impute", "en": "impute"})
    assert run.table("findings")["code"].tolist().count("S105") == 1
    assert "alpha、delta" in run.table("findings").set_index("code").loc["S105", "zh"]


# Weights


def test_weights_belong_to_their_nodes_whatever_the_order_of_the_rows(small):
    small.change('weights = "equal"', 'weights = "given"')
    small.write("framework.csv", FRAMEWORK.replace("centre,,指数,Index,,", "centre,,指数,Index,1,"))
    first = ih.run(small.path).table("weights").set_index("node")["share"]
    head, *rows = (small.path / "framework.csv").read_text(encoding="utf-8").splitlines()
    small.write("framework.csv", "\n".join([head, *reversed(rows)]) + "\n")
    second = ih.run(small.path, fresh=True).table("weights").set_index("node")["share"]
    assert second.sort_index().to_dict() == first.sort_index().to_dict()
    assert (first["a"], first["b"], first["input"]) == (0.25, 0.75, 2 / 3)


def test_a_missing_weight_names_its_row(small):
    small.change('weights = "equal"', 'weights = "given"').change(
        "b,input,,,3,", "b,input,,,,", "framework.csv"
    )
    text = small.refused("M031", "b", "input", hint={"zh": "equal", "en": 'weights = "equal"'})
    assert "framework.csv, row 6" in text


def test_loadings_against_the_others_are_named_and_no_weight_is_negative(small):
    small.change('weights = "equal"', 'weights = "pca"')
    small.write("framework.csv", FRAMEWORK.replace("c,output", "c,input").replace("d,output", "d,input"))
    small.change("output,centre,产出,Output,1,\n", "", "framework.csv")
    small.values(patents=(80, 50, 45, 30, 20, 10))
    run = small.warned("N004", "b", hint={"zh": "方向", "en": "direction"})
    assert run.table("weights")["share"].ge(0).all()


# Places, years, items: too few or too many


def test_one_place_alone_cannot_be_ranked(small):
    small.write("panel.csv", panel({code: column[:1] for code, column in VALUES.items()}))
    small.refused("P102", "1", hint={"zh": "补充地区", "en": "add places"})


def test_a_series_with_one_year_is_held_and_named(small):
    small.change("year = 2020", 'year = 2020\nyears = "all"').change('weights = "equal"', 'impute = "linear"')
    text = panel(years=(2019, 2020, 2021))
    gone = re.compile(r"^zeta,labs,20(19|21),.*\n", re.MULTILINE)
    assert len(gone.findall(text)) == 2
    small.write("panel.csv", gone.sub("", text))
    run = small.warned("P132", "zeta", "labs", "2020", "panel.csv", hint={"zh": "年", "en": "second year"})
    steps = run.table("steps").query("step == 'normalised' and node == 'c' and place == 'zeta'")
    assert steps["before"].tolist() == [9.0]


# Combinations that do not go together


def test_a_failed_combination_of_a_design_is_named_with_its_reason(small):
    design = '\n[index.centre.design]\nnormalise = ["minmax(0, 1)", "minmax(1, 100)"]\n'
    small.write("study.toml", STUDY + design + 'aggregate = ["arithmetic", "geometric"]\n')
    hint = {"zh": "删去", "en": "take out the choice"}
    text = small.refused("M140", "1", "4", "minmax(0, 1) · geometric", hint=hint)
    assert "index.centre.design" in text
    assert "minmax(1, 100) · geometric" not in text
    assert "几何" in small.call("check", str(small.path), lang="zh").out


def test_a_failed_alternative_is_named(small):
    other = '\n[index.centre.alternatives.product]\naggregate = "geometric"\n'
    small.write("study.toml", STUDY + other)
    text = small.refused("S102", "alpha/a", hint={"zh": "minmax(1, 100)", "en": "minmax(1, 100)"})
    assert "index.centre.alternatives.product" in text


def test_a_failed_combination_of_the_draws_is_named_with_its_reason(small):
    vary = 'uncertainty = { draws = 200, vary = { aggregate = ["arithmetic", "geometric"] } }'
    small.change("uncertainty = { draws = 200 }", vary)
    hint = {"zh": "从 vary 中删去", "en": "out of vary"}
    text = small.refused("M142", "minmax(0, 1)", "geometric", hint=hint)
    assert "index.centre.uncertainty.vary" in text


# Numbers that the indicators should have of their own


def test_targets_that_are_missing_are_named(small):
    small.change('"minmax(0, 1)"', '"dist_target(own)"')
    head, *rows = indicators().splitlines()
    goals = ("90", "", "12", "")
    filled = [f"{row},{goal}" for row, goal in zip(rows, goals, strict=True)]
    small.write("indicators.csv", "\n".join([f"{head},target", *filled]) + "\n")
    small.refused("M042", "patents", "energy", "2", hint={"zh": "target 列", "en": "column target"})


def test_a_target_no_better_than_the_worst_place_is_named(small):
    small.change('"minmax(0, 1)"', '"dist_target(own)"')
    head, *rows = indicators().splitlines()
    filled = [f"{row},{goal}" for row, goal in zip(rows, ("90", "1", "12", "1"), strict=True)]
    small.write("indicators.csv", "\n".join([f"{head},target", *filled]) + "\n")
    text = small.refused("S169", "patents", "1", hint={"zh": "最差", "en": "beyond the worst"})
    assert "index.centre.normalise" in text


# What experts say


def judged(items, skip=()) -> str:
    pairs = [(a, b) for k, a in enumerate(items) for b in items[k + 1 :] if (a, b) not in skip]
    rows = [f"one,centre,{a},{b},{items.index(b) - items.index(a) + 1}" for a, b in pairs]
    return "\n".join(["expert,node,first,second,value", *rows]) + "\n"


def test_more_than_ten_items_need_a_random_index(small):
    codes = [f"code{number:02d}" for number in range(11)]
    table = {code: [(7 * k + 3 * n) % 11 + 1 for n in range(6)] for k, code in enumerate(codes)}
    small.write("indicators.csv", indicators(codes)).write("panel.csv", panel(table))
    leaves = "".join(f"n{code},centre,,,1,{code}\n" for code in codes)
    small.write(
        "framework.csv", "node,parent,name_zh,name_en,weight,indicator\ncentre,,指数,Index,,\n" + leaves
    )
    small.write("judgements.csv", judged([f"n{code}" for code in codes]))
    small.change('weights = "equal"', 'weights = "ahp"')
    small.refused("S149", "centre", "11", hint={"zh": "random_index", "en": "random_index"})


def test_a_judgement_of_something_that_is_not_there_names_its_row(small):
    small.write("judgements.csv", judged(["input", "output"]).replace("output", "outputs"))
    small.change('weights = "equal"', 'weights = "equal"\nnodes = { centre = { weights = "ahp" } }')
    text = small.refused("M051", "outputs", "output", "judgements.csv", hint={"zh": "output", "en": "output"})
    assert "row 2" in text


def test_judgements_that_are_missing_are_named(small):
    items = ["a", "b"]
    small.write("judgements.csv", judged(items).replace("centre", "input"))
    small.change('weights = "equal"', 'weights = "ahp"')
    small.refused("M150", "output", "c – d", hint={"zh": "专家判断表", "en": "table of judgements"})


# Efficiency


def test_super_efficiency_without_a_solution_is_named_and_gives_no_number(small):
    part = '\n[efficiency.labour]\ninputs = ["energy"]\noutputs = ["papers", "labs"]\nmethod = "super_bcc"\n'
    small.write("study.toml", STUDY + part).values(energy=(2, 4, 5, 8, 9, 3), papers=(2, 6, 5, 8, 7, 3))
    run = small.warned("N010", "delta", hint={"zh": "规模报酬", "en": "constant returns"})
    table = run.table("efficiency").set_index("place")
    lost = table.index[~table["feasible"].astype(bool)]
    assert "delta" in lost
    assert table.loc[lost, "score"].isna().all()
    assert table.loc[table.index.difference(lost), "score"].gt(0).all()


def test_a_zero_input_names_its_cell(small):
    part = '\n[efficiency.labour]\ninputs = ["energy"]\noutputs = ["papers"]\n'
    small.write("study.toml", STUDY + part).values(energy=(7, 0, 3, 6, 2, 4))
    small.refused(
        "S180",
        "beta",
        "energy",
        "panel.csv",
        hint={"zh": "不要用很小的数", "en": "do not add a small number"},
    )


# Numbers at the ends of what a computer holds


@pytest.mark.parametrize(
    "normaliser", ["minmax(0, 1)", "zscore", "dist_max", "dist_target(1.6e308)", "logistic"]
)
@pytest.mark.filterwarnings("error")
def test_values_near_the_largest_number_neither_overflow_nor_vanish(small, normaliser):
    small.change('"minmax(0, 1)"', f'"{normaliser}"')
    shape = (-1.5, -0.5, 0.5, 1.0, 1.25, 1.5)
    wide = tuple(f"{value}e308" for value in shape)
    small.write(
        "framework.csv",
        "node,parent,name_zh,name_en,weight,indicator\ncentre,,指数,Index,,\na,centre,,,1,papers\n",
    )
    small.values(papers=wide)
    scores = ih.run(small.path).table("scores")
    assert np.isfinite(scores["score"]).all()
    assert scores["rank"].tolist() == [6, 5, 4, 3, 2, 1]
    if normaliser == "minmax(0, 1)":
        assert scores["score"].tolist() == pytest.approx([(value + 1.5) / 3 for value in shape], rel=1e-12)


# COINr's two tables

META = """Level,iCode,Parent,Direction,Type,Weight
1,gdp,Econ,1,Indicator,1
1,debt,Econ,-1,Indicator,3
2,Econ,Index,1,Aggregate,1
3,Index,,1,Aggregate,1
"""
DATA = "uCode,gdp,debt\nAT,1,5\nBE,4,2\nCZ,2,9\n"


@pytest.fixture
def coinr(tmp_path, monkeypatch, capsys):
    def run(data: str, meta: str, lang: str) -> Told:
        (tmp_path / "iData.csv").write_text(data, encoding="utf-8")
        (tmp_path / "iMeta.csv").write_text(meta, encoding="utf-8")
        caller = Small(tmp_path, monkeypatch, capsys)
        files = (str(tmp_path / "iData.csv"), str(tmp_path / "iMeta.csv"))
        before = caller.inputs()
        told = caller.call("index", "--coinr", *files, "--out", str(tmp_path / "out"), "--force", lang=lang)
        assert caller.inputs() == before
        return told

    return run


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("data", "meta", "code", "named"),
    [
        (DATA.replace("gdp", "GDPx"), META, "M201", ("gdp", "GDPx")),
        (DATA, META.replace("2,Econ,Index", "2,Econ,Indexes"), "M203", ("Econ", "Indexes", "Index")),
        (DATA, META.replace("Indicator,3", "Indicator,-3"), "M211", ("debt", "-3")),
        (DATA, META.replace("-1,Indicator", "2,Indicator"), "M204", ("debt",)),
        (DATA.replace("BE,4", "BE,four"), META, "R203", ("four", "gdp")),
        (DATA.replace("CZ", "AT"), META, "R202", ("AT",)),
    ],
)
def test_what_does_not_match_in_coinr_s_tables_is_named(coinr, tmp_path, data, meta, *, code, named, lang):
    told = coinr(data, meta, lang)
    assert told.code == 1
    text = told.finding(code)
    Small.reads_well(text, lang)
    for name in named:
        assert name in text
    assert not (tmp_path / "out").exists()


def test_the_order_of_coinr_s_rows_does_not_move_weights(coinr, tmp_path):
    assert coinr(DATA, META, "en").code == 0
    first = (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8")
    head, *rows = META.splitlines()
    assert coinr(DATA, "\n".join([head, *reversed(rows)]) + "\n", "en").code == 0
    assert (tmp_path / "out" / "scores.csv").read_text(encoding="utf-8") == first
