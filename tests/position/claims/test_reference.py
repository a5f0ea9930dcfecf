"""The facts found by hand: how many are read, how they are judged, and that the pages say so."""

import importlib.util
import sys

import pytest


@pytest.fixture(scope="module")
def claims(root):
    spec = importlib.util.spec_from_file_location("claims_figures", root / "docs" / "claims.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["claims_figures"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.reference
def test_the_reference_is_large_and_in_two_languages(claims):
    rows = [row for sentence in claims.reference() for row in sentence]
    assert len(rows) >= 300
    assert min(sum(row["language"] == language for row in rows) for language in ("zh", "en")) >= 100
    assert {row["verdict"] for row in rows} >= set(claims.VERDICTS)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("group", "plain_bars", "strict_bars"),
    [
        ("zh", (0.99, 0.99), (0.99, 0.99)),
        ("en", (0.99, 0.98), (0.99, 0.98)),
        ("held", (0.95, 0.88), (0.82, 0.77)),
    ],
)
def test_precision_and_recall(claims, group, plain_bars, strict_bars):
    for score, (precision, recall) in zip(claims.scores(group), (plain_bars, strict_bars), strict=True):
        assert score.precision >= precision
        assert score.recall >= recall


@pytest.mark.reference
def test_no_claim_fails_that_is_not_false(claims):
    failed = [one.row for one in claims.judged() if one.verdict == "fails"]
    assert [row["sentence"] for row in failed if row["truth"] != "false"] == []
    assert len(failed) >= 18


@pytest.mark.reference
def test_no_false_claim_holds_and_true_ones_mostly_do(claims):
    judged = [one for one in claims.judged() if one.row["verdict"]]
    assert not [
        one.row["sentence"] for one in judged if one.verdict == "holds" and one.row["truth"] == "false"
    ]
    agreed = sum(one.verdict == one.row["verdict"] for one in judged)
    assert agreed >= 0.96 * len(judged)


@pytest.mark.reference
def test_places_are_those_of_the_reference(claims):
    right, wanted = claims.places_right()
    assert right >= 0.98 * wanted


@pytest.mark.reference
def test_pages_carry_the_figures_as_measured(claims):
    for path, text in claims.pages().items():
        assert path.read_text(encoding="utf-8") == text, "run python docs/claims.py"
