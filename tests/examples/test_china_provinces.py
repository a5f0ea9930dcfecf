"""The study of 31 provinces: its values are those of the data set, its years compare, and it runs to the end.

Rows of reference are copied from the data set techme (MIT), repository huhuaping/techme, commit
9ad60a190dec4a56953da9c478d42cd44c80762a, which digitises the China Statistical Yearbook on Science and Technology.
"""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import innohub
from innohub import Run
from innohub.brief import build_brief, check_brief
from innohub.web import payload

YEARS = [2012, 2013, 2014, 2015, 2016, 2018, 2019, 2020, 2021, 2022]
# Years of inputs only, for the outputs a year later.
LAGGED = [2011, 2017]
COPIED = [
    ("CN-BJ", "rd_expenditure", 2022, 28433394.0),
    ("CN-GD", "rd_expenditure", 2012, 12361500.8),
    ("CN-SH", "rd_personnel", 2022, 264054.0),
    ("CN-BJ", "rd_expenditure", 2017, 15796512.3),
    ("CN-XZ", "rd_personnel", 2011, 1081.0),
    ("CN-XZ", "rd_intensity_pct", 2022, 0.33),
    ("CN-HI", "basic_research", 2016, 53150.5),
    ("CN-GS", "sci_papers", 2018, 4782.0),
    ("CN-SH", "sci_papers", 2022, 49638.0),
    ("CN-JS", "invention_patents", 2020, 45975.0),
    ("CN-SN", "contracts_sold", 2022, 30487345.0),
    ("CN-GX", "contracts_sold", 2021, 9405765.277149),
    ("CN-GD", "hightech_revenue", 2022, 53593.0),
]
# Science and technology, and total, of the budget of Anhui in 2022, 100 million yuan.
BUDGET = (507.56, 8379.78)
# National figures of 2012 and 2022, and the least share of them that the provinces must reach.
NATIONAL = {
    "rd_expenditure": (102984089.6, 307828823.0, 0.9999),
    "rd_personnel": (3246840.0, 6353570.0, 0.9999),
    "basic_research": (4988065.9, 20234599.0, 0.9999),
    "sci_papers": (158615.0, 681884.0, 0.9999),
    "hightech_revenue": (102284.0, 216986.0, 0.9999),
    "hightech_firms": (24636.0, 49674.0, 0.9999),
    "invention_patents": (143847.0, 695591.0, 0.95),
    "invention_patents_in_force": (473187.0, 3351453.0, 0.91),
    "contracts_sold": (64370682.977038, 477910166.0, 0.90),
}
RATIOS = {
    "sci_papers_per_100": ("sci_papers", "rd_personnel"),
    "invention_patents_per_100": ("invention_patents", "rd_personnel"),
    "contracts_sold_per_rd": ("contracts_sold", "rd_expenditure"),
}


@pytest.fixture(scope="module")
def folder(provinces: Path) -> Path:
    return provinces


@pytest.fixture(scope="module")
def panel(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "panel.csv", encoding="utf-8-sig", keep_default_na=False)


