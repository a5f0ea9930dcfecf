"""Class schemes: every file is whole, intervals neither overlap nor leave gaps, limits have a side or none."""

import csv
from pathlib import Path

import pytest

from innohub.catalog.scheme import KINDS, STATUSES, give_limits, read_scheme, scheme, scheme_names
from innohub.errors import ModelError

REFERENCE = Path(__file__).parents[1] / "reference"
NAMES = {
    "2thinknow-5", "2thinknow-4", "wired-2000", "gawc-12", "eis-4", "sd-3", "ccd-10", "c-4", "ccd-4", "ccd-5",
    "tiers-003", "tiers-scope",
}  # fmt: skip


def declared(*classes, **more):
    head = {
        "scheme": "own", "kind": "limits", "zh": "自定", "en": "Own", "edition": 2020, "status": "read",
        "source": "a paper", "unknown_zh": "无", "unknown_en": "nothing", "domain": [0, 1],
    }  # fmt: skip
    keys = ("id", "low", "high", "closed_below", "closed_above")
    grades = [dict(zip(keys, one, strict=False)) for one in classes]
    named = [{key: x for key, x in grade.items() if x is not None} for grade in grades]
    return {**head, "class": [{"zh": "类", "en": "Class", **grade} for grade in named], **more}


def codes(error):
    return [finding.code for finding in error.value.findings]


def test_the_catalogue_has_these_schemes():
    assert set(scheme_names()) >= NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_scheme_tells_source_edition_status_and_what_is_unknown(name):
    found = scheme(name)
    assert found.id == name
    assert found.kind in KINDS
    assert found.status in STATUSES
    assert all((found.source, found.edition, *found.label.values(), *found.unknown.values()))
    assert all(grade.title("zh") and grade.title("en") for grade in found.grades)
    assert len({grade.id for grade in found.grades}) == len(found.grades)


def test_sides_of_limits():
    assert set(scheme("ccd-10").sides) == {"right"}
    assert set(scheme("ccd-4").sides) == {"left"}
    assert scheme("eis-4").sides == ("right", "", "left")
    assert scheme("ccd-5").sides == ("", "", "", "right")


def test_the_founding_texts_name_only_classes_of_the_scheme():
    with (REFERENCE / "innovation_cities_classes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 21
    assert {row["class"] for row in rows} == {grade.id for grade in scheme("2thinknow-5").grades}
    assert "influencer" not in {grade.id for grade in scheme("2thinknow-4").grades}


def test_wired_has_four_criteria_and_46_places():
    assert scheme("wired-2000").parameters["places"] == 46
    assert len(scheme("wired-2000").parameters["criteria"]) == 4
    assert scheme("wired-2000").domain == (4, 16)


@pytest.mark.parametrize(
    ("classes", "code"),
    [
        ([("b", 0.6, 1.0), ("a", 0.0, 0.5)], "N160"),
        ([("b", 0.5, 1.0, False), ("a", 0.0, 0.5, None, False)], "N160"),
        ([("b", 0.5, 0.9), ("a", 0.0, 0.5)], "N160"),
        ([("b", 0.5, 1.0), ("a", 0.1, 0.5)], "N160"),
        ([("b", 0.4, 1.0), ("a", 0.0, 0.5)], "N161"),
        ([("b", 0.5, 1.0, True), ("a", 0.0, 0.5, None, True)], "N161"),
        ([("c", 0.7, 1.0), ("b", 0.7, 0.5), ("a", 0.0, 0.7)], "N161"),
    ],
)
def test_gaps_and_overlaps_are_refused(classes, code):
    with pytest.raises(ModelError) as error:
        read_scheme(declared(*classes), file="own.toml")
    assert code in codes(error)
    assert "own" in error.value.render("en")
    assert "own" in error.value.render("zh")


def test_all_gaps_are_told_at_once():
    with pytest.raises(ModelError) as error:
        read_scheme(declared(("c", 0.8, 1.0), ("b", 0.5, 0.7), ("a", 0.0, 0.4)), file="own.toml")
    assert codes(error) == ["N160", "N160"]


@pytest.mark.parametrize("key", ["source", "edition", "unknown_zh", "class"])
def test_a_missing_key_is_named(key):
    whole = declared(("b", 0.5, 1.0), ("a", 0.0, 0.5))
    with pytest.raises(ModelError) as error:
        read_scheme({name: x for name, x in whole.items() if name != key}, file="own.toml")
    assert [(f.code, f.column) for f in error.value.findings] == [("N167", key)]


def test_a_wrong_word_is_refused():
    with pytest.raises(ModelError) as error:
        read_scheme(declared(("b", 0.5, 1.0), ("a", 0.0, 0.5), closed="both", status="sure"), file="own.toml")
    assert codes(error) == ["N167", "N167"]


def test_an_unknown_scheme_gets_near_names():
    with pytest.raises(ModelError) as error:
        scheme("ccd10")
    assert codes(error) == ["N166"]
    assert "ccd-10" in error.value.render("en")


@pytest.mark.parametrize("limits", [(3, 2), (3, 2, 2, *range(1, -8, -1)), tuple(range(11))])
def test_limits_of_ones_own_must_fit(limits):
    with pytest.raises(ModelError) as error:
        give_limits(scheme("gawc-12"), limits, "left")
    assert codes(error) == ["N165"]


def test_limits_of_ones_own_need_a_closed_end():
    with pytest.raises(ModelError) as error:
        give_limits(scheme("gawc-12"), tuple(range(11, 0, -1)), "")
    assert codes(error) == ["N167"]
