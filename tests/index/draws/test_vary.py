"""Every variation of the draws against a plain loop that computes the index anew for each draw."""

import zlib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from innohub.catalog import parse_spec
from innohub.errors import ModelError
from innohub.index import build_model, compute, prepare, score_intervals, streams, vary_index
from innohub.index.draws.build import draw_index
from innohub.index.draws.sample import draw_sample, every_combination, quasi_sample
from innohub.index.draws.simulate import Bench, evaluate
from innohub.panel import build_panel
from innohub.study.index_section import IndexSection

CODES = ["a", "b", "c", "d", "e"]
PLACES = [f"p{n}" for n in range(9)]
# d stands alone below its parent, which drops out with it.
FRAMEWORK = pd.DataFrame(
    [
        ("all", "", 1.0, ""),
        ("x", "all", 2.0, ""),
        ("y", "all", 1.0, ""),
        ("e", "all", 1.0, "e"),
        ("a", "x", 1.0, "a"),
        ("b", "x", 3.0, "b"),
        ("c", "x", 2.0, "c"),
        ("d", "y", 1.0, "d"),
    ],
    columns=["node", "parent", "weight", "indicator"],
)
GROUPS = {"kind": {place: "odd" if n % 2 else "even" for n, place in enumerate(PLACES)}}


def make(years=(2020,), gaps=((1, 0), (4, 2)), noise=None, **options):
    """Return a model, its section and a panel with gaps, a zero and a tie."""
    rng = np.random.default_rng(4)
    rows = []
    for number, year in enumerate(years):
        values = np.exp(rng.normal(size=(9, 5))) * 10 + number
        values[2, 1], values[3, 4] = 0.0, values[5, 4]
        for row, column in gaps:
            values[row, column] = np.nan
        rows += [(p, c, year, values[i, j]) for i, p in enumerate(PLACES) for j, c in enumerate(CODES)]
    table = pd.DataFrame(rows, columns=["place", "indicator", "year", "value"]).assign(flag="")
    about = pd.DataFrame({"indicator": CODES, "direction": [1, -1, 1, 1, 1]})
    panel = build_panel(table, about, PLACES, CODES, years[-1], years=years)
    if noise is not None:
        panel = replace(panel, noise=np.array(noise))
    section = IndexSection.model_validate(
        {"weights": "given", "normalise": "minmax(1, 100)", "missing": {"min_share": 0.3}, **options}
    )
    return build_model("test", section, FRAMEWORK), section, panel


def vary(model, section, panel, seed=3):
    stream = streams(seed, "test")
    prepared = prepare(panel, model.tree, section, GROUPS)
    history = compute(model, prepared.panel)
    return vary_index(history, prepared, section, panel, groups=GROUPS, stream=stream), stream


def without(framework, leaf):
    """Drop a leaf, and every node that has nothing left below it."""
    left = framework[framework["node"] != leaf]
    while len(empty := left[left["indicator"].eq("") & ~left["node"].isin(left["parent"])]):
        left = left.drop(empty.index)
    return left


def loop(varied, section, sample, numbers):
    """Compute the index of every draw from its own values, methods and framework."""
    tree, scores = varied.nominal.model.tree, []
    here = varied.nominal.now.panel
    for draw, weights in enumerate(sample.weights):
        model, one = varied.models[sample.way[draw]], varied.sets[sample.filled[draw]]
        values = one.untreated.copy()
        if numbers is not None:
            rows = np.arange(len(values)) if model.pool == "all-years" else one.panel.at(one.panel.year)
            for row, line in zip(rows, numbers[draw], strict=True):
                for column, number in zip(varied.noisy, line, strict=True):
                    values[row, column] *= 1 + varied.noise[column] * number
        bare = section.model_copy(update={"impute": "none"})
        panel = prepare(replace(one.panel, matrix=values), tree, bare, {}).panel
        mass = dict(zip(tree.nodes, tree.gather(weights), strict=True))
        framework = FRAMEWORK.assign(weight=FRAMEWORK["node"].map(mass))
        if sample.left[draw] >= 0:
            framework = without(framework, tree.nodes[tree.leaves[sample.left[draw]]])
        again = build_model("test", section, framework)
        again = again.with_methods(model.normaliser, model.default_aggregate)
        now = compute(again, panel).now
        scores.append(now.index_scores[[now.panel.places.index(place) for place in here.places]])
    return np.array(scores)