@pytest.fixture(scope="module")
def wide(panel: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """The indicators of the index; those of the positioning have tests of their own."""
    kept = pd.read_csv(folder / "framework.csv", encoding="utf-8-sig")["indicator"].dropna()
    rows = panel[panel["indicator"].isin(kept)]
    return rows.pivot(index=["place", "year"], columns="indicator", values="value")


@pytest.fixture(scope="module")
def run(provinces_run: Run) -> Run:
    return provinces_run


@pytest.mark.reference
@pytest.mark.parametrize(("place", "indicator", "year", "value"), COPIED)
def test_values_are_those_of_the_data_set(
    wide: pd.DataFrame, place: str, indicator: str, year: int, value: float
) -> None:
    assert wide.loc[(place, year), indicator] == value


@pytest.mark.reference
@pytest.mark.parametrize("indicator", NATIONAL)
def test_provinces_add_up_to_the_nation(wide: pd.DataFrame, indicator: str) -> None:
    first, last, least = NATIONAL[indicator]
    total = wide[indicator].groupby("year").sum()
    assert least <= total[2012] / first <= 1.0001
    assert least <= total[2022] / last <= 1.0001


def test_ratios_are_those_of_their_series(wide: pd.DataFrame) -> None:
    for ratio, (above, below) in RATIOS.items():
        expected = wide[above] / wide[below] * 100
        assert np.allclose(wide[ratio], expected, rtol=0, atol=5.1e-5, equal_nan=True), ratio
    science, total = BUDGET
    assert wide.loc[("CN-AH", 2022), "fiscal_st_share_pct"] == round(science / total * 100, 4)


def test_every_province_is_there_in_every_year(panel: pd.DataFrame, wide: pd.DataFrame) -> None:
    assert sorted(panel["year"].unique()) == sorted([*YEARS, *LAGGED])
    assert (panel.groupby("year")["place"].nunique() == 31).all()
    earlier = wide[wide.index.get_level_values("year").isin(LAGGED)].notna().all()
    assert set(earlier[earlier].index) == {"rd_expenditure", "rd_personnel"}
    gaps = wide[wide.index.get_level_values("year").isin(YEARS)].isna().stack()
    gaps = gaps[gaps].index.to_frame(index=False)
    assert set(gaps["place"]) == {"CN-XZ"}
    assert set(gaps["indicator"]) == {"contracts_sold", "contracts_sold_per_rd"}
    assert sorted(gaps["year"].unique()) == [2012, 2013, 2014, 2015, 2016]


def test_leaps_are_flagged_and_explained(panel: pd.DataFrame) -> None:
    doubtful = panel[panel["flag"].ne("")]
    assert set(doubtful["flag"]) == {"doubtful"}
    assert doubtful.filter(regex="^note_").ne("").all(axis=None)
    named = doubtful[["place", "indicator", "year"]].itertuples(index=False, name=None)
    sold = [("CN-GX", 2021), ("CN-HI", 2013), ("CN-HI", 2014), ("CN-XZ", 2019), ("CN-QH", 2019)]
    kinds = ("contracts_sold", "contracts_sold_per_rd", "contracts_sold_to_bought")
    expected = {(place, kind, year) for place, year in sold for kind in kinds}
    others = {("CN-HI", "basic_research", 2016), ("CN-NM", "hightech_new_products", 2019)}
    assert set(named) == expected | others


def test_the_check_finds_nothing(folder: Path) -> None:
    assert not [f.render("en") for f in innohub.check_study(folder)]


def test_runs_to_the_end(run: Run) -> None:
    scores = run.table("scores").query("node == 'capacity'").sort_values("rank")
    assert scores["place"].head(3).tolist() == ["CN-BJ", "CN-GD", "CN-JS"]
    assert scores["place"].iloc[-1] == "CN-XZ"
    assert len(scores) == 31
    assert scores["score"].between(0, 1).all()
    tiers = run.table("tiers").query("assigned and definition == 'refitted'")
    assert set(tiers["tier"]) == {"international", "national", "regional", "local"}
    assert set(run.table("alternatives")["alternative"]) == {"entropy", "critic", "geometric", "rank"}


def test_years_share_one_scale(run: Run, wide: pd.DataFrame) -> None:
    """Scores of one year compare with those of another: bounds are taken over all years together."""
    history = run.table("history")
    top = history.query("node == 'capacity'").pivot(index="place", columns="year", values="score")
    assert top.columns.tolist() == YEARS
    assert top.notna().all(axis=None)
    # Nearly everything has grown, in current prices; so must the scores, which yearly bounds would have hidden.
    assert top.mean().is_monotonic_increasing
    assert (top[2022] > top[2012]).all()
    now = run.table("scores").query("node == 'capacity'").set_index("place")["score"]
    assert top[2022].to_numpy() == pytest.approx(now[top.index].to_numpy(), abs=1e-12)
    # The scale of an untreated indicator runs over all provinces and years.
    steps = run.table("steps").query("step == 'normalised' and node == 'rd_intensity_pct' and year == 2022")
    intensity = wide["rd_intensity_pct"]
    expected = (steps["before"] - intensity.min()) / (intensity.max() - intensity.min())
    assert steps["after"].to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-12)


def test_only_skewed_totals_are_treated(run: Run) -> None:
    treated = run.table("steps").set_index("index").loc["capacity"].query("step == 'treated'")
    assert set(treated["flag"]) == {"transformed"}
    assert set(treated["node"]) == set(NATIONAL)


