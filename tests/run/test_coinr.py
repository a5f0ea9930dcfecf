"""The pipeline over COINr's tables, against a second computation in plain pandas."""

import numpy as np
import pandas as pd
import pytest

from innohub.errors import ModelError, PanelError, ScaleError
from innohub.run.coinr import run_coinr
from innohub.study.coinr import read_coinr
from innohub.study.coinr_method import Method

STAGES = ["raw", "denominated", "imputed", "screened", "treated", "normalised", "aggregated"]
EXAMPLE = {
    "denominate": True,
    "impute": "group_mean(EurAsia_group)",
    "screen": {"min_available": 0.9},
    "treat": {"winsorise": 5, "skew": 2.0, "kurt": 3.5, "otherwise": "log_ct"},
    "normalise": "minmax(0, 100)",
    "weights": "given",
    "aggregate": "arithmetic",
}


@pytest.fixture(scope="module")
def asem(root):
    folder = root / "tests" / "reference" / "asem"
    return lambda data: (
        read_coinr(folder / data, folder / "ASEM_iMeta.csv"),
        pd.read_csv(folder / data),
        pd.read_csv(folder / "ASEM_iMeta.csv"),
    )


# The second computation


def treated_by_hand(x: pd.Series) -> pd.Series:
    """COINr's rule; the moments are those of pandas."""

    def passes(y):
        return abs(y.skew()) < 2 or y.kurt() < 3.5

    y = x.copy()
    # A point that moves on together with the next maximum still counts as one.
    while not passes(y) and (y != x).sum() < 5:
        top = y.skew() >= 0
        extreme = y.max() if top else y.min()
        rest = y[y != extreme]
        y = y.mask(y == extreme, rest.max() if top else rest.min())
    return y if passes(y) else np.log(x - x.min() + 0.01 * (x.max() - x.min()))


def by_hand(data: pd.DataFrame, meta: pd.DataFrame) -> dict[str, pd.DataFrame]:
    leaves = meta[meta["Type"] == "Indicator"].set_index("iCode")
    stages = {"raw": data[leaves.index]}
    stages["denominated"] = stages["raw"].apply(
        lambda x: (
            x if pd.isna(leaves.loc[x.name, "Denominator"]) else x / data[leaves.loc[x.name, "Denominator"]]
        )
    )
    means = stages["denominated"].groupby([data["Time"], data["EurAsia_group"]]).transform("mean")
    stages["imputed"] = stages["denominated"].fillna(means)
    stages["screened"] = stages["imputed"][stages["imputed"].notna().mean(axis=1) >= 0.9]
    parts = [part.apply(treated_by_hand) for _, part in stages["screened"].groupby(data["Time"])]
    stages["treated"] = pd.concat(parts).sort_index()
    turned = stages["treated"] * leaves["Direction"]
    stages["normalised"] = 100 * (turned - turned.min()) / (turned.max() - turned.min())
    scores = stages["normalised"].copy()
    for level in (2, 3, 4):
        for node in meta.loc[meta["Level"] == level, "iCode"]:
            below = meta[meta["Parent"] == node].set_index("iCode")["Weight"]
            scores[node] = (scores[below.index] * below).sum(axis=1) / below.sum()
    stages["aggregated"] = scores
    return stages


@pytest.mark.reference
@pytest.mark.parametrize("file", ["ASEM_iData.csv", "ASEM_iData_p.csv"])
def test_the_whole_example_pipeline_agrees_with_plain_pandas(asem, file):
    coinr, data, meta = asem(file)
    done = run_coinr(coinr, Method.model_validate(EXAMPLE))
    expected = by_hand(data, meta)
    assert list(done.stages) == STAGES
    for stage, table in done.stages.items():
        assert list(table.columns[:2]) == ["uCode", "Time"]
        assert list(table.columns[2:]) == list(expected[stage]), stage
        np.testing.assert_allclose(table.iloc[:, 2:], expected[stage], rtol=1e-9, atol=1e-9, err_msg=stage)
    index = expected["aggregated"]["Index"]
    ranks = index.groupby(data["Time"]).rank(ascending=False, method="min")
    assert done.ranks["Index"].tolist() == ranks.tolist()
    np.testing.assert_allclose(done.scores["Index"], index, rtol=1e-9)
    assert {finding.code for finding in done.findings} == {"R206"}


@pytest.mark.reference
def test_a_value_without_denominator_is_set_aside_and_named(asem):
    coinr, _, _ = asem("ASEM_iData.csv")
    done = run_coinr(coinr, Method(denominate=True))
    lost = done.stages["denominated"].set_index("uCode").loc["LAO", ["Elec", "Gas"]]
    assert lost.isna().all()
    told = [finding.render("en") for finding in done.findings if finding.code == "R206"]
    assert len(told) == 2
    assert all("LAO" in text and "Energy" in text for text in told)


@pytest.mark.reference
def test_screening_may_look_at_the_raw_values(asem):
    coinr, data, meta = asem("ASEM_iData.csv")
    method = Method.model_validate({**EXAMPLE, "screen": {"min_available": 0.9, "of": "raw"}})
    done = run_coinr(coinr, method)
    leaves = meta.loc[meta["Type"] == "Indicator", "iCode"]
    kept = data[data[leaves].notna().mean(axis=1) >= 0.9]["uCode"].tolist()
    assert len(kept) < len(data)
    assert done.stages["screened"]["uCode"].tolist() == kept
    assert sum(finding.code == "P122" for finding in done.findings) == len(data) - len(kept)


