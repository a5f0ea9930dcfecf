"""CRITIC, principal components and equal influence: worked numbers, other programs, properties, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.decomposition import PCA

from innohub.catalog import parse_spec
from innohub.errors import ModelError, NoSolutionError, ScaleError
from innohub.index.correlate import principal_components
from innohub.index.weight import (
    critic_weights,
    equal_influence,
    influence_weights,
    pca_weights,
    weigh,
    weighing,
)

A = np.array([[10.0, 0, 5], [20, 2, 4], [30, 3, 9], [40, 15, 2]])
DIRECTION = np.array([1.0, 1, -1])
GIVEN = np.array([0.5, 0.3, 0.2])
Z = (A - A.min(axis=0)) / np.ptp(A, axis=0)
Z[:, 2] = 1 - Z[:, 2]
R = np.array([[1, 0.5, 0.2], [0.5, 1, 0.4], [0.2, 0.4, 1]])
TABLES = arrays(float, (7, 3), elements=st.integers(-50, 50).map(float))


def spec(text):
    return parse_spec(text, "weights")


def flagship(root):
    table = pd.read_csv(root / "tests/reference/zhang2022_table1.csv", comment="#", index_col="region_id")
    return table.select_dtypes("number").to_numpy(float)


# CRITIC


@pytest.mark.reference
def test_critic_of_the_handbook():
    np.testing.assert_allclose(
        weigh(A, DIRECTION, GIVEN, spec("critic")), [0.347795, 0.207978, 0.444227], atol=1e-6
    )
    ignored = weigh(A, np.ones(3), GIVEN, spec("critic"))
    np.testing.assert_allclose(ignored, [0.224407, 0.309961, 0.465632], atol=1e-6)


@pytest.mark.reference
def test_critic_of_other_programs():
    pymcdm = pytest.importorskip("pymcdm.weights")
    weighters = pytest.importorskip("skcriteria.preprocessing.weighters")
    np.testing.assert_allclose(critic_weights(Z).shares, pymcdm.critic_weights(Z), atol=1e-12)
    np.testing.assert_allclose(
        critic_weights(Z).shares, weighters.critic_weights(Z, DIRECTION**2), atol=1e-12
    )


@pytest.mark.reference
def test_critic_of_the_flagship_with_its_zeros(root):
    x = flagship(root)
    z = (x - x.min(axis=0)) / np.ptp(x, axis=0)
    c = z.std(axis=0) * (1 - np.corrcoef(z.T)).sum(axis=0)
    assert (x == 0).any()
    shares = weigh(x, np.ones(x.shape[1]), np.ones(x.shape[1]), spec("critic"))
    np.testing.assert_allclose(shares, c / c.sum(), atol=1e-12)


def test_critic_names_the_constant_column():
    flat = A.copy()
    flat[:, 1] = 7
    with pytest.raises(ScaleError) as caught:
        weighing(flat, DIRECTION, GIVEN, spec("critic"), names=("gdp", "labs", "cost"))
    assert "labs" in caught.value.render("en")
    assert caught.value.findings[0].code == "S141"
    with pytest.raises(ScaleError, match="S141"):
        weigh(A[:1], DIRECTION, GIVEN, spec("critic"))


def test_critic_with_gaps_tells_the_fewest_pairs():
    x = np.vstack([A, 1.1 * A + 1])
    x[0, 0] = x[5, 2] = np.nan
    found = weighing(x, DIRECTION, GIVEN, spec("critic"))
    z = pd.DataFrame(x * DIRECTION)
    z = (z - z.min()) / (z.max() - z.min())
    c = z.std(ddof=0) * (1 - z.corr()).sum()
    np.testing.assert_allclose(found.shares, c / c.sum(), atol=1e-12)
    assert found.findings[0].code == "N008"
    assert found.findings[0].params["pairs"] == 6


def test_critic_refuses_three_common_places():
    x = np.vstack([A, A + 1])
    x[:3, 0] = x[6:, 1] = np.nan
    with pytest.raises(ScaleError) as caught:
        weighing(x, DIRECTION, GIVEN, spec("critic"), names=("gdp", "labs", "cost"))
    assert "S154" in caught.value.render("en")
    assert "gdp、labs" in caught.value.render("zh")


def test_indicators_that_agree_completely_share_equally():
    same = np.repeat(Z[:, :1], 3, axis=1)
    found = critic_weights(same)
    np.testing.assert_allclose(found.shares, 1 / 3)
    assert found.findings[0].code == "N001"
    assert critic_weights(Z[:, :1]).shares.tolist() == [1.0]
    assert not critic_weights(Z[:, :1]).findings


@given(TABLES, st.permutations(range(3)))
def test_critic_and_pca_follow_units_directions_and_order(x, order):
    assume((np.ptp(x, axis=0) > 0).all())
    assume(np.linalg.matrix_rank(np.corrcoef(x.T), tol=1e-6) == 3)
    unit, turned = np.array([3.0, 0.2, 10]), np.array([1.0, -1, 1])
    values = np.linalg.eigvalsh(np.corrcoef(x.T))
    for name in ("critic", "pca") if values[-1] - values[-2] > 1e-3 else ("critic",):
        shares = weigh(x, DIRECTION, GIVEN, spec(name))
        assert shares.sum() == pytest.approx(1)
        assert (shares >= 0).all()
        other = weigh(x * unit * turned + 4, DIRECTION * turned, GIVEN, spec(name))
        np.testing.assert_allclose(other, shares, atol=1e-9)
        moved = weigh(x[:, order], DIRECTION[order], GIVEN, spec(name))
        np.testing.assert_allclose(moved, shares[list(order)], atol=1e-9)


# Principal components


@pytest.mark.reference
def test_eigenvalues_of_the_handbook():
    np.testing.assert_allclose(principal_components(Z).eigenvalues, [2.1386, 0.8387, 0.0227], atol=5e-5)


@pytest.mark.reference
def test_pca_of_another_program(root):
    x = flagship(root)
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    fitted = PCA().fit(z)
    values = fitted.explained_variance_ * (len(z) - 1) / len(z)
    np.testing.assert_allclose(principal_components(x).eigenvalues, values, atol=1e-10)
    first = fitted.components_[0] ** 2
    np.testing.assert_allclose(pca_weights(x).shares, first, atol=1e-10)
    kept = values > 1
    shares = values[kept] @ fitted.components_[kept] ** 2
    found = pca_weights(x, "variance_weighted").shares
    np.testing.assert_allclose(found, shares / shares.sum(), atol=1e-10)
    assert kept.sum() > 1


def test_one_component_kept_is_the_first():
    one = weigh(A, DIRECTION, GIVEN, spec("pca(variance_weighted)"))
    np.testing.assert_allclose(one, weigh(A, DIRECTION, GIVEN, spec("pca")), atol=1e-12)
    everything = weigh(A, DIRECTION, GIVEN, spec("pca(variance_weighted, 0)"))
    np.testing.assert_allclose(everything, 1 / 3)


def test_negative_loadings_are_told():
    found = weighing(A, np.array([1.0, -1, -1]), GIVEN, spec("pca"), names=("gdp", "labs", "cost"))
    told = next(finding for finding in found.findings if finding.code == "N004")
    assert told.text("title", "en").endswith("labs")
    assert (found.shares > 0).all()


def test_pca_tells_few_places_and_refuses_gaps_and_constants():
    few = weighing(A[:3], DIRECTION, GIVEN, spec("pca"))
    assert "N003" in [finding.code for finding in few.findings]
    gap = A.copy()
    gap[2, 1] = np.nan
    with pytest.raises(ScaleError) as caught:
        weighing(gap, DIRECTION, GIVEN, spec("pca"), names=("gdp", "labs", "cost"))
    assert "S140" in caught.value.render("en")
    assert "labs" in caught.value.render("en")
    flat = A.copy()
    flat[:, 0] = 1
    with pytest.raises(ScaleError, match="S141"):
        weigh(flat, DIRECTION, GIVEN, spec("pca"))


def test_no_first_component_no_weights():
    x = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    with pytest.raises(NoSolutionError, match="S142"):
        pca_weights(x)
    np.testing.assert_allclose(pca_weights(x, "variance_weighted").shares, 0.5)


# Equal influence


@pytest.mark.reference
def test_equal_influence_of_the_handbook():
    found = influence_weights(R, np.ones(3))
    np.testing.assert_allclose(found.shares, [0.37838, 0.21622, 0.40541], atol=5e-6)
    np.testing.assert_allclose(found.correlations, 0.75337, atol=5e-6)
    plain = R.sum(axis=0) / np.sqrt(R.sum())
    np.testing.assert_allclose(plain, [0.7455, 0.8332, 0.7016], atol=5e-5)


def test_matrix_a_has_no_positive_weights():
    with pytest.raises(NoSolutionError) as caught:
        weighing(A, DIRECTION, GIVEN, spec("influence"), names=("gdp", "labs", "cost"))
    assert "labs" in caught.value.render("en")
    assert "influence(bounded)" in caught.value.render("zh")
    found = weighing(A, DIRECTION, GIVEN, spec("influence(bounded)"), names=("gdp", "labs", "cost"))
    assert found.findings[0].code == "N007"
    assert found.findings[0].params["columns"] == ("labs",)
    np.testing.assert_allclose(found.shares, [0.476169, 0, 0.523831], atol=1e-6)


def test_bounded_optimum_points_most_nearly_at_the_target():
    found = equal_influence(Z, variant="bounded")
    r, target = np.corrcoef(Z.T), np.ones(3)
    grid = np.array([(i, j, 60 - i - j) for i in range(61) for j in range(61 - i)], dtype=float) / 60
    reached = grid @ r
    cosine = reached @ target / np.linalg.norm(reached, axis=1)
    own = found.correlations @ target / np.linalg.norm(found.correlations)
    assert own >= cosine.max() - 1e-12


@given(TABLES, st.tuples(*[st.integers(1, 4)] * 3))
def test_correlations_stand_in_the_ratios_asked_for(x, ratios):
    assume((np.ptp(x, axis=0) > 0).all())
    r = np.corrcoef(x.T)
    assume(np.linalg.cond(r) < 1e6)
    target = np.array(ratios, dtype=float)
    wanted = np.linalg.solve(r, target)
    assume((np.abs(wanted) > 1e-6).all())
    if (wanted < 0).any():
        with pytest.raises(NoSolutionError):
            equal_influence(x, target)
        return
    for variant in ("closed", "bounded"):
        found = equal_influence(x, target, variant)
        index = x @ found.shares
        reached = np.array([np.corrcoef(column, index)[0, 1] for column in x.T])
        np.testing.assert_allclose(reached / target, (reached / target)[0], rtol=1e-7)
        np.testing.assert_allclose(reached, found.correlations, atol=1e-9)
        assert found.exact
        assert not found.findings
    unit = np.array([2.0, 0.5, 9])
    rescaled = equal_influence(x * unit, target).shares * unit
    np.testing.assert_allclose(rescaled / rescaled.sum(), equal_influence(x, target).shares, atol=1e-9)


def test_target_from_the_framework_and_values_as_they_enter_the_mean():
    x = np.random.default_rng(3).normal(size=(60, 3)) + np.arange(60)[:, None] / 60
    values = x * [1.0, 5.0, 0.1]
    chosen = spec("influence(closed, true)")
    found = weighing(x, np.ones(3), GIVEN, chosen, values=values)
    index = values @ found.shares
    reached = np.array([np.corrcoef(column, index)[0, 1] for column in values.T])
    np.testing.assert_allclose(reached / GIVEN, (reached / GIVEN)[0])
    with pytest.raises(ModelError, match="S158"):
        weighing(x, np.ones(3), np.array([1.0, np.nan, 1]), chosen)


def test_repeated_and_opposed_indicators_have_no_answer():
    twice = Z[:, [0, 0, 2]]
    with pytest.raises(NoSolutionError, match="S142"):
        equal_influence(twice)
    found = equal_influence(twice, variant="bounded")
    np.testing.assert_allclose(found.correlations, found.correlations[0])
    opposed = np.column_stack([Z[:, 0], -Z[:, 0]])
    with pytest.raises(NoSolutionError, match="S143"):
        equal_influence(opposed, variant="bounded")


@pytest.mark.parametrize("text", ["critic", "pca", "influence", "entropy", "equal"])
def test_an_only_child_takes_all(text):
    x = np.array([[3.0], [np.nan], [3.0]])
    found = weighing(x, np.ones(1), np.ones(1), spec(text))
    assert found.shares.tolist() == [1.0]
    assert not found.findings
