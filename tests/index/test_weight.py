"""Entropy weights against the handbook's worked matrix, and the edge cases of every weighting."""

import numpy as np
import pandas as pd
import pytest

from innohub.catalog import parse_spec
from innohub.errors import ScaleError
from innohub.index import entropy_weights, weigh
from innohub.index.weight import entropies, weighing

A = np.array([[10.0, 0, 5], [20, 2, 4], [30, 3, 9], [40, 15, 2]])
DIRECTION = np.array([1.0, 1, -1])
GIVEN = np.array([0.5, 0.3, 0.2])


@pytest.mark.reference
@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("entropy", [0.278695, 0.487456, 0.233849]),
        ("entropy(raw_sum)", [0.119543, 0.736424, 0.144033]),
        ("entropy(add_eps, 0.01)", [0.279563, 0.485654, 0.234784]),
        ("entropy(affine, 0.01)", [0.279573, 0.485631, 0.234796]),
        ("entropy(zero_only, 0.0001)", [0.278672, 0.487514, 0.233814]),
        ("critic", [0.347795, 0.207978, 0.444227]),
        ("given", [0.5, 0.3, 0.2]),
        ("equal", [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_handbook_matrix(spec, expected):
    np.testing.assert_allclose(weigh(A, DIRECTION, GIVEN, parse_spec(spec, "weights")), expected, atol=1e-6)


@pytest.mark.reference
def test_pooled_panel_divides_by_the_rows_used():
    pooled = np.vstack([A, 1.1 * A, 1.3 * A])
    z = (pooled - pooled.min(axis=0)) / np.ptp(pooled, axis=0)
    z[:, 2] = 1 - z[:, 2]
    weights, entropy = entropy_weights(z)
    np.testing.assert_allclose(entropy, [0.8735, 0.7337, 0.9324], atol=5e-5)
    np.testing.assert_allclose(weights, [0.2748, 0.5783, 0.1468], atol=6e-5)


@pytest.mark.reference
def test_dividing_by_the_number_of_years_is_refused():
    pooled = np.vstack([A, 1.1 * A, 1.3 * A])
    z = (pooled - pooled.min(axis=0)) / np.ptp(pooled, axis=0)
    z[:, 2] = 1 - z[:, 2]
    e = entropies(z, rows=3)
    np.testing.assert_allclose(e, [1.98, 1.66, 2.11], atol=5e-3)
    np.testing.assert_allclose((1 - e) / (1 - e).sum(), [0.3555, 0.2404, 0.4041], atol=5e-5)
    with pytest.raises(ScaleError) as caught:
        entropy_weights(z, rows=3)
    assert "S155" in caught.value.render("en")
    assert "logarithm of 3" in caught.value.render("en")


@pytest.mark.reference
def test_other_programs_agree_on_entropy():
    pymcdm = pytest.importorskip("pymcdm.weights")
    weighters = pytest.importorskip("skcriteria.preprocessing.weighters")
    raw = A + 1
    weights = weigh(raw, DIRECTION, GIVEN, parse_spec("entropy(raw_sum)", "weights"))
    np.testing.assert_allclose(weights, pymcdm.entropy_weights(raw), atol=1e-12)
    np.testing.assert_allclose(weights, weighters.entropy_weights(raw), atol=1e-12)


@pytest.mark.reference
def test_flagship_entropy_weights(root):
    table = pd.read_csv(root / "tests/reference/zhang2022_table1.csv", comment="#", index_col="region_id")
    x = table.select_dtypes("number")
    nested = ["beijing", "shanghai", "guangdong", "liaoning"]
    for rows, laboratories, intensity in ((x, 0.1465, 0.0432), (x.drop(nested), 0.1620, 0.0354)):
        weights = weigh(rows.to_numpy(float), np.ones(10), np.ones(10), parse_spec("entropy", "weights"))
        by_name = dict(zip(x.columns, weights, strict=True))
        assert by_name["national_laboratories"] == pytest.approx(laboratories, abs=5e-5)
        assert by_name["rd_intensity_pct"] == pytest.approx(intensity, abs=5e-5)


def test_equal_columns_share_equally():
    weights, entropy = entropy_weights(np.ones((4, 3)))
    assert weights.tolist() == [1 / 3] * 3
    np.testing.assert_allclose(entropy, 1)


def test_no_information_is_told():
    found = weighing(np.ones((4, 3)), np.ones(3), np.ones(3), parse_spec("entropy", "weights"))
    assert [finding.code for finding in found.findings] == ["N001"]
    assert found.shares.tolist() == [1 / 3] * 3


@pytest.mark.parametrize("spec", ["entropy", "entropy(raw_sum)", "equal", "given"])
def test_one_place_alone_leaves_nothing_to_tell(spec):
    found = weighing(A[:1] + 1, DIRECTION, np.ones(3), parse_spec(spec, "weights"))
    np.testing.assert_allclose(found.shares, 1 / 3)


def test_raw_shares_say_that_they_ignore_direction():
    found = weighing(A, DIRECTION, GIVEN, parse_spec("entropy(raw_sum)", "weights"), names=("x", "y", "cost"))
    assert [finding.code for finding in found.findings] == ["N002"]
    assert found.findings[0].text("title", "en").endswith("cost")


def test_negative_values_are_refused():
    with pytest.raises(ScaleError, match="S103"):
        weigh(-A, DIRECTION, GIVEN, parse_spec("entropy(raw_sum)", "weights"))


def test_given_weights_are_relative():
    np.testing.assert_allclose(weigh(A, DIRECTION, 10 * GIVEN, parse_spec("given", "weights")), GIVEN)


@pytest.mark.parametrize("spec", ["entropy", "entropy(range)", "equal", "entropy(affine)", "critic", "pca"])
def test_order_of_places_does_not_matter(spec):
    parsed = parse_spec(spec, "weights")
    np.testing.assert_allclose(
        weigh(A, DIRECTION, GIVEN, parsed), weigh(A[::-1], DIRECTION, GIVEN, parsed), atol=1e-14
    )
