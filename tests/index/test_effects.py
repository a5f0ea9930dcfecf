"""What each step changed, against whole studies in which that one step is set aside."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

import innohub as ih
from innohub.index.effects import compare

PLACES = [f"p{number:02d}" for number in range(12)]
CODES = ("papers", "patents", "labs", "energy", "people")
HEAD = '[study]\nid = "steps"\ntitle = "Steps"\nyear = 2020\n'
INDEX = {
    "screen": "{ min_available = 0.7 }",
    "denominate": "true",
    "impute": '"column_median"',
    "treat": '"winsorise(0, 1)"',
    "normalise": '"percentile"',
    "weights": '"given"',
    "aggregate": '"arithmetic"',
}
NEUTRAL = {
    "screen": "{}",
    "denominate": "false",
    "impute": '"none"',
    "treat": '"none"',
    "normalise": '"minmax(0, 1)"',
    "weights": '"equal"',
    "aggregate": '"arithmetic"',
}


def settings(**steps: str) -> str:
    lines = "".join(f"{key} = {value}\n" for key, value in steps.items())
    return (
        f"{HEAD}\n[index.centre]\n{lines}missing = {{ min_share = 0.5 }}\nuncertainty = {{ draws = 100 }}\n"
    )


def values() -> pd.DataFrame:
    """Draw values with zeros, ties, an outlier and gaps; one place has next to nothing."""
    rng = np.random.default_rng(11)
    table = pd.DataFrame(rng.integers(0, 9, (12, 5)).astype(float), index=PLACES, columns=list(CODES))
    table["people"] = rng.integers(2, 90, 12)
    table.loc["p03", "papers"] = 400
    table.loc[["p01", "p05"], "patents"] = np.nan
    table.loc["p07", "labs"] = np.nan
    table.loc["p09", ["papers", "patents"]] = np.nan
    return table


@pytest.fixture
def study(tmp_path):
    """Return a function that lays out the study with a study.toml and runs it."""

    def run(text: str, table: pd.DataFrame | None = None) -> ih.Run:
        (tmp_path / "study.toml").write_text(text, encoding="utf-8")
        rows = values() if table is None else table
        places = "".join(f"{place},city,{place},{place},CN,,,\n" for place in rows.index)
        head = "place,kind,name_zh,name_en,country,part_of,lat,lon\n"
        (tmp_path / "places.csv").write_text(head + places, encoding="utf-8")
        head = "indicator,name_zh,name_en,unit,direction,denominator,note\n"
        about = "".join(
            f"{code},{code},{code},count,{-1 if code == 'energy' else 1},{'people' if code == 'papers' else ''},\n"
            for code in CODES
        )
        (tmp_path / "indicators.csv").write_text(head + about, encoding="utf-8")
        nodes = "centre,,,,,\nleft,centre,,,3,\nright,centre,,,1,\n"
        leaves = "a,left,,,1,papers\nb,left,,,4,patents\nc,right,,,1,labs\nd,right,,,2,energy\n"
        head = "node,parent,name_zh,name_en,weight,indicator\n"
        (tmp_path / "framework.csv").write_text(head + nodes + leaves, encoding="utf-8")
        long = rows.rename_axis("place").reset_index().melt("place", var_name="indicator").dropna()
        long.assign(year=2020, unit="count", source="yb").to_csv(tmp_path / "panel.csv", index=False)
        head = "source,title,publisher,year,url,licence,accessed\n"
        (tmp_path / "sources.csv").write_text(head + "yb,Yearbook,NBS,2021,,facts,\n", encoding="utf-8")
        return ih.run(tmp_path)

    return run


def ranks(run: ih.Run) -> pd.Series:
    root = run.table("scores").query("node == 'centre'")
    return root.set_index("place")["score"].dropna()


def test_every_step_is_compared_with_the_study_without_it(study):
    own = study(settings(**INDEX))
    table = own.index["centre"].effects.set_index("step")
    assert table.index.tolist() == ["screen", "denominate", "impute", "treat", "normalise", "weights"]
    mine = ranks(own)
    for step, row in table.iterrows():
        other = ranks(study(settings(**{**INDEX, step: NEUTRAL[step]})))
        both = mine.index.intersection(other.index)
        before = pd.Series(rankdata(-other[both].round(10), method="min"), index=both)
        after = pd.Series(rankdata(-mine[both].round(10), method="min"), index=both)
        moves = (after - before).abs()
        assert row["places"] == (moves > 0).sum(), step
        assert row["unranked"] == len(mine.index.symmetric_difference(other.index)), step
        assert row["mean_shift"] == pytest.approx(moves.mean()), step
        assert row["max_shift"] == moves.max(), step
        if moves.max():
            most = row["most_place"]
            assert moves[most] == moves.max()
            assert after[most] == after[moves == moves.max()].min()
            assert (row["from_rank"], row["to_rank"]) == (before[most], after[most])
        assert row["neutral"] == {"screen": "none"}.get(step, NEUTRAL[step].strip('"'))
        assert row["reason"] == ""
    assert table.loc["screen", "unranked"] == 1
    assert table["places"].sum() > 0


def test_values_are_counted_cell_by_cell(study):
    table = study(settings(**INDEX)).index["centre"].effects.set_index("step")["values"]
    kept = values().drop(index="p09")
    assert table["screen"] == values().loc["p09", ["papers", "patents", "labs", "energy"]].notna().sum() == 2
    assert table["denominate"] == (kept["papers"].notna() & kept["papers"].ne(0)).sum()
    assert table["impute"] == kept[["papers", "patents", "labs", "energy"]].isna().sum().sum() == 3
    filled = kept.assign(papers=kept["papers"] / kept["people"])[["papers", "patents", "labs", "energy"]]
    filled = filled.fillna(filled.median())
    # One point is cut in each column; where it ties with the next, its value stays.
    assert table["treat"] == sum((column == column.max()).sum() == 1 for _, column in filled.items())
    assert table[["normalise", "weights"]].isna().all()


def test_a_geometric_mean_is_compared_on_a_scale_above_zero(study):
    steps = {**NEUTRAL, "normalise": '"minmax(5, 50)"', "aggregate": '"geometric"'}
    table = study(settings(**steps)).index["centre"].effects.set_index("step")
    assert table.loc["normalise", "neutral"] == "minmax(1, 100)"
    assert table.loc["aggregate", "neutral"] == "arithmetic"
    steps["normalise"] = '"minmax(1, 100)"'
    assert study(settings(**steps)).index["centre"].effects["step"].tolist() == ["aggregate"]


def test_a_comparison_that_fails_says_why_and_the_others_stand(study):
    steps = {**NEUTRAL, "impute": '"column_mean"', "weights": '"given"', "aggregate": '"topsis"'}
    table = study(settings(**steps)).index["centre"].effects.set_index("step")
    assert table.loc["impute", "reason"] == "S120"
    numbers = ["places", "unranked", "mean_shift", "max_shift", "from_rank", "to_rank"]
    assert table.loc["impute", numbers].isna().all()
    assert table.loc["impute", "values"] == 5
    assert table.loc[["weights", "aggregate"], "reason"].eq("").all()
    assert table.loc[["weights", "aggregate"], "places"].notna().all()


def test_rules_of_single_nodes_are_told_and_set_aside(study):
    text = settings(**NEUTRAL) + '\n[index.centre.nodes.left]\nweights = "given"\n'
    row = study(text).index["centre"].effects.iloc[0]
    assert (row["step"], row["method"], row["neutral"]) == ("weights", "equal; left: given", "equal")


def test_nothing_but_plain_choices_leaves_an_empty_table(study):
    table = study(settings(**NEUTRAL)).table("effects")
    assert table.empty
    assert {"index", "step", "values", "places", "reason"} <= set(table.columns)


def test_two_places_and_constant_columns(study):
    few = values().iloc[[0, 2]].assign(labs=3.0)
    row = study(settings(**{**NEUTRAL, "weights": '"given"'}), few).table("effects").iloc[0]
    assert row["places"] in (0, 2)
    assert row["unranked"] == 0


SCORES = st.lists(st.one_of(st.just(np.nan), st.integers(-3, 3).map(float)), min_size=1, max_size=9)


@given(st.data())
def test_ranks_are_compared_as_by_hand(data):
    before = np.array(data.draw(SCORES))
    after = np.array(
        data.draw(
            st.lists(st.sampled_from([np.nan, 0.0, 1.0, 2.0]), min_size=len(before), max_size=len(before))
        )
    )
    found = compare(before, after)
    both = [k for k in range(len(before)) if before[k] == before[k] and after[k] == after[k]]
    old = {k: 1 + sum(before[j] > before[k] for j in both) for k in both}
    new = {k: 1 + sum(after[j] > after[k] for j in both) for k in both}
    moves = {k: abs(new[k] - old[k]) for k in both}
    assert found.places == sum(move > 0 for move in moves.values())
    assert found.unranked == sum(np.isnan(before) ^ np.isnan(after))
    assert found.largest == max(moves.values(), default=0)
    if found.largest:
        assert moves[found.most] == found.largest
        assert (found.before, found.after) == (old[found.most], new[found.most])
        assert found.mean == pytest.approx(sum(moves.values()) / len(both))
    else:
        assert found.most == -1