# Right where COINr is not

META = """iCode,Parent,Direction,Type,Weight
2x,P,1,Indicator,1
y,P,-1,Indicator,3
P,总,1,Aggregate,1
z,总,1,Indicator,1
总,,1,Aggregate,1
"""
DATA = "uCode,2x,y,z\na,1,4,2\nb,2,,3\nc,3,8,7\nd,5,2,5\n"


@pytest.fixture
def read(tmp_path):
    def call(data=DATA, meta=META):
        for name, text in (("iData.csv", data), ("iMeta.csv", meta)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        return read_coinr(tmp_path / "iData.csv", tmp_path / "iMeta.csv")

    return call


def test_ragged_depth_and_any_code(read):
    done = run_coinr(read())
    assert list(done.stages) == ["raw", "normalised", "aggregated"]
    assert list(done.stages["aggregated"]) == ["uCode", "2x", "y", "z", "P", "总"]
    assert list(done.ranks) == ["uCode", "总", "P"]
    a = done.stages["aggregated"].set_index("uCode").loc["a"]
    assert a["P"] == pytest.approx((0 + 3 * 100 * 4 / 6) / 4, rel=1e-12)
    assert a["总"] == pytest.approx((a["P"] + 0) / 2, rel=1e-12)


@pytest.mark.parametrize("name", ["geometric", "harmonic", "power(0.5)"])
def test_a_mean_takes_the_children_present(read, name):
    done = run_coinr(read(), Method(normalise="minmax(1, 100)", aggregate=name))
    b = done.stages["aggregated"].set_index("uCode").loc["b"]
    assert np.isnan(b["y"])
    assert b["P"] == pytest.approx(b["2x"], rel=1e-12)


def test_a_share_of_children_may_be_asked_for(read):
    method = Method.model_validate({"missing": {"min_share": 0.6, "by": "weight"}})
    done = run_coinr(read(), method)
    b = done.scores.set_index("uCode").loc["b"]
    assert np.isnan(b["P"])
    assert np.isnan(b["总"])
    assert done.ranks.set_index("uCode")["总"].isna()["b"]
    assert "S105" in {finding.code for finding in done.findings}


def test_a_geometric_mean_of_zero_names_the_way_out(read):
    with pytest.raises(ScaleError) as problem:
        run_coinr(read(), Method(aggregate="geometric"))
    (finding,) = problem.value.findings
    assert (finding.code, finding.file) == ("S102", "method.toml")


def test_each_aggregate_may_have_its_own_rule(read):
    method = Method.model_validate({"nodes": {"P": {"weights": "equal"}}})
    a = run_coinr(read(), method).scores.set_index("uCode").loc["a"]
    assert a["P"] == pytest.approx((0 + 100 * 4 / 6) / 2, rel=1e-12)
    with pytest.raises(ModelError) as problem:
        run_coinr(read(), Method.model_validate({"nodes": {"p": {"weights": "equal"}}}))
    assert problem.value.findings[0].code == "M223"


def test_the_direction_of_an_aggregate_is_never_ignored(read):
    with pytest.raises(ModelError) as problem:
        run_coinr(read(meta=META.replace("P,总,1", "P,总,-1")))
    assert problem.value.findings[0].code == "M212"


def test_z_scores_divide_by_one_less(read):
    z = run_coinr(read(), Method(normalise="zscore")).stages["normalised"]["2x"]
    x = pd.Series([1, 2, 3, 5])
    np.testing.assert_allclose(z, (x - x.mean()) / x.std(), rtol=1e-12)


def test_a_denominator_of_zero_is_refused(read):
    meta = META.replace("Weight\n", "Weight,Denominator\n").replace(
        "2x,P,1,Indicator,1", "2x,P,1,Indicator,1,n"
    )
    meta = (
        "\n".join(line if line.count(",") == 5 else line + "," for line in meta.splitlines())
        + "\nn,,,Denominator,,\n"
    )
    data = "uCode,2x,y,z,n\na,1,4,2,0\nb,2,,3,1\nc,3,8,7,2\nd,5,2,5,2\n"
    with pytest.raises(PanelError) as problem:
        run_coinr(read(data, meta), Method(denominate=True))
    (finding,) = problem.value.findings
    assert (finding.code, finding.file, finding.column) == ("P123", "iData.csv", "2x")


def test_units_may_be_missing_in_some_years(read):
    data = "uCode,Time,2x,y,z\na,2020,1,4,2\nb,2020,2,5,3\nb,2021,3,8,7\nc,2021,5,2,5\nd,2021,1,1,1\n"
    done = run_coinr(read(data), Method(treat={"winsorise": 2}))
    assert done.scores["Time"].tolist() == [2020, 2020, 2021, 2021, 2021]
    assert done.ranks.groupby("Time")["总"].max().tolist() == [2, 3]
    # Normalised over all years: one best value in the whole table.
    assert (done.stages["normalised"]["2x"] == 100).sum() == 1