NOISE = {"noise": 0.05}
CASES = {
    "noise": {"vary": NOISE},
    "noise, geometric": {"vary": NOISE, "aggregate": "geometric"},
    "noise, one node geometric": {"vary": NOISE, "nodes": {"x": {"aggregate": "geometric"}}},
    "noise, treated": {"vary": NOISE, "treat": "skew_kurt(0.5, 0.5, 2)"},
    "noise, logged": {"vary": NOISE, "treat": "log_ct"},
    "noise, z-score": {"vary": NOISE, "normalise": "zscore(100, 10)", "aggregate": "mpi"},
    "noise, ranks": {"vary": NOISE, "normalise": "rank", "aggregate": "harmonic"},
    "noise, topsis": {"vary": NOISE, "aggregate": "topsis", "impute": "column_mean"},
    "noise of pooled years": {"vary": NOISE, "years": (2019, 2020)},
    "noise of one year": {"vary": NOISE, "years": (2019, 2020), "pool": "each-year", "treat": "log_ct"},
    "noise of some indicators": {"noise": [np.nan, 0.1, np.nan, 0.3, np.nan], "aggregate": "geometric"},
    "leave out": {"vary": {"leave_out": True}},
    "leave out, geometric": {"vary": {"leave_out": True}, "aggregate": "geometric"},
    "leave out, grey": {"vary": {"leave_out": True}, "aggregate": "grey", "impute": "column_mean"},
    "leave out, copeland": {"vary": {"leave_out": True, "weights": "pm(0.3)"}, "aggregate": "copeland"},
    "fill": {"vary": {"impute": ["em(ridge = 2)", "group_mean(kind)", "multiple(4, ridge = 2)"]}},
    "fill, treated": {"vary": {"impute": ["column_mean", "multiple(3, ridge = 2)"]}, "treat": "log_ct"},
    "own multiple": {"impute": "multiple(5, ridge = 2)"},
    "own multiple by year": {
        "impute": "multiple(3, ridge = 2)",
        "years": (2019, 2020),
        "pool": "each-year",
    },
    "all": {
        "vary": {
            "weights": "nested(1)",
            "impute": ["em(ridge = 2)", "multiple(3, bootstrap, ridge = 2)"],
            "normalise": ["minmax(1, 100)", "rank"],
            "aggregate": ["arithmetic", "geometric", "mean_min(0.5, 1)"],
            "noise": 0.1,
            "leave_out": True,
        },
        "treat": "skew_kurt(1, 1, 2)",
        "noise": [np.nan, 0.0, 0.2, np.nan, np.nan],
        "years": (2018, 2019, 2020),
    },
}


@pytest.mark.parametrize("sampling", ["random", "quasi-random"])
@pytest.mark.parametrize("case", CASES)
def test_every_variation_equals_a_loop(case, sampling):
    options = dict(CASES[case])
    options["uncertainty"] = {"vary": options.pop("vary", {})}
    model, section, panel = make(**options)
    varied, stream = vary(model, section, panel)

    def sample():
        if sampling == "random":
            return draw_sample(varied, 50, stream(0), stream)
        return quasi_sample(varied, 50, stream)

    one = sample()
    numbers = sample().noise(50) if one.noise else None
    draws = evaluate(Bench(varied), one)
    np.testing.assert_allclose(draws.scores, loop(varied, section, one, numbers), rtol=1e-12)
    np.testing.assert_allclose(draws.weights.sum(axis=1), 1)


@pytest.mark.parametrize("options", [{}, {"leave_out": True}, {"aggregate": ["arithmetic", "geometric"]}])
def test_blocks_do_not_change_the_draws(monkeypatch, options):
    model, section, panel = make(uncertainty={"vary": {"noise": 0.05, **options}})
    varied, stream = vary(model, section, panel)
    whole = evaluate(Bench(varied), draw_sample(varied, 100, stream(0), stream))
    monkeypatch.setattr("innohub.index.draws.simulate._HELD", 45 * 7)
    monkeypatch.setattr("innohub.index.draws.simulate._BLOCK", 45 * 3)
    parts = evaluate(Bench(varied), draw_sample(varied, 100, stream(0), stream))
    np.testing.assert_allclose(parts.scores, whole.scores, rtol=1e-14)


