"""What Anhui is good for: every table of the positioning is computed once more from the panel, by other means.

Rows of reference are copied from the data set techme (MIT), as in the tests of the index of the same study.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from innohub import Run
from innohub.brief import build_brief, check_brief

PLACE = "CN-AH"
SETS = {
    "science-centres": ["CN-BJ", "CN-SH", "CN-GD", "CN-SN"],
    "delta": ["CN-SH", "CN-JS", "CN-ZJ"],
    "centre": ["CN-SX", "CN-JX", "CN-HA", "CN-HB", "CN-HN"],
}
COPIED = [
    ("CN-AH", "researchers", 2022, 99839.0),
    ("CN-BJ", "researchers", 2022, 249171.0),
    ("CN-SH", "hightech_new_products", 2022, 18163158.0),
    ("CN-NM", "hightech_new_products", 2019, 361953.0),
    ("CN-HB", "applied_research", 2016, 738875.4),
]
# National figures of 2022.
NATIONAL = {"researchers": 2637193.0, "hightech_new_products": 875482574.0}
NATION_OF_SHARES = {
    "researchers": 2637193.0, "rd_personnel": 6353570.0, "sci_papers": 681884.0, "invention_patents": 695591.0,
    "invention_patents_in_force": 3351453.0, "contracts_sold": 477910166.0, "hightech_new_products": 875482574.0,
}  # fmt: skip
# Of Anhui in 2022: expenditure (100 million yuan) and intensity (%) of the bulletin; the budget, its total, education
# and agriculture (100 million yuan); enterprise funds of R&D, all R&D and contracts bought (10,000 yuan).
BULLETIN, BUDGET = (1152.5, 2.56), (8379.78, 1420.87, 991.88)
FUNDS, BOUGHT = (9345384.0, 11525148.0), 26695678.0
KINDS = ["basic_research", "applied_research", "experimental_development"]
# State key laboratories of Anhui: run by universities and institutes, by firms, by province and ministry.
LABORATORIES = (1, 5, 2)
# Remarks on the positioning.
CODES = {"N113", "N111", "N173", "N175", "N150", "N155", "N157"}


@pytest.fixture(scope="module")
def values(provinces: Path) -> pd.DataFrame:
    panel = pd.read_csv(provinces / "panel.csv", encoding="utf-8-sig")
    return panel.pivot(index=["place", "year"], columns="indicator", values="value")


@pytest.fixture(scope="module")
def now(values: pd.DataFrame) -> pd.DataFrame:
    return values.xs(2022, level="year")


@pytest.fixture(scope="module")
def functions(provinces: Path) -> dict[str, list[str]]:
    table = pd.read_csv(provinces / "functions.csv", encoding="utf-8-sig")
    assert (table["weight"] == 1).all()
    return {str(name): list(rows["indicator"]) for name, rows in table.groupby("function")}


def share_passed(values: pd.DataFrame, indicators: list[str], peers: list[str]) -> float:
    """The mean over indicators of the share of peers that Anhui exceeds, ties counted half."""
    own, others = values.loc[PLACE, indicators], values.loc[peers, indicators]
    return float(((others < own).mean() + (others == own).mean() / 2).mean())


# Values


@pytest.mark.reference
@pytest.mark.parametrize(("place", "indicator", "year", "value"), COPIED)
def test_values_are_those_of_the_data_set(
    values: pd.DataFrame, place: str, indicator: str, year: int, value: float
) -> None:
    assert values.loc[(place, year), indicator] == value


@pytest.mark.reference
def test_provinces_add_up(values: pd.DataFrame, now: pd.DataFrame) -> None:
    for indicator, total in NATIONAL.items():
        assert now[indicator].sum() == pytest.approx(total, rel=1e-4), indicator
    # Basic and applied research and experimental development are all research there is.
    rows = values.dropna(subset=KINDS)
    assert len(rows) == 31 * 10
    off = (rows[KINDS].sum(axis=1) / rows["rd_expenditure"] - 1).abs()
    # The notes of the study tell of the one row of the data set that does not add up.
    assert off[off > 2e-5].index.tolist() == [("CN-SH", 2021)]


@pytest.mark.reference
def test_ratios_are_those_of_their_series(now: pd.DataFrame, values: pd.DataFrame) -> None:
    own = now.loc[PLACE]
    output = BULLETIN[0] / BULLETIN[1] * 100
    assert own["gdp"] == round(output)
    assert own["budget_to_gdp_pct"] == pytest.approx(BUDGET[0] / output * 100, abs=0.01)
    assert own["budget_education_pct"] == round(BUDGET[1] / BUDGET[0] * 100, 2)
    assert own["budget_agriculture_pct"] == round(BUDGET[2] / BUDGET[0] * 100, 2)
    assert own["rd_enterprise_pct"] == round(FUNDS[0] / FUNDS[1] * 100, 2)
    assert own["contracts_sold_to_bought"] == round(own["contracts_sold"] / BOUGHT, 4)
    for indicator, total in NATION_OF_SHARES.items():
        assert own[f"{indicator}_china_share"] == round(own[indicator] / total * 100, 2), indicator
    # Output is implied by two published series, in every province and year: 100 million yuan and per cent.
    implied = values["rd_expenditure"] / 1e4 / values["rd_intensity_pct"] * 100
    both = values["gdp"].notna() & implied.notna()
    assert both.sum() == 31 * 10
    # Bulletin and yearbook differ by rounding only, which shows where there is next to no research.
    assert np.allclose(values["gdp"][both], implied[both], rtol=0.021)


def test_peer_sets_are_as_named(provinces: Path) -> None:
    table = pd.read_csv(provinces / "peers.csv", encoding="utf-8-sig")
    assert {name: list(rows["place"]) for name, rows in table.groupby("set")} == SETS
    region = pd.read_csv(provinces / "places.csv", encoding="utf-8-sig").set_index("place")["region"]
    assert {PLACE, *SETS["centre"]} == set(region[region.eq(region[PLACE])].index)


# Functions by scope


def test_cells_are_those_counted_by_hand(
    run: Run, now: pd.DataFrame, functions: dict[str, list[str]]
) -> None:
    cells = run.table("positions").set_index(["function", "set"])
    assert len(cells) == len(functions) * len(SETS) == 15
    for (function, name), cell in cells.iterrows():
        q = share_passed(now, functions[function], SETS[name])
        assert cell["q"] == pytest.approx(q), (function, name)
        assert cell["verdict"] == ("reached" if q >= 0.5 else "not reached")
        assert cell["peers"] == len(SETS[name])
    # Of Beijing, Shanghai, Guangdong and Shaanxi only the last has fewer patents, granted and in force.
    assert cells.loc[("technology", "science-centres"), "q"] == 0.25
    widest = cells[cells["widest"]].reset_index().groupby("function")["scope"].first().to_dict()
    assert widest == {
        "talent": "regional", "knowledge": "regional", "technology": "regional", "technology-diffusion": "regional",
        "product-diffusion": "national",
    }  # fmt: skip


def test_against_all_others_nothing_would_be_learnt(
    now: pd.DataFrame, functions: dict[str, list[str]]
) -> None:
    """What the notes of the study give as the reason for its choice of peers."""
    others = list(now.index.drop(PLACE))
    assert all(share_passed(now, indicators, others) > 0.5 for indicators in functions.values())


def test_no_other_province_rose_as_far(run: Run) -> None:
    history = (
        run.table("history").query("node == 'capacity'").pivot(index="place", columns="year", values="score")
    )
    rank = history.rank(ascending=False)
    risen = (rank[2012] - rank[2022]).sort_values()
    assert risen.index[-1] == PLACE
    assert rank.loc[PLACE, [2012, 2022]].tolist() == [12, 6]
    assert risen.iloc[-2] < risen.iloc[-1]


def test_peers_are_of_one_year_and_boundary(run: Run) -> None:
    assert run.table("relations")["marks"].eq("").all()


def test_years_are_those_of_regressions_of_logarithms(
    run: Run, values: pd.DataFrame, functions: dict[str, list[str]]
) -> None:
    """A line through the logarithms of all years, from the last value on, for Anhui and for each peer."""

    def ahead(place: str, indicator: str, year: int) -> float:
        told = values.loc[place, indicator].dropna()
        rate = np.polyfit(told.index, np.log(told), 1)[0]
        return float(told[2022] * np.exp(rate * (year - 2022)))

    expected = {}
    for function, indicators in functions.items():
        for name, peers in SETS.items():
            years = {
                year: pd.DataFrame(
                    {code: [ahead(p, code, year) for p in [PLACE, *peers]] for code in indicators},
                    index=[PLACE, *peers],
                )
                for year in (2023, 2024, 2025)
            }
            reached = [year for year, table in years.items() if share_passed(table, indicators, peers) >= 0.5]
            expected[function, name] = min(reached, default=None)
    cells = run.table("positions").set_index(["function", "set"])
    ahead_of = cells[cells["verdict"] == "not reached"]
    assert len(ahead_of) == 9
    for key, cell in ahead_of.iterrows():
        year = None if pd.isna(cell["ready_year"]) else int(cell["ready_year"])
        assert year == expected[key], key
        assert cell["ready"] == ("by" if year else "not by horizon")
        assert cell["trended"] == 1
    assert cells.loc[("technology-diffusion", "delta"), "ready_year"] == 2023
    assert cells.loc[("technology-diffusion", "science-centres"), "ready_year"] == 2025
    assert (cells.loc[cells["verdict"] == "reached", "ready"] == "now").all()


def test_shares_of_the_nation_are_told(run: Run, now: pd.DataFrame) -> None:
    text = " ".join(run.table("evidence")["en"])
    assert f"{now.loc[PLACE, 'contracts_sold_china_share']:g}% of the national total" in text


# Beside the grid


def test_the_class_of_the_deviations_is_that_of_the_scores(run: Run) -> None:
    score = run.table("scores").query("node == 'capacity'").set_index("place")["score"]
    mean, deviation = score.mean(), score.std(ddof=0)
    expected = np.where(
        score > mean + deviation / 2, "high", np.where(score < mean - deviation / 2, "low", "middle")
    )
    found = run.table("classes").query("scheme == 'sd-3'").set_index("place")["class"]
    assert found[score.index].tolist() == expected.tolist()


def test_tiers_by_scope_say_nothing_of_the_world(run: Run, now: pd.DataFrame) -> None:
    found = run.table("classes").query("scheme == 'tiers-scope'").set_index("place")["class"]
    parts = now[["sci_papers", "invention_patents", "hightech_revenue"]]
    leads = ((parts / parts.sum()) >= 0.1).sum(axis=1) >= 2
    assert set(found[found == "national"].index) == set(leads[leads].index) == {"CN-BJ", "CN-JS", "CN-GD"}
    assert set(found) == {"national", "regional", "local"}
    assert found[PLACE] == "regional"


def test_marks_of_a_centre(run: Run) -> None:
    marks = run.table("checklists").set_index(["tier", "mark"])
    tested = marks[marks["verdict"] != "no data"]
    assert tested["verdict"].to_dict() == {
        ("national", "output"): "no", ("national", "talent"): "no", ("national", "radiation"): "yes",
        ("regional", "output"): "no", ("regional", "talent"): "no", ("regional", "radiation"): "yes",
    }  # fmt: skip
    assert marks.loc[("national", "talent"), "value"] == 0.25
    assert marks.loc[("regional", "talent"), "value"] == 0.7
    assert marks.loc[("national", "radiation"), "value"] == 1.0771


def test_conditions_stand_between_the_terciles(run: Run, now: pd.DataFrame) -> None:
    told = run.table("condition_indicators").set_index("indicator")
    peers = list(dict.fromkeys(place for members in SETS.values() for place in members))
    for indicator in ("gdp", "rd_intensity_pct"):
        low, high = np.quantile(now.loc[peers, indicator], [1 / 3, 2 / 3])
        assert told.loc[indicator, ["lower", "upper"]].tolist() == pytest.approx([low, high])
        assert low < now.loc[PLACE, indicator] < high
        assert told.loc[indicator, "verdict"] == "medium"


def test_distances_are_those_of_standardised_structure(run: Run, now: pd.DataFrame) -> None:
    kinds = run.table("places").set_index("place")["kind"]
    names = [
        "gdp", "budget_to_gdp_pct", "budget_education_pct", "budget_agriculture_pct", "rd_enterprise_pct",
    ]  # fmt: skip
    x = now.loc[kinds.index[kinds == "province"], names].assign(gdp=lambda t: np.log(t["gdp"]))
    z = (x - x.mean()) / x.std(ddof=0)
    distance = np.sqrt(((z - z.loc[PLACE]) ** 2).sum(axis=1)).drop(PLACE).sort_values()
    found = run.table("similar").set_index("peer")
    assert found["distance"].to_dict() == pytest.approx(distance.to_dict(), rel=1e-9)
    assert found.index[found["chosen"]].tolist() == distance.index[:5].tolist()
    assert distance.index[:4].tolist() == ["CN-HN", "CN-JX", "CN-HA", "CN-HB"]
    parts = run.table("similar_parts").groupby("peer")["contribution"].sum()
    assert parts.to_dict() == pytest.approx((distance**2).to_dict(), rel=1e-9)


def test_comparison_shows_scores_and_ranks_of_the_index(run: Run) -> None:
    scores = run.table("scores").set_index(["node", "place"])
    table = run.table("comparison")
    nodes = table[table["node"].isin(["capacity", "input", "knowledge", "technology", "market"])]
    assert len(nodes) == 5 * 6
    for row in nodes.to_dict("records"):
        told = scores.loc[(row["node"], row["place"])]
        assert (row["value"], row["rank"]) == (pytest.approx(told["score"]), told["rank"])


def test_roll_ups_are_means_of_normalised_values(run: Run, provinces: Path) -> None:
    steps = run.table("steps").query("step == 'normalised' and year == 2022")
    wide = steps.pivot_table(index="place", columns="node", values="after")
    tags = pd.read_csv(provinces / "tags.csv", encoding="utf-8-sig")
    found = run.table("rollups").set_index(["hierarchy", "slot", "place"])["score"]
    for (hierarchy, slot), rows in tags.groupby(["hierarchy", "slot"]):
        expected = wide[rows["indicator"]].mean(axis=1)
        assert found.xs((hierarchy, slot), level=("hierarchy", "slot")).to_dict() == pytest.approx(
            expected.to_dict(), nan_ok=True
        ), slot
    untagged = run.table("rollup_untagged")
    assert set(untagged["hierarchy"]) == {"four-functions"}


def test_kinds_of_research_are_special_nowhere(run: Run, now: pd.DataFrame) -> None:
    """Location quotients by hand; Beijing leads in basic and in applied research, so nobody below is special."""
    amounts = now[KINDS]
    quotient = amounts.div(amounts.sum(axis=1), axis=0) / (amounts.sum() / amounts.sum().sum())
    table = run.table("special_functions")
    tiers = run.table("tiers").query("assigned").drop_duplicates("place").set_index("place")["tier"]
    below = quotient[tiers.reindex(quotient.index) != "international"].stack()
    assert len(table) == (below > 1.5).sum() > 0
    found = table.set_index(["place", "niche"])["lq"]
    assert found.to_dict() == pytest.approx(below[below > 1.5].to_dict())
    assert set(table["special"]) == {"no"}
    assert quotient.loc["CN-BJ", ["basic_research", "applied_research"]].min() > 2


def test_higher_tiers_reach_most_of_the_scores_below(run: Run) -> None:
    order = ["international", "national", "regional", "local"]
    tiers = run.table("tiers").query("assigned").drop_duplicates("place").set_index("place")["tier"]
    level = tiers.map(order.index)
    scores = (
        run.table("scores").query("year == 2022").pivot_table(index="place", columns="node", values="score")
    )
    shares = run.table("containment_shares").set_index("function")
    for node in ("input", "knowledge", "technology", "market"):
        pairs = [(high, low) for high in level.index for low in level.index if level[high] < level[low]]
        held = sum(scores.loc[high, node] >= scores.loc[low, node] for high, low in pairs)
        assert shares.loc[node, ["compared", "held"]].tolist() == [len(pairs), held]
    assert shares["share"].idxmin() == "knowledge"


def test_arrows_are_those_of_regressions_with_dummies(run: Run) -> None:
    """Least squares on dummies of every province and year; errors clustered by province."""
    corners = {"agglomeration": "input", "innovation": "technology", "diffusion": "market"}
    history = run.table("history").pivot_table(index=["place", "year"], columns="node", values="score")
    arrows = run.table("triangle").set_index(["start", "end"])
    for start, end in (
        ("agglomeration", "innovation"), ("innovation", "diffusion"), ("diffusion", "agglomeration"),
    ):  # fmt: skip
        later = history[corners[end]].rename("y").reset_index().assign(year=lambda t: t["year"] - 1)
        rows = history[corners[start]].rename("x").reset_index().merge(later, on=["place", "year"])
        # Nine steps, of which those over 2017 have no year after.
        assert len(rows) == 8 * 31
        dummies = pd.get_dummies(rows[["place", "year"]].astype(str), drop_first=True, dtype=float)
        x = np.column_stack([rows["x"], np.ones(len(rows)), dummies])
        beta, *_ = np.linalg.lstsq(x, rows["y"], rcond=None)
        arrow = arrows.loc[(start, end)]
        assert arrow["coefficient"] == pytest.approx(beta[0])
        residual = rows["y"] - x @ beta
        scores = np.array(
            [x[at].T @ residual.to_numpy()[at] for at in rows.groupby("place").indices.values()]
        )
        bread = np.linalg.inv(x.T @ x)
        # Province effects lie within clusters and cost no freedom: one slope, a constant, and years less one.
        small = 31 / 30 * (len(rows) - 1) / (len(rows) - (1 + rows["year"].nunique()))
        error = np.sqrt(small * (bread @ scores.T @ scores @ bread)[0, 0])
        assert arrow["standard_error"] == pytest.approx(error)
        assert arrow["verdict"] == "supported"
    assert arrows.index[arrows["is_weakest"]].tolist() == [("innovation", "diffusion")]


def test_the_balance_is_that_of_three_scores(run: Run) -> None:
    history = run.table("history").pivot_table(index=["place", "year"], columns="node", values="score")
    u = history.loc[(PLACE, 2022), ["input", "technology", "market"]].to_numpy(float)
    coupling, level = 3 * np.prod(u) ** (1 / 3) / u.sum(), u.mean()
    row = run.table("balance").set_index(["place", "year"]).loc[(PLACE, 2022)]
    assert row[["C", "T", "D"]].tolist() == pytest.approx([coupling, level, np.sqrt(coupling * level)])
    assert row["lowest"] == "innovation"


def test_laboratories_are_counted_and_varied(run: Run) -> None:
    table = run.table("laboratories").set_index("place")
    row = table.loc[PLACE]
    p = np.array(LABORATORIES) / sum(LABORATORIES)
    assert row[["total", "kinds", "largest"]].tolist() == [sum(LABORATORIES), 3, "firm"]
    assert row["entropy"] == pytest.approx(-(p * np.log(p)).sum())
    assert row["evenness"] == pytest.approx(-(p * np.log(p)).sum() / np.log(3))
    # Beijing has most by far and none that it runs together with a ministry.
    assert table.loc["CN-BJ", ["total", "kinds"]].tolist() == [133, 2]


@pytest.mark.reference
def test_laboratories_are_all_of_the_lists(provinces: Path) -> None:
    table = pd.read_csv(provinces / "laboratories.csv", encoding="utf-8-sig")
    assert table.groupby("kind")["count"].sum().to_dict() == {
        "university-institute": 284, "firm": 177, "province-ministry": 48,
    }  # fmt: skip
    assert table.groupby("place")["kind"].nunique().eq(3).all()
    assert table["place"].nunique() == 31


# What is told


def test_remarks_are_those_expected(run: Run) -> None:
    found = run.table("findings")
    assert set(found["code"][found["code"].str.startswith("N1")]) == CODES
    assert "error" not in set(found["level"])


@pytest.mark.brief
def test_each_brief_has_the_cautions_and_classes_of_its_subject(run: Run) -> None:
    told = {
        name: str(build_brief(run, "en", pictures={}, subject=name)) for name in ("ranking", "positioning")
    }
    assert "frontier of efficiency does not mean" in told["ranking"]
    assert "frontier of efficiency does not mean" not in told["positioning"]
    assert "Five of the eight functions are tested" in told["positioning"]
    assert "Five of the eight functions are tested" not in told["ranking"]
    # A class that rests on no index belongs to the place as well.
    assert "Four tiers by the scope of standing" in told["positioning"]


@pytest.mark.brief
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_positioning_brief_is_sound(run: Run, language: str) -> None:
    brief = build_brief(run, language, pictures={}, subject="positioning")  # type: ignore[arg-type]
    assert check_brief(brief) == ()


@pytest.fixture(scope="module")
def run(provinces_run: Run) -> Run:
    return provinces_run
