"""The grammar of method specs: what it takes, and what it says when it does not."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog import parse_spec
from innohub.catalog.methods import FAMILIES, methods
from innohub.errors import ModelError


@pytest.mark.parametrize(
    ("text", "family", "name", "arguments"),
    [
        ("minmax", "normalise", "minmax", {"low": 0.0, "high": 1.0}),
        (" minmax( 0,100 ) ", "normalise", "minmax", {"low": 0.0, "high": 100.0}),
        ("minmax(high=5)", "normalise", "minmax", {"low": 0.0, "high": 5.0}),
        ("natural-breaks", "tiers", "natural_breaks", {}),
        (
            "thresholds(0.3, 0.1, closed = right)",
            "tiers",
            "thresholds",
            {"limits": (0.3, 0.1), "closed": "right"},
        ),
        ("sizes(3, 5, 6)", "tiers", "sizes", {"sizes": (3.0, 5.0, 6.0)}),
        (
            "goalposts(20, 85, clip = false)",
            "normalise",
            "goalposts",
            {"low": 20, "high": 85, "scale": 1, "clip": False, "floor": 0},
        ),
        ("entropy(raw_sum)", "weights", "entropy", {"variant": "raw_sum", "e": 0.01}),
        ("zscore(ddof = 1)", "normalise", "zscore", {"mean": 0.0, "sd": 1.0, "ddof": 1}),
        ("group_mean(EurAsia_group)", "impute", "group_mean", {"group": "EurAsia_group"}),
        ('group_median("收入 组别")', "impute", "group_median", {"group": "收入 组别"}),
        ("knn(5)", "impute", "knn", {"k": 5, "variant": "uniform"}),
        ("linear", "impute", "linear", {}),
        (
            "skew_kurt(skew = 2, kurt = 3.5, winmax = 5, otherwise = log_ct)",
            "treat",
            "skew_kurt",
            {"skew": 2.0, "kurt": 3.5, "winmax": 5, "otherwise": "log_ct"},
        ),
        (
            "category(1, 2, top = 4, variant = value)",
            "normalise",
            "category",
            {"limits": (1.0, 2.0), "top": 4.0, "variant": "value"},
        ),
        (
            "category",
            "normalise",
            "category",
            {"limits": (0.15, 0.25, 0.65, 0.85, 0.95), "top": 100.0, "variant": "share"},
        ),
    ],
)
def test_reads(text, family, name, arguments):
    spec = parse_spec(text, family)
    assert (spec.name, dict(spec.arguments)) == (name, arguments)
    assert parse_spec(str(spec), family) == spec


@pytest.mark.parametrize(
    ("text", "family", "code", "said"),
    [
        ("minmax(0, 100", "normalise", "M101", "cannot read"),
        ("__import__('os')", "normalise", "M101", "cannot read"),
        ("minmx", "normalise", "M102", "minmax"),
        ("entropy", "normalise", "M102", "innohub knows"),
        ("minmax(0, 1, 2)", "normalise", "M103", "2.0"),
        ("bcc(sideways)", "efficiency", "M103", "input, output"),
        ("sbm(orientation = up)", "efficiency", "M103", "none, input, output"),
        ("sbm(1)", "efficiency", "M103", "returns"),
        ("minmax(0, 1/0)", "normalise", "M103", "1/0"),
        ("minmax(low)", "normalise", "M103", "low"),
        ("goalposts", "normalise", "M103", "low"),
        ("minmax(step = 3)", "normalise", "M103", "step"),
        ("entropy(sideways)", "weights", "M103", "limit, raw_sum"),
        ("sizes", "tiers", "M103", "sizes"),
        ("group_mean(3)", "impute", "M103", "group = 3"),
        ("knn(0)", "impute", "M103", "k = 0 (≥ 1)"),
        ("skew_kurt(otherwise = sideways)", "treat", "M103", "log_ct, log"),
        ("ahp(eigenvector, both)", "weights", "M103", "group = both (aij, aip)"),
    ],
)
def test_refuses_and_says_why(text, family, code, said):
    with pytest.raises(ModelError) as caught:
        parse_spec(text, family)
    assert caught.value.findings[0].code == code
    assert said in caught.value.render("en")
    assert caught.value.render("zh")


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(ModelError):
        parse_spec(text, "normalise")


def test_every_method_is_named_noted_and_cited_in_both_languages():
    for family in FAMILIES:
        for method in methods(family).values():
            assert method.citation
            assert all(method.label[language] and method.note[language] for language in ("zh", "en"))
