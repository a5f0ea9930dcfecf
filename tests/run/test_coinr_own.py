"""What COINr's iMeta says of each indicator, and denominators from a table of their own."""

import numpy as np
import pandas as pd
import pytest

from innohub.errors import InnohubError, ModelError, PanelError, RecordError, ScaleError
from innohub.run.coinr import run_coinr
from innohub.study.coinr import data_csv, meta_csv, read_coinr, sizes_csv
from innohub.study.coinr_method import Method

OWN = {
    "minmax_lower": [0, 1],
    "minmax_upper": [10, 5],
    "zscore_mean": [100, 0],
    "zscore_sd": [10, 2],
    "scaled_lower": [0, -8],
    "scaled_upper": [5, -2],
    "Target": [4, 3],
    "dist2targ_cap_max": ["TRUE", "FALSE"],
    "goalpost_lower": [2, 1],
    "goalpost_upper": [4, 7],
    "goalpost_scale": [1, 100],
    "goalpost_trunc2posts": ["TRUE", "FALSE"],
}
X = {"up": [1.0, 2, 3, 5], "down": [4.0, 2, 8, 6]}


@pytest.fixture
def read(tmp_path):
    """Lay out two indicators with their numbers; columns may be left out or changed."""

    def call(sizes=None, data=None, **columns):
        meta = pd.DataFrame(
            {
                "iCode": ["up", "down", "I"],
                "Parent": ["I", "I", ""],
                "Direction": [1, -1, 1],
                "Type": ["Indicator", "Indicator", "Aggregate"],
                "Weight": [1, 1, 1],
                **{name: [*numbers, ""] for name, numbers in {**OWN, **columns}.items()},
            }
        )
        data = data if data is not None else pd.DataFrame({"uCode": list("abcd"), **X})
        meta.to_csv(tmp_path / "iMeta.csv", index=False)
        data.to_csv(tmp_path / "iData.csv", index=False)
        if sizes is not None:
            pd.DataFrame(sizes).to_csv(tmp_path / "sizes.csv", index=False)
        extra = None if sizes is None else tmp_path / "sizes.csv"
        return read_coinr(tmp_path / "iData.csv", tmp_path / "iMeta.csv", extra)

    return call


def normalised(coinr, spec):
    return run_coinr(coinr, Method(normalise=spec)).stages["normalised"][["up", "down"]].to_numpy()


def expected(name):
    """COINr's formulas, indicator by indicator; what is less is better is negated first."""
    up, down = np.array(X["up"]), -np.array(X["down"])
    if name == "minmax":
        return [10 * (up - 1) / 4, 1 + 4 * (down + 8) / 6]
    if name == "zscore":
        return [100 + 10 * (up - up.mean()) / up.std(ddof=1), 2 * (down - down.mean()) / down.std(ddof=1)]
    if name == "scaled":
        return [100 * up / 5, 100 * (down + 8) / 6]
    if name == "dist_target":
        return [np.minimum(1 - (4 - up) / 3, 1), 1 - (-3 - down) / 5]
    return [np.clip((up - 2) / 2, 0, 1), 100 * (down + 7) / 6]


@pytest.mark.parametrize(
    "spec",
    [
        "minmax(own, own)",
        "zscore(own, own)",
        "scaled(own, own)",
        "dist_target(own, own)",
        "goalposts(own, own, own, own)",
    ],
)
def test_each_normaliser_takes_its_columns(read, spec):
    np.testing.assert_allclose(
        normalised(read(), spec), np.column_stack(expected(spec.split("(")[0])), rtol=1e-12, atol=1e-12
    )


def test_columns_are_not_used_unless_asked_for(read):
    up, down = np.array(X["up"]), -np.array(X["down"])
    z = normalised(read(), "minmax(0, 100)")
    np.testing.assert_allclose(z, np.column_stack([100 * (up - 1) / 4, 100 * (down + 8) / 6]), rtol=1e-12)


def test_the_columns_are_written_back_as_they_were(read, tmp_path):
    coinr = read(sizes={"uCode": list("abcd"), "n": [1, 2, 3, 4]})
    assert meta_csv(coinr) == (tmp_path / "iMeta.csv").read_text(encoding="utf-8")
    assert data_csv(coinr) == (tmp_path / "iData.csv").read_text(encoding="utf-8")
    assert sizes_csv(coinr) == (tmp_path / "sizes.csv").read_text(encoding="utf-8")


def test_targets_that_are_partly_filled_are_read_and_named_when_asked_for(read):
    coinr = read(Target=[4, ""])
    assert run_coinr(coinr).scores["I"].notna().all()
    with pytest.raises(ModelError) as problem:
        normalised(coinr, "dist_target(own)")
    (finding,) = problem.value.findings
    assert (finding.code, finding.file, finding.column) == ("M042", "iMeta.csv", "Target")
    assert "down" in finding.render("en")


@pytest.mark.parametrize(("column", "text"), [("goalpost_lower", "low"), ("goalpost_trunc2posts", "perhaps")])
def test_a_cell_that_cannot_be_read_is_named(read, column, text):
    with pytest.raises(ModelError) as problem:
        read(**{column: [OWN[column][0], text]})
    (finding,) = problem.value.findings
    assert (finding.code, finding.row, finding.column, finding.value) == ("M214", 3, column, text)