def test_weights_and_methods_come_first_from_the_indexs_own_stream():
    """A published study keeps its draws: the same stream in the same order, to the last bit."""
    methods = ["minmax(1, 100)", "rank"]
    model, section, panel = make(gaps=(), uncertainty={"draws": 500, "vary": {"normalise": methods}})
    varied, stream = vary(model, section, panel, seed=9)
    draws = draw_index(varied, section, stream)
    rng = np.random.default_rng([9, zlib.crc32(b"test")])
    gamma = rng.standard_exponential((500, 5))
    weights = gamma / gamma.sum(axis=1, keepdims=True)
    way = rng.integers(2, size=500)
    assert draws.weights.tobytes() == weights.tobytes()
    np.testing.assert_array_equal(draws.on_scale, way == 0)
    for number, normaliser in enumerate(methods):
        part = compute(replace(model, normaliser=parse_spec(normaliser, "normalise")), panel)
        scores = weights[way == number] @ part.normalised.T
        assert draws.scores[way == number].tobytes() == scores.tobytes()


def test_what_is_added_leaves_the_weights_and_methods_as_they_were():
    plain = {"normalise": ["minmax(1, 100)", "rank"]}
    more = {**plain, "noise": 0.05, "leave_out": True, "impute": ["em(ridge = 2)", "column_mean"]}
    samples = []
    for options in (plain, more):
        model, section, panel = make(uncertainty={"vary": options}, impute="em(ridge = 2)")
        varied, stream = vary(model, section, panel)
        samples.append(draw_sample(varied, 500, stream(0), stream))
    np.testing.assert_array_equal(samples[0].weights, samples[1].weights)
    np.testing.assert_array_equal(samples[0].way, samples[1].way)


def test_zero_stays_zero_and_no_error_changes_nothing():
    model, section, panel = make(gaps=(), noise=[0, 0.4, 0, 0, 0], normalise="goalposts(0, 1000)")
    varied, stream = vary(model, section, panel)
    sample = draw_sample(varied, 200, stream(0), stream)
    assert sample.noise(1).shape == (1, 9, 1)
    still = replace(sample, noise=None, weights=np.tile([0, 0, 1.0, 0, 0], (200, 1)))
    leaf = model.tree.indicators.index("b")
    still.weights[:] = np.arange(5) == leaf
    moved = evaluate(Bench(varied), replace(still, noise=sample.noise)).scores
    fixed = evaluate(Bench(varied), still).scores
    np.testing.assert_array_equal(moved[:, 2], fixed[:, 2])
    assert (moved[:, [0, 1, 3]] != fixed[:, [0, 1, 3]]).all()


def test_multiple_imputation_widens_the_intervals_of_what_was_filled():
    width, own = {}, {}
    for impute in ("em(ridge = 2)", "multiple(40, ridge = 2)"):
        uncertainty = {"draws": 2000, "vary": {"weights": "fixed"}}
        model, section, panel = make(impute=impute, normalise="goalposts(-500, 500)", uncertainty=uncertainty)
        varied, stream = vary(model, section, panel)
        low, high = score_intervals(draw_index(varied, section, stream).scores, 0.9)
        width[impute], own[impute] = high - low, varied.nominal.index_scores
    single, several = width.values()
    # The scale is fixed, so that only the two places with gaps can move; the centre is that of EM.
    np.testing.assert_array_equal(*own.values())
    assert single.max() < 1e-12
    assert np.flatnonzero(several > 1e-12).tolist() == [1, 4]
    assert several[[1, 4]].min() > 1e-3


def test_methods_are_equally_likely_whatever_the_number_of_their_sets():
    model, section, panel = make(uncertainty={"vary": {"impute": ["column_mean", "multiple(20, ridge = 2)"]}})
    varied, stream = vary(model, section, panel)
    for sample in (draw_sample(varied, 4000, stream(0), stream), quasi_sample(varied, 4096, stream)):
        counts = np.bincount(sample.filled, minlength=21)
        assert counts[0] / len(sample.filled) == pytest.approx(0.5, abs=0.03)
        assert counts[1:].min() > 0.6 * counts[1:].max()


