"""The same numbers as pymcdm and scikit-criteria where their definitions agree, on a table with zeros and without."""

import numpy as np
import pandas as pd
import pytest

from innohub.catalog import parse_spec
from innohub.index.aggregate import aggregate as aggregate_by_spec

pytestmark = pytest.mark.reference
RNG = np.random.default_rng(4)
RANDOM = RNG.uniform(1, 50, (12, 6))


def aggregate(x, weights, method):
    return aggregate_by_spec(x, weights, parse_spec(method, "aggregate"))


@pytest.fixture(params=["flagship", "random"])
def problem(request, root):
    """Raw values, directions and weights."""
    x = RANDOM
    if request.param == "flagship":
        table = pd.read_csv(root / "tests/reference/zhang2022_table1.csv", comment="#", index_col="region_id")
        x = (
            table.select_dtypes("number")
            .drop(["beijing", "shanghai", "guangdong", "liaoning"])
            .to_numpy(float)
        )
    rng = np.random.default_rng(x.shape[1])
    return x, rng.choice([1.0, -1.0], x.shape[1]), rng.dirichlet(np.ones(x.shape[1]))


@pytest.fixture
def pymcdm():
    """The library of that name."""
    return pytest.importorskip("pymcdm")


def test_topsis_of_pymcdm(pymcdm, problem):
    x, direction, weights = problem
    peer = pymcdm.methods.TOPSIS(pymcdm.normalizations.minmax_normalization)(x, weights, direction)
    np.testing.assert_allclose(aggregate(x * direction, weights, "topsis(minmax)"), peer, rtol=1e-12)
    # Its vector norm turns a cost x into 1 - x / norm, whose distances are those of ideal points by direction.
    peer = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)(x, weights, direction)
    np.testing.assert_allclose(aggregate(x * direction, weights, "topsis"), peer, rtol=1e-12)


@pytest.mark.parametrize("v", [0.0, 0.25, 0.5, 1.0])
def test_vikor_of_pymcdm(pymcdm, problem, v):
    x, direction, weights = problem
    peer = pymcdm.methods.VIKOR(v=v)(x, weights, direction)
    np.testing.assert_allclose(aggregate(x * direction, weights, f"vikor({v})"), 1 - peer, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "limits", "method"),
    [
        ("usual", (None, None), "promethee"),
        ("ushape", (4.0, None), "promethee(u, 4)"),
        ("vshape", (None, 15.0), "promethee(v, 0, 15)"),
        ("level", (4.0, 15.0), "promethee(level, 4, 15)"),
        ("vshape_2", (4.0, 15.0), "promethee(linear, 4, 15)"),
    ],
)
def test_promethee_of_pymcdm(pymcdm, problem, name, limits, method):
    x, direction, weights = problem
    q, p = (None if limit is None else [limit] * x.shape[1] for limit in limits)
    peer = pymcdm.methods.PROMETHEE_II(name, p=p, q=q)(x, weights, direction)
    np.testing.assert_allclose(aggregate(x * direction, weights, method), peer, rtol=0, atol=1e-12)


def test_topsis_and_vikor_of_scikit_criteria(problem):
    skcriteria = pytest.importorskip("skcriteria")
    from skcriteria.agg.topsis import topsis  # noqa: PLC0415
    from skcriteria.agg.vikor import VIKOR  # noqa: PLC0415

    x, direction, weights = problem
    *_, similarity = topsis(x / np.sqrt((x**2).sum(axis=0)), direction, weights)
    np.testing.assert_allclose(aggregate(x * direction, weights, "topsis"), similarity, rtol=1e-12)
    table = skcriteria.mkdm(x, direction.astype(int), weights=weights)
    peer = VIKOR().evaluate(table).e_["q_k"]
    np.testing.assert_allclose(aggregate(x * direction, weights, "vikor"), 1 - peer, rtol=0, atol=1e-12)
