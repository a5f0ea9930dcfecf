"""Why ranks changed: every state against a study written and run for it, parts against all orders by hand."""

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest

import innohub
from innohub.errors import ModelError, PlaceError, StudyError
from innohub.run.compare import compare
from innohub.run.compare_states import CAUSES
from innohub.run.compare_table import change_table

SETTINGS = """[study]
id = "made"
title = {{ zh = "研究", en = "A study" }}
year = {year}

[index.i]
normalise = "{normalise}"
weights = "{weights}"
aggregate = "{aggregate}"
uncertainty = {{ draws = 100 }}
"""
OLD = {"normalise": "minmax(0, 1)", "weights": "equal", "aggregate": "arithmetic"}
NEW = {"normalise": "minmax(1, 100)", "weights": "given", "aggregate": "geometric"}
PARTS = ["gained_" + cause for cause in CAUSES]
CHANGES = ["change_" + cause for cause in CAUSES]


def write(folder, data, *, year=2020, method=OLD, framed=("a", "b", "c"), units=None, places=None):
    """Write a study of one year; ``data`` gives the values of each place by indicator."""
    folder.mkdir(parents=True, exist_ok=True)
    named = places or list(data)
    codes = list(dict.fromkeys(code for values in data.values() for code in values))
    texts = {
        "study.toml": SETTINGS.format(year=year, **method),
        "places.csv": "place,name_zh,name_en\n"
        + "\n".join(f"{name},地{name},Place {name}" for name in named),
        "indicators.csv": "indicator,name_en,unit,direction\n"
        + "\n".join(f"{code},{code},{(units or {}).get(code, 'count')},1" for code in codes),
        "framework.csv": "node,parent,weight,indicator\ni,,,\n"
        + "\n".join(f"n_{code},i,{at},{code}" for at, code in enumerate(framed, 1)),
        "panel.csv": "place,indicator,year,value\n"
        + "\n".join(
            f"{name},{code},{year},{value!r}" for name in named for code, value in data[name].items()
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
    return folder


def made(seed, names, codes=("a", "b", "c")):
    rng = np.random.default_rng(seed)
    return {name: {code: round(float(rng.uniform(1, 100)), 2) for code in codes} for name in names}


def ranked(folder):
    scores = innohub.run(folder).index["i"].scores
    root = scores[scores["node"].eq("i")].set_index("place")
    return root["rank"].astype(float).to_dict(), root["score"].to_dict()


@pytest.fixture
def two(tmp_path):
    """Two editions that differ in everything: data, method, and one place against another."""
    old, new = made(1, ["p1", "p2", "p3", "p4", "p5", "p6"]), made(2, ["p1", "p2", "p3", "p4", "p5", "p7"])
    one = write(tmp_path / "old", old, year=2020, method=OLD)
    other = write(tmp_path / "new", new, year=2022, method=NEW)
    return one, other, old, new


@pytest.mark.parametrize("place", ["p2", "p4"])
def test_every_state_is_the_study_that_it_stands_for(two, tmp_path, place):
    one, other, old, new = two
    ranks, scores = np.empty((2,) * 4), np.empty((2,) * 4)
    for own, others, method, members in product((0, 1), repeat=4):
        data = {}
        for name in new if members else old:
            side = (old, new)[own if name == place else others]
            # p6 and p7 have values on one side only and bring them along.
            data[name] = side.get(name) or old.get(name) or new[name]
        folder = write(tmp_path / f"state-{own}{others}{method}{members}", data, method=(OLD, NEW)[method])
        by_rank, by_score = ranked(folder)
        at = own, others, method, members
        ranks[at], scores[at] = by_rank[place], by_score[place]
    row = change_table(compare(one, other)).set_index("place").loc[place]
    for values, names in ((-ranks, PARTS), (scores, CHANGES)):
        parts, orders = np.zeros(4), list(permutations(range(4)))
        for order in orders:
            state = [0] * 4
            for cause in order:
                before = values[tuple(state)]
                state[cause] = 1
                parts[cause] += (values[tuple(state)] - before) / len(orders)
        np.testing.assert_allclose(row[names].astype(float), parts, atol=1e-9)


def test_parts_sum_to_the_change_and_ends_are_what_the_studies_give(two):
    one, other, *_ = two
    table = change_table(compare(one, other)).set_index("place")
    split = table[table["status"].eq("split")]
    assert sorted(split.index) == ["p1", "p2", "p3", "p4", "p5"]
    np.testing.assert_allclose(split[PARTS].sum(axis=1), split["gained"].astype(float), atol=1e-9)
    np.testing.assert_allclose(split[CHANGES].sum(axis=1), split["change"], atol=1e-9)
    for folder, which in ((one, "before"), (other, "after")):
        ranks, scores = ranked(folder)
        told = table[f"rank_{which}"].dropna()
        assert told.astype(float).to_dict() == ranks
        assert table.loc[told.index, f"score_{which}"].to_dict() == pytest.approx(scores)


def test_places_that_enter_or_leave_are_said_and_not_split(two):
    one, other, *_ = two
    table = change_table(compare(one, other)).set_index("place")
    assert table["status"][["p6", "p7"]].to_dict() == {"p6": "left", "p7": "entered"}
    assert pd.isna(table.loc["p6", "rank_after"]) and pd.isna(table.loc["p7", "rank_before"])
    assert table.loc[["p6", "p7"], [*PARTS, *CHANGES]].isna().all(axis=None)


def test_back_and_forth_turn_every_sign(two):
    one, other, *_ = two
    there = change_table(compare(one, other)).set_index("place")
    back = change_table(compare(other, one)).set_index("place").loc[there.index]
    np.testing.assert_allclose(there[PARTS], -back[PARTS], atol=1e-9)
    np.testing.assert_allclose(there[CHANGES], -back[CHANGES], atol=1e-9)


@pytest.mark.parametrize("kind", ["method", "own_data", "membership", "nothing"])
def test_what_did_not_change_has_no_part(tmp_path, kind):
    data = made(3, ["p1", "p2", "p3", "p4", "p5"])
    moved = {**data, "p3": {"a": 99.0, "b": 99.5, "c": 90.0}} if kind == "own_data" else data
    kept = [name for name in data if name != "p1"] if kind == "membership" else list(data)
    one = write(tmp_path / "one", data)
    other = write(tmp_path / "two", moved, method=NEW if kind == "method" else OLD, places=kept)
    table = change_table(compare(one, other)).set_index("place")
    rest = [name for name in PARTS if name != "gained_" + kind]
    if kind == "own_data":
        # p3 alone moved: for all others, that is the data of others.
        assert table.loc["p3", "gained"] == table.loc["p3", "gained_own_data"] > 0
        rest = ["gained_own_data", "gained_method", "gained_membership"]
        table = table.drop("p3")
    split = table[table["status"].eq("split")]
    assert split[rest].abs().to_numpy().max() == pytest.approx(0, abs=1e-12)
    if kind == "method":
        assert split["gained"].ne(0).any()


def test_a_new_indicator_joins_data_and_method_and_says_why(tmp_path):
    names = ["p1", "p2", "p3", "p4"]
    one = write(tmp_path / "one", made(4, names, ("a", "b")), framed=("a", "b"))
    other = write(tmp_path / "two", made(5, [*names, "p9"], ("a", "b", "c")))
    done = compare(one, other)
    table = change_table(done).set_index("place").loc[names]
    assert set(table["status"]) == {"joined"}
    assert set(table["together"]) == {"own_data+others_data+method"}
    sums = table["gained_together"] + table["gained_membership"]
    np.testing.assert_allclose(sums, table["gained"].astype(float), atol=1e-9)
    assert table[["gained_own_data", "gained_others_data", "gained_method"]].isna().all(axis=None)
    finding = done.findings[0]
    assert finding.code == "C175" and finding.level == "warning"
    assert "method of two on data of one" in finding.text("reason", "en")
    assert "'c'" in finding.text("reason", "en")
    assert "合计" in finding.render("zh")


def test_a_place_that_left_without_the_new_indicator_joins_all_four(tmp_path):
    names = ["p1", "p2", "p3", "p4"]
    one = write(tmp_path / "one", made(4, [*names, "p9"], ("a", "b")), framed=("a", "b"))
    other = write(tmp_path / "two", made(5, names, ("a", "b", "c")))
    table = change_table(compare(one, other)).set_index("place").loc[names]
    assert set(table["status"]) == {"unsplit"}
    assert table["gained_together"].tolist() == table["gained"].astype(float).tolist()


def test_an_indicator_that_was_dropped_but_measured_needs_no_joining(tmp_path):
    names = ["p1", "p2", "p3", "p4"]
    one = write(tmp_path / "one", made(4, names), framed=("a", "b"))
    other = write(tmp_path / "two", made(5, names), framed=("a", "b", "c"))
    assert set(change_table(compare(one, other))["status"]) == {"split"}


def test_units_are_converted_and_other_units_are_told(tmp_path):
    names = ["p1", "p2", "p3", "p4"]
    old = made(6, names)
    scaled = {name: {**values, "a": values["a"] / 10000} for name, values in old.items()}
    one = write(tmp_path / "one", old, units={"a": "元"})
    other = write(tmp_path / "two", scaled, units={"a": "万元"})
    table = change_table(compare(one, other))
    assert table[["gained", *PARTS]].abs().to_numpy(dtype=float).max() == 0
    third = write(tmp_path / "three", old, units={"a": "件"})
    done = compare(one, third)
    assert "件" in done.findings[0].text("reason", "zh")
    assert set(change_table(done)["status"]) == {"joined"}


def test_a_method_that_the_other_data_do_not_take_is_told(tmp_path):
    names = ["p1", "p2", "p3", "p4"]
    old = made(7, names)
    old["p2"]["a"] = 0.0
    one = write(tmp_path / "one", old, method={**OLD, "normalise": "none"})
    other = write(tmp_path / "two", made(8, names), method={**NEW, "normalise": "none"})
    done = compare(one, other)
    # For the place with the zero its own data are to blame, for the others the data of others.
    together = change_table(done).set_index("place")["together"]
    assert together.to_dict() == {
        name: f"{'own' if name == 'p2' else 'others'}_data+method" for name in names
    }
    assert "method of two" in done.findings[0].text("reason", "en")


def test_two_years_of_one_study_agree_with_its_history(write_study):
    rng = np.random.default_rng(9)
    values = {
        code: {year: rng.uniform(1, 9, 6).round(2) for year in (2012, 2015, 2020)} for code in ("a", "b")
    }
    folder = write_study(values, framed=("a", "b"), normalise="minmax(0, 1)")
    done = compare(folder, years=(2012, 2020))
    table = change_table(done).set_index("place")
    history = innohub.run(folder).index["i"].history.query("node == 'i'").set_index(["year", "place"])
    for year, which in ((2012, "before"), (2020, "after")):
        assert table[f"rank_{which}"].to_dict() == history.loc[year, "rank"].to_dict()
        assert table[f"score_{which}"].to_dict() == pytest.approx(history.loc[year, "score"].to_dict())
    # One scale over all years: the data of others move ranks, never scores.
    np.testing.assert_allclose(table["change_others_data"], 0, atol=1e-12)
    np.testing.assert_allclose(table[PARTS].sum(axis=1), table["gained"].astype(float), atol=1e-9)


def test_runs_are_compared_as_they_were(two):
    one, other, *_ = two
    first = innohub.run(one).folder
    wanted = change_table(compare(one, other))
    write(one, made(77, ["p1", "p2", "p3"]))
    pd.testing.assert_frame_equal(change_table(compare(first, innohub.run(other).folder)), wanted)


def test_shipped_study_with_overlaps_and_a_plan_can_be_compared_with_itself(flagship_run, flagship_folder):
    table = change_table(compare(flagship_run.folder, flagship_folder))
    assert len(table) == 14 and table["gained"].eq(0).all() and set(table["status"]) == {"split"}


def test_a_place_is_found_by_id_or_name(two):
    one, other, *_ = two
    done = compare(one, other)
    assert done.change("地p2") is done.change("p2") is done.change("Place p2")
    with pytest.raises(PlaceError, match="C173"):
        done.change("p8")


def test_bad_sides_are_refused(two, tmp_path):
    one, other, *_ = two
    with pytest.raises(StudyError, match="F001"):
        compare(tmp_path / "nowhere", other)
    with pytest.raises(ModelError, match="C171"):
        compare(one, other, index="j")
    with pytest.raises(ModelError, match="C174"):
        compare(one, years=(2019, 2020))
    strange = write(tmp_path / "strange", made(1, ["q1", "q2"]))
    with pytest.raises(PlaceError, match="C172"):
        compare(one, strange)


def test_a_study_without_an_index_is_refused(root, flagship_folder):
    with pytest.raises(ModelError, match="C170"):
        compare(root / "examples" / "guangzhou-2025", flagship_folder)
