"""Re-ranking under the reader's weights, against the file that the page's own tests read."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.web.gaps import GapRule
from innohub.web.rerank import pack_draws, rerank, unpack_draws

_spec = importlib.util.spec_from_file_location("golden", Path(__file__).with_name("golden.py"))
golden = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(golden)
STUDIES = json.loads(golden.FILE.read_text(encoding="utf-8"))["studies"]
CASES = [
    pytest.param(study, case, id=f"{study['name']}: {case['name']}")
    for study in STUDIES
    for case in study["cases"]
]


def again(study, weights):
    default = np.array(study["default"])
    draws = unpack_draws(study["draws"], len(default))
    rule = study["rule"] and GapRule(
        tuple(study["rule"]["parent"]),
        tuple(study["rule"]["leaf"]),
        study["rule"]["min_share"],
        study["rule"]["by_weight"],
    )
    return rerank(
        np.array(study["normalised"], dtype=float),
        default,
        draws,
        np.array(weights),
        tuple(study["sizes"]),
        level=study["level"],
        rule=rule,
    )


@pytest.mark.reference
@pytest.mark.parametrize(("study", "case"), CASES)
def test_agrees_with_the_reference(study, case):
    found, wanted = again(study, case["weights"]), case["expected"]
    if wanted is None:
        assert found is None
        return
    for name in ("ranks", "rank_low", "rank_high"):
        assert getattr(found, name).tolist() == wanted[name], name
    for name in ("scores", "score_low", "score_high", "probability"):
        np.testing.assert_allclose(
            getattr(found, name), np.array(wanted[name], dtype=float), rtol=0, atol=1e-12, err_msg=name
        )
    assert found.used == wanted["used"]


def test_the_reference_is_what_plain_loops_give():
    assert golden.FILE.read_text(encoding="utf-8") == golden.text()


def test_the_reference_has_ties_rounding_and_dropped_draws():
    ties = next(study for study in STUDIES if study["name"] == "ties")
    ranks = next(case for case in ties["cases"] if case["name"] == "default")["expected"]["ranks"]
    assert len(set(ranks)) < len(ranks)
    used = {case["expected"]["used"] for case in ties["cases"] if case["expected"]}
    assert len(used) > 1


@given(st.floats(0.01, 1000))
def test_the_scale_of_the_weights_is_nothing(factor):
    study = STUDIES[0]
    weights = np.arange(1.0, 11.0)
    one, other = again(study, weights), again(study, weights * factor)
    assert one.ranks.tolist() == other.ranks.tolist()
    np.testing.assert_allclose(one.scores, other.scores, atol=1e-12)
    np.testing.assert_allclose(one.probability.sum(axis=1), 1)


def test_all_weight_on_one_indicator_leaves_no_doubt():
    study = STUDIES[0]
    found = again(study, np.eye(10)[4])
    assert found.rank_low.tolist() == found.rank_high.tolist() == found.ranks.tolist()


def test_draws_survive_packing_to_a_hundred_thousandth():
    draws = np.random.default_rng(0).dirichlet(np.ones(7), 50)
    assert np.abs(unpack_draws(pack_draws(draws), 7) - draws).max() <= 0.5 / 65535 + 1e-12
