"""Weights, aggregation, normalisation and goalposts recovered from printed numbers."""

import importlib.util
import sys

import numpy as np
import pandas as pd
import pytest

from innohub.index.audit import audit_column, audit_filled, audit_index, audit_ranks
from innohub.index.audit.aggregation import AGGREGATIONS, mean_of
from innohub.index.audit.rounding import audit_rounding
from innohub.index.audit.weights import simplest

RNG = np.random.default_rng(3)
BOOK = np.array([[80, 60, 70], [55, 90, 40], [62, 48, 88], [91, 73, 52], [35, 66, 59.0]])
PRINTED = np.array([72.0, 62.5, 63.0, 77.8, 49.1])


def ends(y, half=0.0005):
    return y - half, y + half


def test_the_example_of_the_handbook():
    found = audit_index(BOOK, *ends(PRINTED, 0.05), half=np.full(3, 0.5), stated=np.ones(3))
    assert (found.verdict, found.confidence) == ("one", "high")
    fit = found.fits[0]
    assert fit.convention == "arithmetic"
    np.testing.assert_allclose(fit.weights, [0.5, 0.3, 0.2], atol=1e-12)
    np.testing.assert_allclose(fit.low, [0.4982, 0.2985, 0.1984], atol=5e-5)
    np.testing.assert_allclose(fit.high, [0.5018, 0.3015, 0.2016], atol=5e-5)
    assert not found.detail["stated"]["holds"]
    assert found.detail["stated"]["misses"].max() == pytest.approx(5.8, abs=0.05)


@pytest.mark.parametrize("name", AGGREGATIONS)
def test_every_aggregation_is_told_from_the_others_beside_two_typing_errors(name):
    x = RNG.normal(100, 10, (20, 3)).round(3)
    y = mean_of(name, x, np.array([0.5, 0.3, 0.2])).round(3)
    y[4] += 1.8
    y[11] -= 0.09
    found = audit_index(x, *ends(y))
    assert [fit.convention for fit in found.fits] == [name]
    assert found.misfits == (4, 11)


def test_a_mistyped_input_far_out_does_not_pull_the_weights():
    x = RNG.uniform(0, 1, (15, 3)).round(3)
    y = (x @ [0.6, 0.3, 0.1]).round(3)
    x[7, 1] = 90.0
    found = audit_index(x, *ends(y))
    assert (found.verdict, found.misfits) == ("one", (7,))
    np.testing.assert_allclose(found.fits[0].weights, [0.6, 0.3, 0.1], atol=2e-3)


def test_stated_weights_in_the_wrong_order_are_told_as_exchanged():
    y = BOOK @ [0.5, 0.3, 0.2]
    found = audit_index(BOOK, *ends(y.round(1), 0.05), stated=np.array([0.5, 0.2, 0.3]))
    assert found.detail["stated"]["exchanged"] == (1, 2)


def test_decimals_that_are_not_printed_never_contradict_the_text():
    x = RNG.uniform(0.2, 1, (25, 3))
    y = mean_of("geometric", x, np.full(3, 1 / 3)).round(3)
    found = audit_index(x.round(2), *ends(y), half=np.full(3, 0.005), stated=np.ones(3))
    assert (found.verdict, found.fits[0].convention) == ("one", "geometric")
    assert found.fits[0].parameters["inputs"] == "unrounded"
    assert found.detail["stated"]["holds"]


def test_population_and_sample_deviation_and_direction():
    x = RNG.lognormal(2, 0.5, (14, 3)).round(3)
    for ddof in (0, 1):
        z = (x - x.mean(axis=0)) / x.std(axis=0, ddof=ddof) * [1, -1, 1]
        found = audit_index(x, *ends((z @ [0.4, 0.4, 0.2]).round(3)), raw=True)
        (fit,) = found.fits
        assert fit.parameters["normaliser"] == f"zscore(0, 1, {ddof})"
        assert fit.parameters["directions"] == (1, -1, 1)


