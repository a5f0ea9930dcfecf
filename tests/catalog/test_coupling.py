"""Variants of coupling: declared whole, and named with or without their number."""

import pytest

from innohub.catalog.coupling import (
    coupling_measures,
    coupling_variants,
    lag_label,
    obstacle_variants,
    parse_coupling,
)
from innohub.ecosystem.coupling import _FORMULAS
from innohub.errors import ModelError


def test_every_variant_is_told_in_both_languages_and_cited():
    for variant in coupling_variants().values():
        assert variant.title("zh")
        assert variant.title("en")
        assert all(variant.note.values())
        assert variant.citation
        assert variant.formula.startswith("C = ")
        assert variant.systems in ("any", "two")
        assert variant.gathers in ("high", "low", "none")
    for measure in (*coupling_measures().values(), *obstacle_variants().values()):
        assert measure.label["zh"]
        assert measure.label["en"]
        assert measure.formula


def test_the_code_has_the_declared_variants():
    assert set(_FORMULAS) == set(coupling_variants())


@pytest.mark.parametrize(
    ("text", "name", "k"),
    [("classic", "classic", None), (" corrected() ", "corrected", None), ("liao(2)", "liao", 2),
     ("liao( k = .5 )", "liao", 0.5)],
)  # fmt: skip
def test_a_variant_is_named(text, name, k):
    found = parse_coupling(text)
    assert (found.name, found.k) == (name, k)
    assert parse_coupling(str(found)) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [("liao", "M103"), ("liao(0)", "M103"), ("liao(-1)", "M103"), ("liao(two)", "M103"), ("liao(j = 2)", "M103"),
     ("liao(inf)", "M103"), ("liao(nan)", "M103"), ("classic(2)", "M103"), ("classi", "M102"), ("2", "M101"),
     ("liao(1, 2)", "M101")],
)  # fmt: skip
def test_what_cannot_be_read_says_what_is_expected(text, code):
    with pytest.raises(ModelError, match=code) as error:
        parse_coupling(text, key="ecosystem.coupling")
    assert text in error.value.render("zh")
    assert "None" not in error.value.render("en")


def test_an_unknown_variant_offers_the_nearest():
    with pytest.raises(ModelError, match="classic, "):
        parse_coupling("classi")


def test_lag_types_have_names():
    assert lag_label("synchronous", "en") == "in step"
    assert lag_label("lowest", "zh", "资源") == "资源最低"