def test_what_fails_is_named_with_its_reason():
    vary_ = {"normalise": ["zscore", "minmax(1, 100)"], "aggregate": ["arithmetic", "geometric", "harmonic"]}
    model, section, panel = make(uncertainty={"draws": 100, "vary": vary_})
    varied, stream = vary(model, section, panel)
    with pytest.raises(ModelError) as caught:
        draw_index(varied, section, stream)
    (finding,) = caught.value.findings
    assert (finding.code, finding.params["count"]) == ("M142", 2)
    lines = finding.params["which"].splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "zscore(0, 1, 0) · geometric",
        "zscore(0, 1, 0) · harmonic",
    ]
    assert all("zero or below" in line for line in lines)


def test_an_imputation_that_fails_is_named():
    gaps = [(row, 2) for row in range(9) if row % 2]
    options = {"impute": ["column_mean", "none"], "aggregate": ["arithmetic", "grey"]}
    model, section, panel = make(gaps=gaps, impute="column_mean", uncertainty={"vary": options})
    varied, _ = vary(model, section, panel)
    with pytest.raises(ModelError) as caught:
        evaluate(Bench(varied), every_combination(varied))
    assert [line.split(": ")[0] for line in caught.value.findings[0].params["which"].splitlines()] == [
        "minmax(1, 100) · grey(0.5) · none"
    ]


def test_imputations_that_cannot_be_made_are_named_together():
    options = {"impute": ["group_mean(nothing)", "column_mean", "em"]}
    model, section, panel = make(uncertainty={"vary": options}, gaps=[(row, row % 5) for row in range(9)])
    singular = replace(panel, matrix=panel.matrix[:, [0, 1, 2, 3, 3]])
    with pytest.raises(ModelError) as caught:
        vary(model, section, singular)
    lines = caught.value.findings[0].params["which"].splitlines()
    assert [line.split(": ")[0] for line in lines] == ["group_mean(nothing)", "em"]


def test_an_indicator_that_cannot_be_left_out_is_named():
    gaps = [(3, column) for column in (0, 1, 2, 3)]
    model, section, panel = make(
        gaps=gaps, missing={"min_share": 0.01}, uncertainty={"vary": {"leave_out": True}}
    )
    varied, stream = vary(model, section, panel)
    with pytest.raises(ModelError) as caught:
        draw_index(varied, section, stream)
    (line,) = caught.value.findings[0].params["which"].splitlines()
    assert line.startswith("minmax(1, 100) · arithmetic · − e: ")
    assert "p3" in line


def test_the_only_indicator_cannot_be_left_out():
    model, section, panel = make(uncertainty={"vary": {"leave_out": True}})
    weights = FRAMEWORK["weight"].where(~FRAMEWORK["node"].isin(["x", "y"]), 0.0)
    model = build_model("test", section, FRAMEWORK.assign(weight=weights))
    with pytest.raises(ModelError, match="M143"):
        vary(model, section, panel)


@pytest.mark.parametrize("spec", ["dirichlet(1)", "dirichlet(3)", "nested(1)", "pm(0.25)"])
def test_quasi_random_means_come_closer(spec):
    model, section, panel = make(gaps=(), uncertainty={"vary": {"weights": spec, "leave_out": True}})
    varied, stream = vary(model, section, panel)
    bench = Bench(varied)
    truth = evaluate(bench, draw_sample(varied, 400_000, stream(0), stream)).scores.mean(axis=0)

    def error(sample):
        return np.abs(evaluate(bench, sample).scores.mean(axis=0) - truth).max()

    ours = [error(quasi_sample(varied, 1000, streams(seed, "test"))) for seed in range(8)]
    plain = [
        error(draw_sample(varied, 1000, streams(seed, "test")(0), streams(seed, "test"))) for seed in range(8)
    ]
    assert np.mean(ours) < np.mean(plain) / 2


def test_quasi_random_draws_repeat():
    model, section, panel = make(
        uncertainty={"vary": {"noise": 0.05}, "sampling": "quasi-random", "draws": 300}
    )
    varied, stream = vary(model, section, panel)
    one, two = draw_index(varied, section, stream), draw_index(varied, section, streams(3, "test"))
    assert one.scores.tobytes() == two.scores.tobytes()
    other = draw_index(varied, section, streams(4, "test"))
    assert one.scores.tobytes() != other.scores.tobytes()


def test_the_index_itself_does_not_move_with_its_draws():
    model, section, panel = make(uncertainty={"vary": {"noise": 0.2, "leave_out": True}})
    varied, _ = vary(model, section, panel)
    np.testing.assert_array_equal(varied.nominal.scores, compute(model, panel).scores)
    assert parse_spec("none", "treat") == varied.treat