def test_bounds_over_the_rows_of_totals_are_seen():
    x = np.append(RNG.uniform(10, 50, 12), 420.0).round(1)
    totals = np.arange(13) == 12
    z = ((x - x.min()) / (x.max() - x.min())).round(3)
    found = audit_column(x, *ends(z), totals=totals)
    assert [(fit.convention, fit.parameters["over"]) for fit in found.fits] == [
        ("minmax(0, 1)", "rows_and_totals")
    ]


@pytest.mark.parametrize("low", [0.0, 1.0])
def test_a_scale_from_one_is_not_taken_for_one_from_zero(low):
    x = RNG.uniform(10, 50, 12).round(2)
    z = low + (100 - low) * (x - x.min()) / (x.max() - x.min())
    found = audit_column(x, *ends(z.round(3)))
    assert [fit.convention for fit in found.fits] == [f"minmax({low:g}, 100)"]


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        (BOOK[:3], PRINTED[:3], "few_rows"),
        (BOOK, np.array([2.0, 4, 3, 1, 5]), "ranks_only"),
        (BOOK, np.full(5, 60.0), "constant"),
        (np.column_stack([BOOK, np.full(5, 7.0)])[:, 1:], PRINTED, "constant_input"),
        (BOOK[:4], np.array([72.0, 62.5, 63.0, 80.8]), "none"),
    ],
)
def test_what_cannot_be_decided_is_said_to_be(x, y, reason):
    half = 0.5 if reason == "ranks_only" else 0.05
    found = audit_index(x, *ends(y, half))
    if reason == "none":
        # Four rows cannot carry one typing error and three weights.
        assert found.verdict in ("none", "undecidable")
    else:
        assert (found.verdict, found.reason) == ("undecidable", reason)


# Human development


@pytest.fixture
def hdi(root):
    table = pd.read_csv(root / "tests" / "reference" / "hdi" / "hdi.csv")
    return {name: table[name].to_numpy() for name in ("hdi", "le", "eys", "mys", "gnipc")}


@pytest.mark.reference
def test_goalposts_logarithm_and_caps_of_human_development(hdi):
    income = np.minimum(np.log(hdi["gnipc"] / 100) / np.log(750), 1)
    life = np.minimum((hdi["le"] - 20) / 65, 1)
    planted = {
        "le": (life, "goalposts", 20, 85, ("upper",)),
        "eys": (np.minimum(hdi["eys"] / 18, 1), "goalposts", 0, 18, ("upper",)),
        "mys": (hdi["mys"] / 15, "goalposts", 0, 15, ()),
        "gnipc": (income, "goalposts_log", 100, 75_000, ("upper",)),
    }
    for name, (z, convention, lower, upper, caps) in planted.items():
        (fit,) = audit_column(hdi[name], *ends(z.round(3))).fits
        told = fit.parameters
        assert (fit.convention, told["lower"], told["upper"], told["caps"]) == (
            convention,
            lower,
            upper,
            caps,
        )


@pytest.mark.reference
def test_the_geometric_mean_of_human_development_from_the_published_index(hdi):
    """The index is as published; its three dimensions are computed from the published indicators and rounded."""
    income = np.minimum(np.log(hdi["gnipc"] / 100) / np.log(750), 1)
    life = np.minimum((hdi["le"] - 20) / 65, 1)
    school = (np.minimum(hdi["eys"] / 18, 1) + np.minimum(hdi["mys"] / 15, 1)) / 2
    x = np.column_stack([life, school, income])
    found = audit_index(x.round(3), *ends(hdi["hdi"]), half=np.full(3, 0.0005), stated=np.ones(3))
    (fit,) = found.fits
    assert (found.verdict, fit.convention, fit.misfits) == ("one", "geometric", ())
    np.testing.assert_allclose(fit.weights, 1 / 3)
    assert found.detail["stated"]["holds"]
    exact = audit_index(x, *ends(hdi["hdi"]))
    assert [fit.convention for fit in exact.fits] == ["geometric"]


