"""The function x scope grid."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.errors import ModelError
from innohub.position.function.comparison import compare
from innohub.position.function.grid import Bar, Noise, build_grid, peer_sets
from innohub.position.function.relation import read_values

SCOPES = ["international", "national"]
BAR, FEW = Bar(), Noise(draws=200)


def simple(own, others, scope="international"):
    """One function with one indicator against peers p0, p1 …"""
    rows = [("a", "x", 2015, own), *((f"p{n}", "x", 2015, value) for n, value in enumerate(others))]
    values = read_values(pd.DataFrame(rows, columns=["place", "indicator", "year", "value"]))
    names = [f"p{n}" for n in range(len(others))]
    peers = pd.DataFrame({"set": "s", "scope": scope, "place": names})
    functions = pd.DataFrame({"function": ["f"], "indicator": ["x"], "weight": [1.0]})
    return values, functions, peers


def grid(values, functions, peers, *, place="a", scopes=("international",), bar=BAR, noise=FEW):
    found = compare(values, place, functions["indicator"], peers["place"], directions={})
    return build_grid(found, functions, peers, scopes, rng=np.random.default_rng(7), bar=bar, noise=noise)


def cell(found, function="f", scope="international"):
    return found.cells.set_index(["function", "scope"]).loc[(function, scope)]


@pytest.mark.reference
@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("knowledge", (1, 6, 0.5, "reached")),
        ("information", (1, 5, 1.0, "reached")),
        ("talent", (1, 5, 1.0, "reached")),
        ("technology", (1, 4, 1.0, "reached")),
        ("product-diffusion", (0, 2, np.nan, "not tested")),
        ("service-diffusion", (0, 0, np.nan, "not tested")),
    ],
)
def test_guangzhou_among_the_peers_of_the_text(values, functions, peers, function, expected):
    indicators, count, q, verdict = expected
    found = cell(grid(values, functions, peers, place="guangzhou", scopes=SCOPES), function)
    assert found[["indicators", "peers", "verdict"]].tolist() == [indicators, count, verdict]
    assert found["q"] == pytest.approx(q, abs=1e-12, nan_ok=True)


@pytest.mark.reference
def test_labour_productivity_passes_the_three_cities_at_home(values, functions, peers):
    found = cell(grid(values, functions, peers, place="guangzhou", scopes=SCOPES), "technology", "national")
    assert found[["passed", "q", "verdict", "widest"]].tolist() == [3, 1.0, "reached", False]


@pytest.mark.parametrize(
    ("own", "others", "q", "verdict"),
    [
        (7.33, [2.15, 6.08, 6.35, 7.69, 21.02, 15.45], 0.5, "reached"),
        (1068, [784, 592, 536, 511, 403], 1.0, "reached"),
        (5, [5, 5, 5], 0.5, "reached"),
        (5, [5, 6, 7], 1 / 6, "not reached"),
        (5, [1, 2], np.nan, "not tested"),
        (5, [], np.nan, "not tested"),
    ],
)
def test_share_of_peers_passed(own, others, q, verdict):
    values, functions, peers = simple(own, others)
    if not others:
        peers = pd.DataFrame({"set": ["s"], "scope": ["international"], "place": ["nobody"]})
    found = cell(grid(values, functions, peers))
    assert found["verdict"] == verdict
    assert found["q"] == pytest.approx(q, nan_ok=True)
    assert found["widest"] == (verdict == "reached")


def test_fewest_peers_can_be_set():
    values, functions, peers = simple(5, [1, 2])
    assert cell(grid(values, functions, peers, bar=Bar(min_peers=2)))["verdict"] == "reached"


def test_weights_decide_between_indicators():
    rows = [("a", "x", 9), ("a", "y", 0), *((p, i, 5) for p in ("b", "c", "d") for i in ("x", "y"))]
    values = read_values(pd.DataFrame(rows, columns=["place", "indicator", "value"]))
    peers = pd.DataFrame({"set": "s", "scope": "international", "place": ["b", "c", "d"]})
    for weight, verdict in ((1.0, "reached"), (0.99, "not reached")):
        functions = pd.DataFrame({"function": "f", "indicator": ["x", "y"], "weight": [weight, 1.0]})
        found = cell(grid(values, functions, peers))
        assert found["q"] == pytest.approx(weight / (weight + 1))
        assert found["verdict"] == verdict
        assert found[["indicators", "peers", "passed", "not_passed"]].tolist() == [2, 3, 3, 3]


def test_ten_equal_weights_meet_the_bar_in_spite_of_the_last_bit():
    rows, functions = [], []
    for n in range(10):
        functions.append(("f", f"i{n}", 0.1))
        rows += [("a", f"i{n}", 9 if n < 5 else 0), *((p, f"i{n}", 5) for p in "bcd")]
    values = read_values(pd.DataFrame(rows, columns=["place", "indicator", "value"]))
    peers = pd.DataFrame({"set": "s", "scope": "international", "place": list("bcd")})
    found = grid(values, pd.DataFrame(functions, columns=["function", "indicator", "weight"]), peers)
    assert cell(found)["verdict"] == "reached"


def test_the_widest_scope_reached_is_marked_and_a_narrower_miss_noted():
    values, functions, peers = simple(5, [1, 2, 3, 7, 8, 9])
    peers["scope"] = ["international"] * 3 + ["national"] * 3
    found = grid(values, functions, peers, scopes=SCOPES)
    assert found.cells["verdict"].tolist() == ["reached", "not reached"]
    assert found.cells["widest"].tolist() == [True, False]
    assert [f.code for f in found.findings] == ["N113"]
    assert grid(values, functions, peers, scopes=SCOPES[::-1]).findings == ()


def test_a_scope_without_peers_and_the_place_among_its_peers():
    values, functions, peers = simple(5, [1, 2, 3])
    peers = pd.concat([peers, pd.DataFrame({"set": ["s"], "scope": ["international"], "place": ["a"]})])
    found = grid(values, functions, peers, scopes=SCOPES)
    assert [(f.code, f.params["scope"]) for f in found.findings] == [("N110", "national")]
    assert cell(found)["peers"] == 3


@pytest.mark.parametrize("weights", [[-1.0, 2.0], [0.0, 0.0]])
def test_weights_that_cannot_be_used(weights):
    values, _, peers = simple(5, [1, 2, 3])
    functions = pd.DataFrame({"function": "f", "indicator": ["x", "y"], "weight": weights})
    with pytest.raises(ModelError, match="N118"):
        grid(values, functions, peers)


# Certainty


def test_nothing_is_said_of_certainty_when_nothing_is_known_of_spread():
    values, functions, peers = simple(5, [1, 2, 3])
    assert np.isnan(cell(grid(values, functions, peers))["certainty"])
    assert cell(grid(values, functions, peers, noise=Noise(200, 0.01)))["certainty"] == 1.0


@pytest.mark.reference
def test_papers_stand_exactly_at_the_bar_and_draws_say_how_firmly(values, functions, peers):
    def certainty(spread):
        noise = Noise(20_000, spread)
        return cell(
            grid(values, functions, peers, place="guangzhou", scopes=SCOPES, noise=noise), "knowledge"
        )["certainty"]

    assert certainty(0.01) > 0.99
    # At 5 % Sydney may fall behind and Singapore or Hong Kong may come past: brute force beside it.
    rng = np.random.default_rng(1)
    own = 7.33 * (1 + 0.05 * rng.standard_normal((200_000, 1)))
    others = np.array([2.15, 6.08, 6.35, 7.69, 21.02, 15.45])
    brute = ((own > others * (1 + 0.05 * rng.standard_normal((200_000, 6)))).mean(axis=1) >= 0.5).mean()
    assert certainty(0.05) == pytest.approx(brute, abs=0.01)


# What must not matter


@given(st.lists(st.integers(1, 20), min_size=3, max_size=8), st.integers(1, 20), st.randoms())
def test_order_units_and_uncompared_peers_do_not_matter(others, own, random):
    values, functions, peers = simple(own, others)
    noise = Noise(50, 0.1)
    first = grid(values, functions, peers, noise=noise).cells
    shuffled = peers.sample(frac=1, random_state=random.randrange(1000))
    stranger = pd.DataFrame({"set": ["s"], "scope": ["international"], "place": ["stranger"]})
    second = grid(values, functions, pd.concat([shuffled, stranger]), noise=noise).cells
    pd.testing.assert_frame_equal(first, second)
    scaled, _, _ = simple(own * 1024, [value * 1024 for value in others])
    pd.testing.assert_frame_equal(first, grid(scaled, functions, peers, noise=noise).cells)


@given(st.lists(st.integers(1, 20), min_size=3, max_size=8), st.integers(1, 20))
def test_a_higher_value_never_stands_lower(others, own):
    low = cell(grid(*simple(own, others)))["q"]
    high = cell(grid(*simple(own + 1, others)))["q"]
    assert high >= low
    assert low == pytest.approx(np.mean([1.0 if own > x else 0.5 if own == x else 0.0 for x in others]))


def test_sets_run_from_the_widest_scope_and_own_scopes_follow():
    peers = pd.DataFrame(
        {"set": list("bab"), "scope": ["national", "international", "mine"], "place": list("xyz")}
    )
    assert [(g.scope, g.set) for g in peer_sets(peers, SCOPES)] == [
        ("international", "a"),
        ("national", "b"),
        ("mine", "b"),
    ]
