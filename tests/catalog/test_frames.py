"""Checklists, frames of functions and local types: whole in both languages, of the sizes of the founding texts."""

import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from innohub.catalog.checklists import checklists
from innohub.catalog.hierarchies import hierarchies
from innohub.catalog.local_types import local_types
from innohub.catalog.scheme import scheme_names
from innohub.fonts import FAMILIES, missing_glyphs
from innohub.position.classes.checklist import RELATIONS


def test_checklists_have_the_marks_of_the_text():
    lists = checklists()
    assert list(lists) == ["international", "national", "regional", "local"]
    assert [mark.id for mark in lists["international"].marks] == [
        "origin",
        "source",
        "agglomeration",
        "progress",
    ]
    assert lists["regional"].marks == lists["national"].marks
    assert [lists[tier].passage for tier in lists] == ["003-04", "003-05", "003-05", "003-06"]
    for checklist in lists.values():
        for mark in checklist.marks:
            assert mark.relation in RELATIONS
            assert all((*mark.label.values(), *mark.measure.values()))


def test_frames_have_the_slots_of_the_texts():
    sizes = {frame.passage: len(frame.slots) for frame in hierarchies().values()}
    assert sizes == {
        "001-08": 4, "004-01": 4, "003-13": 8, "004-03": 4, "002-01": 5, "003-10": 7, "003-11": 4, "003-12": 4,
    }  # fmt: skip
    for frame in hierarchies().values():
        assert all(frame.label.values())
        assert all(label["zh"] and label["en"] for label in frame.slots.values())


def test_local_types_have_the_bars_of_the_handbook():
    bars = {name: [(t.measure, t.against, t.bar) for t in kind.tests] for name, kind in local_types().items()}
    assert [bar for _, _, bar in bars["receiver"]] == [1, 1, 1, 1]
    assert bars["cluster"][2] == ("niche_lq", "number", 1.5)
    assert bars["liveable"] == [("liveability", "quantile", 0.75), ("growth", "quantile", 0.5)]
    assert all(test.relation in RELATIONS for kind in local_types().values() for test in kind.tests)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_fonts_carry_every_name_of_the_declared_world(family):
    names = (
        "rules",
        "checklists",
        "hierarchies",
        "local_types",
        *(f"schemes/{name}" for name in scheme_names()),
    )
    folder = files("innohub.catalog")
    text = "".join(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in names)
    assert missing_glyphs(text, family) == set()


def test_rules_are_told_in_both_languages_with_the_same_values():
    folder = files("innohub.catalog")
    rules = tomllib.loads(folder.joinpath("rules.toml").read_text(encoding="utf-8"))
    for name, texts in rules.items():
        fields = [
            {field for _, field, _, _ in Formatter().parse(texts[lang]) if field} for lang in ("zh", "en")
        ]
        assert fields[0] == fields[1], name
