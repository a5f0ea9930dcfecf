"""Likeness to models: the worked example, gaps, ties, what is missing, and what is said about it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.models import model_patterns
from innohub.errors import ModelError, ScaleError
from innohub.position.models.likeness import liken, slot_values
from innohub.position.models.tables import model_tables

PATTERNS = np.array([[0.9, 0.4, 0.3], [0.4, 0.9, 0.4], [0.3, 0.4, 0.9]])
PLACE = np.array([0.60, 0.55, 0.40])
MODELS, SLOTS = ("first", "second", "third"), ("x", "y", "z")


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.reference
def test_worked_example():
    found = liken(PLACE, PATTERNS, MODELS, SLOTS)
    assert found.mixture.weights == pytest.approx([0.492424, 0.348485, 0.159091], abs=1e-6)
    assert found.mixture.residual == pytest.approx(0.049237, abs=1e-6)
    assert found.cosine == pytest.approx([0.942458, 0.928359, 0.813941], abs=1e-6)
    assert found.nearest == ("first",)
    assert found.fits
    assert found.mixture.unique
    assert codes(found) == []


def test_gaps_and_what_to_borrow():
    found = liken(PLACE, PATTERNS, MODELS, SLOTS)
    assert found.gaps[0] == pytest.approx([0.3, -0.15, -0.1])
    assert found.largest_gap == ("first", "x", pytest.approx(0.3))
    assert found.borrow("first") == (("x", pytest.approx(0.3)),)
    assert [slot for slot, _ in found.borrow("third")] == ["z"]
    assert found.borrow("second")[0] == ("y", pytest.approx(0.35))


def test_a_place_ahead_everywhere_has_nothing_to_borrow():
    found = liken(np.ones(3), PATTERNS, MODELS, SLOTS)
    assert found.largest_gap is None
    assert found.borrow("first") == ()


def test_nearest_names_all_that_tie():
    found = liken(np.array([0.5, 0.5]), np.eye(2), ("a", "b"), ("x", "y"))
    assert found.nearest == ("a", "b")
    assert found.mixture.weights == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(("level", "warns"), [(0.76, False), (0.74, True)])
def test_limit_of_the_residual_from_both_sides(level, warns):
    # One model on the same line: the residual is 1 - level of a place of length 1.
    found = liken(np.array([1.0, 0.0]), np.array([[level, 0.0]]), ("only",), ("x", "y"))
    assert found.mixture.residual == pytest.approx(1 - level)
    assert found.fits is not warns
    assert codes(found) == (["N140"] if warns else [])


def test_a_residual_on_the_limit_still_fits():
    assert liken(np.array([1.0, 0.0]), np.array([[0.75, 0.0]]), ("only",), ("x", "y")).fits


def test_profile_compares_emphasis_only():
    weak = PATTERNS[1] / 4
    assert not liken(weak, PATTERNS, MODELS, SLOTS).fits
    found = liken(weak, PATTERNS, MODELS, SLOTS, compare="profile")
    assert found.mixture.weights == pytest.approx([0, 1, 0], abs=1e-12)
    assert found.fits


@given(st.floats(0.05, 1))
def test_cosine_and_profile_do_not_change_with_level(factor):
    plain = liken(PLACE, PATTERNS, MODELS, SLOTS, compare="profile")
    scaled = liken(PLACE * factor, PATTERNS, MODELS, SLOTS, compare="profile")
    assert scaled.cosine == pytest.approx(plain.cosine)
    assert scaled.mixture.weights == pytest.approx(plain.mixture.weights, abs=1e-9)


def test_models_that_can_replace_each_other_are_named_with_their_ranges():
    patterns = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    found = liken(np.array([0.8, 0.2]), patterns, ("london", "own", "c"), ("x", "y"), name="A")
    assert codes(found) == ["N142"]
    assert "London 0.00–0.80, own 0.00–0.80" in found.findings[0].text("reason", "en")
    assert "伦敦" in found.findings[0].text("reason", "zh")
    assert found.nearest == ("london", "own")


def test_a_slot_without_a_value_is_left_out_for_all():
    place = np.array([0.60, np.nan, 0.40])
    found = liken(place, PATTERNS, MODELS, SLOTS)
    assert found.slots == ("x", "z")
    assert found.left_out == ("y",)
    assert codes(found) == ["N145"]
    alone = liken(place[[0, 2]], PATTERNS[:, [0, 2]], MODELS, ("x", "z"))
    assert found.mixture.weights == pytest.approx(alone.mixture.weights)


@pytest.mark.parametrize("place", [[0.6, np.nan, np.nan], [np.nan] * 3, [0.0, 0.0, 0.0]])
def test_too_little_gives_no_likeness_but_a_warning(place):
    found = liken(np.array(place), PATTERNS, MODELS, SLOTS, name="A")
    assert found.mixture is None
    assert found.nearest == ()
    assert not found.fits
    assert codes(found) == ["N144"]
    assert "A cannot be compared" in found.findings[0].render("en")
    assert len(model_tables({"A": found})["model_mix"]) == 0


@pytest.mark.parametrize("value", [-0.1, 1.1, np.inf])
def test_a_value_on_another_scale_is_refused(value):
    with pytest.raises(ScaleError, match="N141"):
        liken(np.array([value, 0.5, 0.5]), PATTERNS, MODELS, SLOTS)


def test_a_model_with_a_gap_or_no_model_is_refused():
    with pytest.raises(ScaleError, match="N141"):
        liken(PLACE, np.array([[0.5, np.nan, 0.5]]), ("a",), SLOTS)
    with pytest.raises(ModelError, match="N143"):
        liken(PLACE, np.empty((0, 3)), (), SLOTS)


def test_a_model_that_stresses_nothing_has_no_direction():
    found = liken(PLACE, np.vstack([PATTERNS, np.zeros(3)]), (*MODELS, "void"), SLOTS)
    assert np.isnan(found.cosine[3])


def test_slot_values_average_what_is_there():
    values = np.array([[0.2, 0.6, np.nan, 0.9], [np.nan, np.nan, 0.5, 0.1]])
    found = slot_values(values, ["x", "x", "y", "elsewhere"], ["x", "y", "z"])
    assert found == pytest.approx(np.array([[0.4, np.nan, np.nan], [np.nan, 0.5, np.nan]]), nan_ok=True)


def test_tables_carry_the_numbers():
    found = {"A": liken(PLACE, PATTERNS, MODELS, SLOTS), "B": liken(PATTERNS[2], PATTERNS, MODELS, SLOTS)}
    tables = model_tables(found)
    mix = tables["model_mix"].set_index(["place", "model"])
    assert mix.loc[("A", "first"), "weight"] == pytest.approx(0.492424, abs=1e-6)
    assert mix.query("nearest").index.tolist() == [("A", "first"), ("B", "third")]
    fit = tables["model_fit"].set_index("place")
    assert fit.loc["A", ["gap_model", "gap_slot"]].tolist() == ["first", "x"]
    slots = tables["model_slots"].query("place == 'A' and model == 'first'")
    assert (slots["model_value"] - slots["value"]).tolist() == pytest.approx(slots["gap"].tolist())
    assert np.linalg.norm(slots["mixture"] - slots["value"]) == pytest.approx(fit.loc["A", "residual"])


def test_each_shipped_model_is_most_like_itself():
    models, slots, rows = model_patterns()
    patterns = np.array(rows)
    for number, model in enumerate(models):
        found = liken(patterns[number], patterns, models, slots)
        assert found.nearest == (model,)
        assert found.mixture.unique
        assert found.cosine.argmax() == number


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("place", "patterns", "code"),
    [
        ([1.0, 0.0, 0.0], [[0.1, 0.1, 0.1]], "N140"),
        ([0.8, 0.2, 0.0], [[1, 0, 0], [1, 0, 0], [0, 1, 0]], "N142"),
        ([np.nan, np.nan, 0.2], [[1, 0, 0]], "N144"),
        ([np.nan, 0.2, 0.2], [[1, 0.2, 0.2]], "N145"),
    ],
)
def test_what_is_said_reads_in_both_languages(place, patterns, code, language):
    names = tuple("abc"[: len(patterns)])
    found = liken(np.array(place), np.array(patterns, dtype=float), names, ("talent", "y", "z"), name="广州")
    assert codes(found) == [code]
    text = found.findings[0].render(language)
    assert "广州" in text
    assert "{" not in text
    if code in ("N144", "N145"):
        assert ("人才" if language == "zh" else "talent") in text
