"""Four chains by field and place."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.ecosystem.chain_draws import fusion_certainty
from innohub.ecosystem.chains import CHAINS, fuse_chains, scale_chains
from innohub.errors import ModelError, ScaleError


def frame(values, places=None, fields=None):
    values = np.asarray(values, float)
    places = places or [f"p{k}" for k in range(len(values))]
    return pd.DataFrame(values, columns=list(CHAINS)).assign(
        place=places, field=fields or ["chips"] * len(values)
    )


def test_handbook_example_of_four():
    for order in permutations([0.2, 0.4, 0.6, 0.8]):
        row = fuse_chains(frame([order]), "given").table.iloc[0]
        assert [row["C"], row["T"], row["D"]] == pytest.approx([0.885346, 0.5, 0.665337], abs=1e-5)
        assert row["weakest"] == CHAINS[order.index(0.2)] and row["lag"] == pytest.approx(0.3)
    row = fuse_chains(frame([[0.2, 0.4, 0.6, 0.8]]), "given", variant="corrected").table.iloc[0]
    assert [row["C"], row["D"]] == pytest.approx([0.550321, 0.524558], abs=1e-5)


def test_six_gaps_a_row():
    found = fuse_chains(frame([[0.2, 0.4, 0.6, 0.8], [1, 1, 1, 1]]), "given")
    assert len(found.gaps) == 12
    first = found.gaps.head(6)
    assert first["place"].eq("p0").all()
    assert first["gap"].tolist() == pytest.approx([-0.2, -0.4, -0.6, -0.2, -0.4, -0.2])
    assert (found.gaps.tail(6)["gap"] == 0).all()
    assert found.table["weakest"].iloc[1] == ";".join(CHAINS)


def test_scaled_within_the_field_by_the_largest():
    found = fuse_chains(frame([[10, 2, 5, 1], [20, 1, 10, 4], [3, 3, 3, 3]], fields=["a", "a", "b"]))
    assert found.table[list(CHAINS)].to_numpy().tolist() == [
        [0.5, 1, 0.5, 0.25],
        [1, 0.5, 1, 1],
        [1, 1, 1, 1],
    ]
    assert [(f.code, f.params["rows"]) for f in found.findings] == [("N203", ("p2 b",))]
    assert (found.variant, found.compared, found.scaling) == ("classic", "places", "maximum")


def test_scaled_within_the_place_by_field():
    amounts = frame([[10, 2, 5, 1], [20, 1, 10, 4]], places=["a", "a"], fields=["x", "y"])
    found = fuse_chains(amounts, "fields", "share").table
    assert found["industry"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert found["talent"].tolist() == pytest.approx([0.2, 0.8])


def test_years_are_apart():
    amounts = pd.concat(
        [frame(np.ones((2, 4))).assign(year=2020), frame([[1] * 4, [2] * 4]).assign(year=2021)]
    )
    assert fuse_chains(amounts).table["T"].tolist() == [1, 1, 0.5, 1]


def test_missing_zero_and_empty_chains():
    found = fuse_chains(frame([[1, 0, 2, np.nan], [2, 0, 4, 3], [4, 0, 4, 3]]))
    assert found.table["innovation"].isna().all() and found.table["D"].isna().all()
    assert found.table["weakest"].tolist() == ["", "", ""]
    assert found.table["industry"].tolist() == [0.25, 0.5, 1]
    assert found.table["talent"].isna().tolist() == [True, False, False]
    assert [f.code for f in found.findings] == ["N201"]
    zero = fuse_chains(frame([[0, 1, 1, 1], [1, 1, 1, 1]]))
    assert zero.table["D"].tolist() == [0, 1] and [f.code for f in zero.findings] == ["N202"]
    assert zero.table["weakest"].iloc[0] == "industry"
    ranged = fuse_chains(frame([[1, 2, 3, 4], [5, 6, 7, 8], [3, 4, 5, 6]]), scaling="range")
    assert ranged.table["T"].tolist() == [0, 1, 0.5] and {f.code for f in ranged.findings} == {"N202"}
    assert np.isnan(ranged.table["C"].iloc[0])
    share = fuse_chains(frame([[1, 2, 3, np.nan], [1, 2, 3, 4]]), scaling="share")
    assert share.table["talent"].isna().all() and share.table["industry"].tolist() == [0.5, 0.5]


def test_bad_input_is_named():
    twice = pd.concat([frame([[1, 1, 1, 1]]), frame([[2, 2, 2, 2]])])
    with pytest.raises(ModelError) as error:
        fuse_chains(twice)
    assert error.value.findings[0].code == "N200" and "p0 chips" in str(error.value)
    with pytest.raises(ScaleError):
        fuse_chains(frame([[-1, 1, 1, 1]]))
    with pytest.raises(ScaleError):
        fuse_chains(frame([[0.5, 1, 1, 1.5]]), "given")
    with pytest.raises(ModelError):
        fuse_chains(frame([[1, 1, 1, 1]]), weights=[0, 0, 0, 0])


@given(st.integers(0, 300), st.sampled_from(["maximum", "range", "share"]))
def test_units_and_order_do_not_matter(seed, scaling):
    rng = np.random.default_rng(seed)
    values = rng.uniform(0.1, 9, (5, 4))
    plain = fuse_chains(frame(values), scaling=scaling).table
    other = fuse_chains(frame(values * rng.uniform(0.1, 50, 4)), scaling=scaling).table
    assert other["D"].to_numpy() == pytest.approx(plain["D"].to_numpy(), nan_ok=True)
    order = rng.permutation(5)
    moved = fuse_chains(frame(values[order]), scaling=scaling).table
    assert moved["D"].to_numpy() == pytest.approx(plain["D"].to_numpy()[order], nan_ok=True)
    swapped = fuse_chains(frame(values[:, ::-1]), scaling=scaling).table
    assert swapped["D"].to_numpy() == pytest.approx(plain["D"].to_numpy(), nan_ok=True)


def test_scaling_of_draws_is_that_of_each_draw():
    rng = np.random.default_rng(3)
    draws, groups = rng.uniform(0, 5, (7, 6, 4)), np.array([0, 1, 0, 1, 2, 2])
    draws[2, 1, 3] = np.nan
    for scaling in ("maximum", "range", "share"):
        whole = scale_chains(draws, groups, scaling)
        for k in range(7):
            assert whole[k] == pytest.approx(scale_chains(draws[k], groups, scaling), nan_ok=True)


def test_certainty_against_a_loop():
    rng = np.random.default_rng(5)
    amounts = frame(rng.uniform(1, 9, (6, 4)), fields=["a", "a", "a", "b", "b", "b"])
    found = fuse_chains(amounts)
    draws = amounts[list(CHAINS)].to_numpy() * rng.lognormal(0, 0.3, (80, 6, 4))
    told = fusion_certainty(draws, found.table, level=0.8)
    each = [fuse_chains(amounts.assign(**dict(zip(CHAINS, one.T, strict=True)))).table for one in draws]
    named = [set(text.split(";")) for text in found.table["weakest"]]
    drawn = [[set(text.split(";")) for text in one["weakest"]] for one in each]
    same = np.mean([[len(a & b) / len(a) for a, b in zip(one, named, strict=True)] for one in drawn], axis=0)
    assert any(len(one) > 1 for row in drawn for one in row)
    assert told["certainty"].to_numpy() == pytest.approx(same)
    assert 0.2 < same.min() < 1
    low = np.quantile([one["D"] for one in each], 0.1, axis=0)
    assert told["D_low"].to_numpy() == pytest.approx(low)
    assert (told["D_low"] <= told["D_high"]).all()


def test_certainty_without_values():
    found = fuse_chains(frame([[1, 1, 1, np.nan], [2, 3, 4, 5]]))
    told = fusion_certainty(np.repeat(found.table[list(CHAINS)].to_numpy()[None], 3, axis=0), found.table)
    assert np.isnan(told["certainty"].iloc[0]) and np.isnan(told["D_low"].iloc[0])
    assert told["certainty"].iloc[1] == 1
