"""Variants scored together against the same variants computed one by one."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from innohub.errors import InnohubError
from innohub.index import build_model, compute
from innohub.index.batch import Variant, score_variants
from innohub.panel import Panel
from innohub.study.index_section import IndexSection

FRAMEWORK = pd.DataFrame(
    [
        ("all", "", 1.0, ""),
        ("x", "all", 2.0, ""),
        ("y", "all", 1.0, ""),
        ("a", "x", 3.0, "a"),
        ("b", "x", 1.0, "b"),
        ("c", "x", 1.0, "c"),
        ("d", "y", 1.0, "d"),
        ("e", "y", 0.0, "e"),
        ("f", "all", 1.0, "f"),
    ],
    columns=["node", "parent", "weight", "indicator"],
)
CODES = tuple("abcdef")


# Above nodes alone, where the weights of many variants are found together.
NODES_ONLY = pd.concat(
    [
        FRAMEWORK[FRAMEWORK["node"] != "f"],
        pd.DataFrame([("z", "all", 1.0, ""), ("f", "z", 1.0, "f")], columns=FRAMEWORK.columns),
    ],
    ignore_index=True,
)


def panel(values, years=1):
    places = len(values) // years
    return Panel(
        year=2019 + years,
        places=tuple(f"p{place}" for place in range(places)) * years,
        years=np.repeat(np.arange(2020, 2020 + years), places),
        indicators=CODES,
        matrix=values,
        flags=np.full(values.shape, "", dtype=object),
        directions=np.array([1.0, 1, -1, 1, 1, -1]),
        cells=pd.DataFrame(),
    )


def variants(panels, framework=FRAMEWORK, **more):
    ways = product(
        ("minmax(1, 100)", "rank", "zscore(100, 10)"),
        ("equal", "given", "entropy", "critic", "influence(bounded)"),
        ("arithmetic", "geometric", "copeland", "topsis"),
    )
    models = [
        build_model("i", IndexSection(normalise=n, weights=w, aggregate=a, **more), framework)
        for n, w, a in ways
    ]
    return [Variant(model, each) for model in models for each in panels]


def check(several):
    scores, failed = score_variants(several)
    for number, variant in enumerate(several):
        try:
            expected = compute(variant.model, variant.panel).now.index_scores
        except InnohubError as problem:
            assert failed[number].findings[0].code == problem.findings[0].code
            assert np.isnan(scores[number]).all()
        else:
            assert number not in failed
            np.testing.assert_allclose(scores[number], expected, rtol=1e-12, err_msg=str(variant.model))
    return failed


@pytest.mark.parametrize("framework", [FRAMEWORK, NODES_ONLY], ids=["mixed", "nodes"])
@pytest.mark.parametrize("years", [1, 3])
def test_complete_values(years, framework):
    rng = np.random.default_rng(1)
    panels = [panel(rng.lognormal(size=(8 * years, 6)), years) for _ in range(2)]
    failed = check(variants(panels, framework))
    assert not failed


@pytest.mark.parametrize("by", ["count", "weight"])
def test_gaps_and_a_constant_indicator(by):
    values = np.random.default_rng(2).lognormal(size=(9, 6))
    values[[0, 3, 3, 5], [0, 1, 2, 4]] = np.nan
    flat = values.copy()
    flat[:, 3] = 2.0
    failed = check(variants([panel(values), panel(flat)], missing={"by": by, "min_share": 0.5}))
    # TOPSIS refuses gaps, whatever else the variant says.
    assert failed
    assert {finding.code for problem in failed.values() for finding in problem.findings} >= {"S120"}


def test_a_node_without_any_value_fails_in_every_variant():
    values = np.random.default_rng(3).lognormal(size=(6, 6))
    values[:, 3:5] = 1.0
    several = variants([panel(values)])
    assert len(check(several)) > len(several) / 2


def test_stacks_are_cut_to_size(monkeypatch):
    several = variants([panel(np.random.default_rng(4).lognormal(size=(7, 6)))])
    whole, _ = score_variants(several)
    monkeypatch.setattr("innohub.index.batch._MOST_VALUES", 130)
    parts, _ = score_variants(several)
    np.testing.assert_allclose(parts, whole, rtol=1e-12)