def test_neighbours_are_those_that_share_a_border(folder: Path) -> None:
    pairs = pd.read_csv(folder / "neighbours.csv", encoding="utf-8-sig")
    places = pd.read_csv(folder / "places.csv", encoding="utf-8-sig")
    assert len({frozenset(pair) for pair in pairs.itertuples(index=False, name=None)}) == len(pairs) == 69
    borders = pd.concat([pairs["place"], pairs["other"]]).value_counts()
    assert set(borders.index) == set(places["place"])
    # Inner Mongolia and Shaanxi border eight others each; Hainan is joined to Guangdong alone.
    assert borders[borders == 8].index.sort_values().tolist() == ["CN-NM", "CN-SN"]
    assert borders.max() == 8
    assert borders[borders == 1].index.tolist() == ["CN-HI"]
    assert places["region"].value_counts().to_dict() == {
        "西部 West": 12,
        "东部 East": 10,
        "中部 Central": 6,
        "东北 Northeast": 3,
    }


def test_efficiency_is_that_of_programmes_written_out(run: Run, wide: pd.DataFrame) -> None:
    table = run.table("efficiency")
    assert sorted(table["year"].unique()) == YEARS
    assert (table.groupby("year").size() == 31).all()
    assert table["feasible"].all()
    values = wide.reset_index().set_index(["year", "place"])
    x = values.loc[2017, ["rd_expenditure", "rd_personnel"]].to_numpy()
    y = values.loc[2018, ["sci_papers", "invention_patents"]].to_numpy()
    # Output-oriented BCC: stretch all outputs of a province as far as a mixture of provinces allows.
    expected = {}
    for at, place in enumerate(values.loc[2018].index):
        upper = np.vstack(
            [np.hstack([[[0.0]] * 2, x.T / x[at][:, None]]), np.hstack([[[1.0]] * 2, -y.T / y[at][:, None]])]
        )
        found = linprog(
            [-1.0] + [0.0] * 31, A_ub=upper, b_ub=[1, 1, 0, 0], A_eq=[[0.0] + [1.0] * 31], b_eq=[1.0]
        )
        expected[place] = -1 / found.fun
    scores = table.query("year == 2018").set_index("place")["score"]
    assert scores.to_dict() == pytest.approx(expected, abs=1e-7)
    targets = run.table("efficiency_targets").query("role == 'output'")
    assert (targets["change"] > -1e-9).all()


def test_productivity_changes_multiply_over_time(run: Run) -> None:
    """Under one frontier the steps lead from the first year to the last."""
    table = run.table("malmquist")
    assert (table["frontier"] == "global").all()
    product = table["efficiency_change"] * table["technical_change"]
    assert table["index"].to_numpy() == pytest.approx(product.to_numpy())
    provinces = table[table["place"].ne("")]
    mean = np.exp(np.log(provinces["index"]).groupby(provinces["end"]).mean())
    assert table[table["place"].eq("")]["index"].to_numpy() == pytest.approx(mean.to_numpy())
    steps = provinces[["start", "end"]].drop_duplicates().itertuples(index=False, name=None)
    assert list(steps) == list(pairwise(YEARS))


def test_change_is_read_by_region_and_neighbours(run: Run) -> None:
    groups = run.table("inequality_groups").set_index("index").loc["capacity"]
    groups = groups.query("group == '' and measure == 'theil_t'")
    wide_groups = groups.pivot(index="year", columns="component", values="value")
    assert wide_groups["total"].to_numpy() == pytest.approx(wide_groups["within"] + wide_groups["between"])
    theil = run.table("inequality").set_index(["index", "year"]).loc["capacity"]["theil"]
    assert wide_groups["total"].to_numpy() == pytest.approx(theil.to_numpy())
    # Ten years are nine steps, of which the one over 2017 is left out.
    moves, spatial = (
        run.table(name).set_index("index").loc["capacity", "count"].sum()
        for name in ("transitions", "spatial_transitions")
    )
    assert moves == spatial == 8 * 31
    assert run.table("density")["year"].unique().tolist() == YEARS


@pytest.mark.brief
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_brief_is_sound(run: Run, language: str) -> None:
    brief = build_brief(run, language, pictures={})  # type: ignore[arg-type]
    assert check_brief(brief) == ()


def test_the_page_has_every_province(run: Run) -> None:
    text = str(payload(run))
    assert all(re.search(rf"\b{place}\b", text) for place in run.table("places")["place"])