def test_bounds_the_wrong_way_round_are_refused(read):
    with pytest.raises(ModelError) as problem:
        normalised(read(goalpost_upper=[4, 0]), "goalposts(own, own)")
    assert problem.value.findings[0].code == "S168"


def test_bounds_do_not_fit_logarithms(read):
    data = pd.DataFrame({"uCode": [f"u{i}" for i in range(9)], "up": [1, 2, 3, 4, 5, 6, 7, 8, 9e4],
                         "down": range(9)})  # fmt: skip
    method = Method.model_validate({"treat": {"winsorise": 0}, "normalise": "goalposts(own, own)"})
    with pytest.raises(ScaleError) as problem:
        run_coinr(read(data=data), method)
    assert problem.value.findings[0].params["indicators"] == ("up",)


# Denominators from a table of their own

DIVIDED = {"Denominator": ["n", ""]}


def divided(coinr):
    return run_coinr(coinr, Method(denominate=True)).stages["denominated"]


def test_units_are_matched_by_code_in_any_order(read):
    coinr = read(
        sizes={"uName": ["D", "C", "B", "A", "Z"], "uCode": list("dcbaz"), "n": [5, 4, 2, 1, 9]}, **DIVIDED
    )
    assert divided(coinr)["up"].tolist() == pytest.approx([1, 1, 3 / 4, 1])
    assert divided(coinr)["down"].tolist() == X["down"]


def test_a_factor_multiplies_the_quotient(read):
    coinr = read(sizes={"uCode": list("abcd"), "n": [1, 2, 4, 5]}, ScaleFactor=[1000, ""], **DIVIDED)
    assert divided(coinr)["up"].tolist() == pytest.approx([1000, 1000, 750, 1000])


def test_years_are_matched_too(read):
    data = pd.DataFrame(
        {"uCode": list("abab"), "Time": [2020, 2020, 2021, 2021], "up": [1, 2, 3, 5], "down": [4, 2, 8, 6]}
    )
    sizes = {"uCode": list("abab"), "Time": [2021, 2021, 2020, 2020], "n": [3, 10, 1, 2]}
    assert divided(read(sizes, data, **DIVIDED))["up"].tolist() == pytest.approx([1, 1, 1, 0.5])
    constant = {"uCode": list("ab"), "n": [1, 2]}
    assert divided(read(constant, data, **DIVIDED))["up"].tolist() == pytest.approx([1, 1, 3, 2.5])
    with pytest.raises(RecordError) as problem:
        read(sizes, **DIVIDED)
    assert [finding.code for finding in problem.value.findings] == ["R207"]


def test_a_unit_that_the_table_lacks_is_set_aside_and_named(read):
    done = run_coinr(read({"uCode": list("abc"), "n": [1, 2, 4]}, **DIVIDED), Method(denominate=True))
    assert np.isnan(done.stages["denominated"]["up"].iloc[3])
    (warning,) = [finding for finding in done.findings if finding.code == "R206"]
    assert "d" in warning.render("en")


@pytest.mark.parametrize(
    ("sizes", "error", "code"),
    [
        ({"uCode": list("abcd"), "m": [1, 2, 4, 5]}, ModelError, "M207"),
        ({"uCode": list("abca"), "n": [1, 2, 4, 5]}, RecordError, "R202"),
        ({"code": list("abcd"), "n": [1, 2, 4, 5]}, InnohubError, "R201"),
        ({"uCode": list("abcd"), "n": [1, "x", 4, 5]}, RecordError, "R203"),
    ],
)
def test_a_table_of_denominators_that_does_not_fit(read, sizes, error, code):
    with pytest.raises(error) as problem:
        read(sizes, **DIVIDED)
    assert code in [finding.code for finding in problem.value.findings]


def test_a_size_of_zero_is_refused(read):
    with pytest.raises(PanelError) as problem:
        divided(read({"uCode": list("abcd"), "n": [1, 0, 4, 5]}, **DIVIDED))
    (finding,) = problem.value.findings
    assert (finding.code, finding.file, finding.column) == ("P123", "sizes.csv", "n")
    assert "b" in finding.render("en")


@pytest.mark.reference
def test_asem_by_denominators_of_its_own_table_and_by_targets(root, tmp_path):
    folder = root / "tests" / "reference" / "asem"
    data, meta = pd.read_csv(folder / "ASEM_iData.csv"), pd.read_csv(folder / "ASEM_iMeta.csv")
    below = meta.loc[meta["Type"] == "Denominator", "iCode"].tolist()
    sizes = data[["uCode", *below]].iloc[::-1]
    sizes.to_csv(tmp_path / "sizes.csv", index=False)
    inside = read_coinr(folder / "ASEM_iData.csv", folder / "ASEM_iMeta.csv")
    outside = read_coinr(folder / "ASEM_iData.csv", folder / "ASEM_iMeta.csv", tmp_path / "sizes.csv")
    pd.testing.assert_frame_equal(divided(inside), divided(outside))
    leaves = meta[meta["Type"] == "Indicator"].set_index("iCode")
    z = run_coinr(inside, Method(normalise="dist_target(own)")).stages["normalised"][leaves.index]
    x = data[leaves.index] * leaves["Direction"]
    aim = leaves["Target"] * leaves["Direction"]
    np.testing.assert_allclose(z, 1 - (aim - x) / (aim - x.min()), rtol=1e-9, atol=1e-9)