@pytest.mark.reference
def test_life_goalposts_from_the_published_index_alone(hdi):
    """With the other two dimensions known, the cube of the published index leaves that of life."""
    income = np.minimum(np.log(hdi["gnipc"] / 100) / np.log(750), 1)
    school = (np.minimum(hdi["eys"] / 18, 1) + np.minimum(hdi["mys"] / 15, 1)) / 2
    low, high = ((hdi["hdi"] + side * 0.0005) ** 3 / income / school for side in (-1, 1))
    (fit,) = audit_column(hdi["le"], low, high).fits
    assert fit.convention == "goalposts"
    for end, value in (("lower", 20), ("upper", 85)):
        least, most = fit.parameters[f"{end}_range"]
        assert least <= value <= most
        assert most - least < 1


# Ranks, filled cells, rounding


@pytest.mark.parametrize(
    ("ranks", "rule"),
    [
        ([1, 2, 2, 4, 5, 6], "min"),
        ([1, 3, 3, 4, 5, 6], "max"),
        ([1, 2.5, 2.5, 4, 5, 6], "average"),
        ([1, 2, 2, 3, 4, 5], "dense"),
        ([1, 3, 2, 4, 5, 6], "order"),
    ],
)
def test_every_rule_of_ties(ranks, rule):
    found = audit_ranks(np.array([9.0, 7, 7, 5, 3, 2]), np.array(ranks, dtype=float))
    assert [fit.convention for fit in found.fits] == [rule]
    assert found.fits[0].parameters["best"] == 1


def test_ranks_without_ties_show_their_direction_only():
    found = audit_ranks(np.array([1.0, 2, 3, 4]), np.array([1.0, 2, 3, 4]))
    assert (found.verdict, found.reason) == ("undecidable", "no_ties")
    assert found.fits[0].parameters["best"] == 4


def test_a_rank_set_by_hand_is_named():
    found = audit_ranks(np.array([9.0, 8, 8, 6, 5, 4, 3]), np.array([1.0, 2, 2, 4, 5, 5, 7]))
    assert (found.fits[0].convention, found.misfits) == ("min", (5,))


def test_group_means_are_told_from_column_means():
    x = RNG.uniform(1, 9, (12, 2)).round(2)
    groups = ["a", "b"] * 6
    marked = np.zeros(x.shape, dtype=bool)
    marked[[0, 3], [0, 1]] = True
    for i, j in ((0, 0), (3, 1)):
        own = [k for k in range(12) if groups[k] == groups[i] and not marked[k, j]]
        x[i, j] = round(x[own, j].mean(), 2)
    found = audit_filled(x, marked, np.full(2, 0.005), groups)
    assert [fit.convention for fit in found.fits] == ["group_mean"]


@pytest.mark.parametrize(
    ("printed", "rule"),
    [(["2", "3", "4", "6"], "half_up"), (["2", "2", "4", "6"], "half_even"), (["1", "2", "3", "5"], "cut")],
)
def test_halves_decide_the_rule_of_rounding(printed, rule):
    scores = [["1", "2"], ["2", "3"], ["3", "4"], ["5", "6"]]
    found = audit_rounding(scores, np.array([0.5, 0.5]), printed, 0)
    assert [fit.convention for fit in found.fits] == [rule]


def test_without_a_half_rounding_is_not_decidable():
    found = audit_rounding([["1", "1"], ["3", "5"]], np.array([0.5, 0.5]), ["1", "4"], 0)
    assert (found.verdict, found.reason) == ("undecidable", "no_halves")


def test_the_simplest_number_of_a_range():
    assert [simplest(*span) for span in ((0.4982, 0.5018), (-0.009, 0.0002), (84.99, 85.02))] == [0.5, 0, 85]


# The study of planted conventions, small


@pytest.fixture(scope="module")
def bench(root):
    spec = importlib.util.spec_from_file_location("bench_audit", root / "benchmarks" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_planted_conventions_are_found_and_nothing_wrong_is_said(bench):
    answers = [case.answer for case in bench.study(40, seed=21)]
    assert answers.count("wrong") == 0
    assert answers.count("right") >= 38
