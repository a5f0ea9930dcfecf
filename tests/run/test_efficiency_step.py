"""Efficiency through a study: worked examples, an independent solver, and what a panel may lack."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

import innohub as ih
from innohub.errors import ScaleError, StudyError

SECTION = """
[efficiency.e]
inputs = ["x1"]
outputs = ["y1"]
"""
TOLD = json.loads((Path(__file__).parents[1] / "reference" / "dea_dealib.json").read_text(encoding="utf-8"))
ONE = {"x1": {2020: [2, 4, 5, 8]}, "y1": {2020: [2, 6, 5, 8]}}
# Two inputs, one output: the example of Tone with an efficient place that has slack.
TWO = {"x1": {2020: [2, 4, 4, 6]}, "x2": {2020: [4, 2, 4, 2]}, "y1": {2020: [1, 1, 1, 1]}}


def scores(run, column="score", year=2020):
    return run.table("efficiency").query("year == @year")[column].tolist()


def codes(run):
    return run.table("findings")["code"].tolist()


def theta(x, y, at, variable=False):
    """Input-oriented radial efficiency of one place, straight from the textbook."""
    n, m, s = len(x), x.shape[1], y.shape[1]
    upper = np.vstack([np.hstack([-x[at][:, None], x.T]), np.hstack([np.zeros((s, 1)), -y.T])])
    limit = np.concatenate([np.zeros(m), -y[at]])
    equal = {"A_eq": [[0.0] + [1.0] * n], "b_eq": [1.0]} if variable else {}
    return linprog([1.0] + [0.0] * n, A_ub=upper, b_ub=limit, **equal).fun


def best(x, y, at, variable=False):
    """Slacks-based measure of one place, its fractional programme made linear with the slacks as variables."""
    n, m, s = len(x), x.shape[1], y.shape[1]
    # Charnes and Cooper: t, lambda, input slacks, output slacks.
    c = np.concatenate([[1.0], np.zeros(n), -1 / (m * x[at]), np.zeros(s)])
    rows = [np.concatenate([[1.0], np.zeros(n + m), 1 / (s * y[at])])]
    rows += [np.concatenate([[x[at, i]], -x[:, i], -np.eye(m)[i], np.zeros(s)]) for i in range(m)]
    rows += [np.concatenate([[y[at, r]], -y[:, r], np.zeros(m), np.eye(s)[r]]) for r in range(s)]
    if variable:
        rows.append(np.concatenate([[-1.0], np.ones(n), np.zeros(m + s)]))
    level = np.zeros(len(rows))
    level[0] = 1
    return linprog(c, A_eq=np.array(rows), b_eq=level).fun


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("ccr", [2 / 3, 1, 2 / 3, 2 / 3]),
        ("bcc", [1, 1, 0.7, 1]),
        ("super_ccr", [2 / 3, 1.5, 2 / 3, 2 / 3]),
        ("super-bcc", [2, 1.5, 0.7, np.nan]),
    ],
)
def test_worked_examples_of_radial_models(write_study, method, expected):
    run = ih.run(write_study(ONE, f'{SECTION}method = "{method}"\n'))
    assert scores(run) == pytest.approx(expected, abs=1e-9, nan_ok=True)
    assert scores(run, "pure") == pytest.approx([1, 1, 0.7, 1])
    assert scores(run, "scale") == pytest.approx([2 / 3, 1, 2 / 3 / 0.7, 2 / 3])
    assert scores(run, "regime") == ["increasing", "constant", "increasing", "decreasing"]


def test_output_orientation_stretches_outputs(write_study):
    run = ih.run(write_study(ONE, f'{SECTION}method = "bcc(output)"\n'))
    # With 5 of the input, the mixture of the second (3/4) and the fourth (1/4) makes 6.5.
    assert scores(run) == pytest.approx([1, 1, 5 / 6.5, 1])
    assert scores(run, "scale") == pytest.approx([2 / 3, 1, 2 / 3 * 6.5 / 5, 2 / 3])
    row = run.table("efficiency_targets").query("place == 'p3' and indicator == 'y1'").iloc[0]
    assert row["target"] == pytest.approx(6.5)


def test_a_place_without_a_solution_has_no_number_and_is_named(write_study):
    run = ih.run(write_study(ONE, f'{SECTION}method = "super_bcc"\n'))
    table = run.table("efficiency").set_index("place")
    assert table["feasible"].tolist() == [True, True, True, False]
    assert table["rank"].tolist()[:3] == [1, 2, 3]
    assert table["rank"].isna()["p4"]
    finding = run.table("findings").query("code == 'N010'").iloc[0]
    assert "p4 2020" in finding["en"]
    assert "p4 2020" in finding["zh"]
    lost = run.table("efficiency_targets").query("place == 'p4'")
    assert lost["target"].isna().all()
    assert lost["peers"].eq("").all()


@pytest.mark.parametrize(
    ("method", "expected"), [("sbm", [1, 1, 0.75, 5 / 6]), ("super_sbm", [1.5, 1.25, 0.75, 5 / 6])]
)
def test_worked_examples_of_slacks(write_study, method, expected):
    more = SECTION.replace('["x1"]', '["x1", "x2"]') + f'method = "{method}"\n'
    run = ih.run(write_study(TWO, more))
    assert scores(run) == pytest.approx(expected, abs=1e-9)
    assert run.table("efficiency")["pure"].isna().all()
    assert set(scores(run, "regime")) == {""}


def test_targets_and_peers_reach_the_frontier(write_study):
    run = ih.run(write_study(ONE, f'{SECTION}method = "bcc"\n'))
    rows = run.table("efficiency_targets").query("place == 'p3'").set_index("indicator")
    assert rows["role"].tolist() == ["input", "output"]
    assert rows.loc["x1", "target"] == pytest.approx(3.5)
    assert rows.loc["x1", "change"] == pytest.approx(-0.3)
    assert rows["peers"].unique().tolist() == ["p2 0.75; p1 0.25"]


@pytest.mark.reference
@pytest.mark.parametrize(
    ("method", "key"),
    [("ccr", "ccr"), ("bcc", "bcc"), ("bcc(output)", "bcc_output"), ("super_ccr", "super_ccr")],
)
def test_another_program_agrees(write_study, method, key):
    x, y = np.array(TOLD["x"]), np.array(TOLD["y"])
    values = {f"x{n + 1}": dict(enumerate(x[:, :, n].tolist(), 2019)) for n in range(x.shape[2])}
    values |= {f"y{n + 1}": dict(enumerate(y[:, :, n].tolist(), 2019)) for n in range(y.shape[2])}
    sides = f"inputs = {[c for c in values if c[0] == 'x']}\noutputs = {[c for c in values if c[0] == 'y']}"
    more = f'\n[efficiency.e]\n{sides}\nmethod = "{method}"\nmalmquist = "adjacent"\n'
    run = ih.run(write_study(values, more))
    told = np.array(TOLD[key])
    assert scores(run, year=2019) == pytest.approx(1 / told if "output" in method else told, abs=1e-9)
    change = run.table("malmquist").query("place != ''")
    assert change["index"].tolist() == pytest.approx(TOLD["malmquist"], abs=1e-9)
    assert change["efficiency_change"].tolist() == pytest.approx(TOLD["efficiency_change"], abs=1e-9)
    assert change["technical_change"].tolist() == pytest.approx(TOLD["technical_change"], abs=1e-9)


@pytest.mark.parametrize(("method", "variable"), [("ccr", False), ("bcc", True)])
def test_every_year_agrees_with_a_programme_written_out(write_study, method, variable):
    rng = np.random.default_rng(5)
    values = {
        code: {year: rng.lognormal(2, 0.6, 13).tolist() for year in (2018, 2019, 2020)}
        for code in ("x1", "x2", "y1", "y2")
    }
    more = f'\n[efficiency.e]\ninputs = ["x1", "x2"]\noutputs = ["y1", "y2"]\nmethod = "{method}"\nlag = 1\n'
    run = ih.run(write_study(values, more))
    table = run.table("efficiency")
    assert sorted(table["year"].unique()) == [2019, 2020]
    for year in (2019, 2020):
        x = np.column_stack([values[code][year - 1] for code in ("x1", "x2")])
        y = np.column_stack([values[code][year] for code in ("y1", "y2")])
        expected = [theta(x, y, at, variable) for at in range(13)]
        assert scores(run, year=year) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(("method", "variable"), [("sbm", False), ("sbm(variable)", True)])
def test_slacks_agree_with_a_programme_written_out(write_study, method, variable):
    rng = np.random.default_rng(8)
    values = {code: {2020: rng.lognormal(1, 0.7, 12).tolist()} for code in ("x1", "x2", "y1", "y2")}
    more = f'\n[efficiency.e]\ninputs = ["x1", "x2"]\noutputs = ["y1", "y2"]\nmethod = "{method}"\n'
    run = ih.run(write_study(values, more))
    x, y = (np.column_stack([values[f"{side}{n}"][2020] for n in (1, 2)]) for side in "xy")
    assert scores(run) == pytest.approx([best(x, y, at, variable) for at in range(12)], abs=1e-7)


def test_malmquist_of_the_worked_example(write_study):
    values = {
        "x1": {2019: [2, 4, 5], 2020: [2, 4, 5]},
        "y1": {2019: [2, 6, 5], 2020: [3, 6.6, 6]},
    }
    run = ih.run(write_study(values, f'{SECTION}malmquist = "adjacent"\n'))
    table = run.table("malmquist").set_index("place")
    assert table.loc[["p1", "p2", "p3"], "index"].tolist() == pytest.approx([1.5, 1.1, 1.2])
    assert table.loc[["p1", "p2", "p3"], "efficiency_change"].tolist() == pytest.approx([15 / 11, 1, 12 / 11])
    assert table["technical_change"].tolist() == pytest.approx([1.1] * 4)
    assert table.loc["", "index"] == pytest.approx((1.5 * 1.1 * 1.2) ** (1 / 3))
    assert (table["start"].unique(), table["end"].unique()) == ([2019], [2020])
    assert table["index"].to_numpy() == pytest.approx(table["efficiency_change"] * table["technical_change"])


def test_a_gap_leaves_one_place_out_of_one_year(write_study):
    values = {
        "x1": {2019: [2, 4, 5, 8], 2020: [2, 4, 5, 8]},
        "y1": {2019: [2, None, 5, 8], 2020: [3, 6.6, 6, 8]},
    }
    run = ih.run(write_study(values, f'{SECTION}malmquist = "global"\n', framed=["x1"]))
    table = run.table("efficiency")
    assert table.query("year == 2019")["place"].tolist() == ["p1", "p3", "p4"]
    assert table.query("year == 2020")["place"].tolist() == ["p1", "p2", "p3", "p4"]
    assert scores(run, year=2019) == pytest.approx([1, 1, 1])
    assert codes(run).count("S300") == 1
    assert codes(run).count("S302") == 1
    found = run.table("findings").set_index("code")["en"]
    assert "place-years: 1" in found["S300"]
    assert "p2" in found["S302"]
    assert run.table("malmquist")["place"].tolist() == ["p1", "p3", "p4", ""]


def test_zeros_stop_the_run_and_name_every_cell(write_study):
    values = {"x1": {2019: [2, 0, 5], 2020: [2, 4, 5]}, "y1": {2019: [2, 6, 5], 2020: [-3, 6, 6]}}
    folder = write_study(values, SECTION)
    with pytest.raises(ScaleError) as problem:
        ih.run(folder)
    [finding] = problem.value.findings
    assert (finding.code, finding.file, finding.row, finding.value) == ("S180", "panel.csv", 3, "0.0")
    text = finding.render("en")
    assert "p2 x1 2019 (panel.csv:3)" in text
    assert "p1 y1 2020 (panel.csv:11)" in text
    assert [each.code for each in ih.check(folder) if each.level == "error"] == ["S180"]


def test_a_zero_of_a_place_that_is_left_out_does_no_harm(write_study):
    values = {"x1": {2020: [2, 4, 5, 0]}, "y1": {2020: [2, 6, 5, None]}}
    run = ih.run(write_study(values, SECTION))
    assert len(scores(run)) == 3


def test_years_without_two_whole_places_are_named(write_study):
    values = {"x1": {2018: [2, 4], 2019: [2, 4], 2020: [2, 4]}, "y1": {2018: [2, None], 2020: [2, 6]}}
    run = ih.run(write_study(values, f'{SECTION}malmquist = "global"\n'))
    assert run.table("efficiency")["year"].unique().tolist() == [2020]
    found = run.table("findings").set_index("code")["en"]
    assert found["S301"] == "efficiency cannot be measured in 2018–2019"
    assert "S303" in found
    assert "malmquist" not in run.table_names


def test_inputs_may_stand_outside_the_years_of_the_study(write_study):
    values = {"x1": {2018: [2, 4, 5, 8], 2020: [1, 1, 1, 1]}, "y1": {2020: [2, 6, 5, 8]}}
    run = ih.run(write_study(values, f"{SECTION}lag = 2\n", years=[2020], framed=["y1"]))
    assert scores(run) == pytest.approx([2 / 3, 1, 2 / 3, 2 / 3])
    assert run.table("efficiency_targets").query("role == 'input'")["value"].tolist() == [2, 4, 5, 8]


def test_undesirable_outputs_count(write_study):
    values = {"x1": {2020: [1] * 7}, "y1": {2020: [1] * 7}, "b": {2020: [1, 2, 4, 3, 5, 6, 8]}}
    more = f'{SECTION}undesirable = ["b"]\nmethod = "sbm"\n'
    run = ih.run(write_study(values, more))
    assert scores(run) == pytest.approx([1 / (1 + (1 - 1 / b) / 2) for b in (1, 2, 4, 3, 5, 6, 8)])
    rows = run.table("efficiency_targets").query("role == 'undesirable'")
    assert rows["target"].tolist() == pytest.approx([1] * 7)


def test_ties_share_a_rank(write_study):
    run = ih.run(write_study(ONE, f'{SECTION}method = "bcc"\n'))
    assert scores(run, "rank") == [1, 1, 4, 1]


def test_few_places_are_a_warning_on_the_section(write_study):
    run = ih.run(write_study(ONE, SECTION))
    row = run.table("findings").query("code == 'S186'").iloc[0]
    assert (row["level"], row["file"], row["column"]) == ("warning", "study.toml", "efficiency.e")


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ('["y1"]', '["y2"]', "M233", "y1"),
        ('["y1"]', '["x1"]', "M230", "inputs, outputs"),
        ('["y1"]\n', '["y1"]\nmethod = "bcc(sideways)"\n', "M103", "input, output"),
        ('["y1"]\n', '["y1"]\nmethod = "bccc"\n', "M102", "bcc"),
        ('["x1"]', '["x1"]\nundesirable = ["b"]', "M231", "sbm(variable)"),
        ('["x1"]', '["x1"]\nundesirable = ["b"]\nmethod = "sbm"\nmalmquist = "global"', "M232", "none"),
        ('["y1"]\n', '["y1"]\nlag = 3\n', "M234", "3 years"),
        ('["y1"]\n', '["y1"]\nmalmquist = "global"\n', "M235", "2020"),
    ],
)
def test_choices_that_do_not_hold_are_refused_with_their_line(write_study, old, new, code, said):
    folder = write_study({**ONE, "b": {2020: [1, 2, 3, 4]}}, SECTION.replace(old, new))
    with pytest.raises(StudyError) as problem:
        ih.run(folder)
    [finding] = [each for each in problem.value.findings if each.level == "error"]
    assert (finding.code, finding.file) == (code, "study.toml")
    lines = (folder / "study.toml").read_text(encoding="utf-8").splitlines()
    key = finding.column.rpartition(".")[2]
    assert lines[finding.row - 1].startswith(key)
    assert said in finding.render("en")
    assert finding.render("zh")


def test_a_second_run_keeps_what_nothing_has_changed(write_study):
    folder = write_study(ONE, SECTION)
    told = []
    ih.run(folder)
    ih.run(folder, progress=lambda step, computed: told.append((step, computed)))
    assert ("efficiency:e", False) in told
    told.clear()
    text = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(text + 'method = "bcc"\n', encoding="utf-8")
    run = ih.run(folder, progress=lambda step, computed: told.append((step, computed)))
    assert told == [("index:i", False), ("efficiency:e", True)]
    assert scores(run) == pytest.approx([1, 1, 0.7, 1])


def test_unused_indicators_of_efficiency_leave_the_index_alone(write_study):
    """An input that only efficiency uses, and only in an earlier year, is no fault of the index."""
    values = {"y1": {2019: [2, 6, 5, 8], 2020: [2, 6, 5, 8]}, "x1": {2019: [2, 4, 5, 8]}}
    run = ih.run(write_study(values, f"{SECTION}lag = 1\n"))
    assert "P103" not in codes(run)
    assert scores(run) == pytest.approx([2 / 3, 1, 2 / 3, 2 / 3])
