"""The declared models, modes, cases and hub classes hold together and say what their texts say."""

import csv
import re

import pytest

from innohub.catalog.cases import case_source, cases
from innohub.catalog.hub import corner_name, hub_classes
from innohub.catalog.models import centre_models, model_patterns, model_source, slots
from innohub.catalog.modes import (
    division,
    function_name,
    kind_name,
    kind_of,
    kinds,
    mode_name,
    mode_source,
    modes,
)
from innohub.fonts import FAMILIES, missing_glyphs
from innohub.words import LANGUAGES


def rows(root, name):
    with (root / "tests" / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(text):
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize("name", ["models.toml", "modes.toml", "cases.toml", "hub.toml"])
@pytest.mark.parametrize("family", FAMILIES)
def test_fonts_have_every_character(root, name, family):
    text = (root / "src" / "innohub" / "catalog" / name).read_text(encoding="utf-8")
    assert missing_glyphs(text, family) == set()


@pytest.mark.parametrize("model", centre_models().values(), ids=lambda model: model.name)
def test_every_value_of_a_model_rests_on_its_facts(model):
    assert all(model.stress[slot].value in (0.5, 1.0) for slot in model.stress)
    assert set(model.stress) <= set(slots())
    cited = {fact for stress in model.stress.values() for fact in stress.facts}
    assert all(stress.facts for stress in model.stress.values())
    assert cited <= set(model.facts)
    assert all(stress.borrow[language] for stress in model.stress.values() for language in LANGUAGES)


def test_each_formula_has_three_parts_and_three_slots_at_one():
    for model in centre_models().values():
        assert len(model.formula["zh"].split("+")) == 3
        assert sum(stress.value == 1 for stress in model.stress.values()) == 3


def test_patterns_are_the_stresses():
    models, names, table = model_patterns()
    assert (len(models), len(names)) == (5, 15)
    for model, row in zip(models, table, strict=True):
        for slot, value in zip(names, row, strict=True):
            stress = centre_models()[model].stress.get(slot)
            assert value == (stress.value if stress else 0)
    assert len(set(table)) == 5


def test_every_slot_suggests_the_same_number_of_indicators_in_both_languages():
    for slot in slots().values():
        assert len(slot.suggest["zh"]) == len(slot.suggest["en"]) > 0


@pytest.mark.reference
def test_facts_of_models_stand_in_the_text(root):
    told = {(row["model"], row["fact"]): row["quote"] for row in rows(root, "centre_models.csv")}
    facts = {
        (model.name, key): fact for model in centre_models().values() for key, fact in model.facts.items()
    }
    assert told.keys() == facts.keys()
    for key, fact in facts.items():
        quote = told[key].replace("1/3", str(1 / 3)).replace("四个", "4个")
        wanted = [value for value in (fact.value, fact.high) if value is not None]
        wanted = [100 * value if fact.unit == "share" and value >= 0.5 else value for value in wanted]
        assert set(wanted) <= set(numbers(quote)), key
        if fact.year:
            assert fact.year in numbers(quote)


@pytest.mark.reference
def test_modes_are_those_of_the_table(root):
    printed = {row["mode"]: row for row in rows(root, "practice_modes.csv")}
    assert list(printed) == list(modes())
    for name, mode in modes().items():
        assert f"{mode.label['zh']}模式" == printed[name]["name_zh"]
        assert mode.subject["zh"] == printed[name]["subject_zh"]
        assert function_name(mode.function, "zh") == printed[name]["function_zh"]
        assert mode_name(name, "en") == mode.label["en"]


def test_every_pair_of_kinds_counts_once():
    pairs = {(a, b) for a in kinds() for b in kinds() if a <= b}
    shares = {pair: sum(mode.ties.get(pair, 0) for mode in modes().values()) for pair in pairs}
    assert shares == dict.fromkeys(pairs, 1.0)
    assert {pair for mode in modes().values() for pair in mode.ties} == pairs
    subjects = [kind for mode in modes().values() for kind in mode.subjects]
    assert sorted(subjects) == sorted(kinds())


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_are_known_by_their_names(language):
    for kind in kinds():
        assert kind_of(kind_name(kind, language)) == kind_of(f" {kind.upper()} ") == kind
    assert kind_of("bank") is None


@pytest.mark.reference
def test_numbers_of_cases_are_those_printed(root):
    printed = {(row["case"], row["number"]): row for row in rows(root, "practice_cases.csv")}
    register = {(case.id, key): number for case in cases().values() for key, number in case.numbers.items()}
    assert printed.keys() == register.keys()
    scale = {"万元": 1e4, "亿元": 1e8, "%": 0.01}
    for key, number in register.items():
        row = printed[key]
        assert number.written == row["written"]
        assert number.year == (int(row["year"]) if row["year"] else None)
        factor = next((size for unit, size in scale.items() if number.written.endswith(unit)), 1)
        value = 2 if number.written == "仅有的两家" else numbers(number.written)[0]
        assert number.value == pytest.approx(value * factor)


def test_cases_fit_their_modes_and_sources():
    for case in cases().values():
        assert case.mode in modes()
        assert set(case.subject) <= set(kinds())
        assert set(modes()[case.mode].subjects) <= set(case.subject)
        for figure in case.derived:
            assert set(figure.numbers) <= set(case.numbers)
        assert all(case_source(case.source, language) for language in LANGUAGES)
    assert {case.mode for case in cases().values()} == set(modes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_names(language):
    assert model_source(language)
    assert mode_source(language)
    assert all(part.label[language] for part in division())
    for corner in ("agglomeration", "innovation", "diffusion"):
        assert corner_name(corner, language)
    for label in (entry.label for group in (slots(), centre_models(), modes()) for entry in group.values()):
        assert label[language]


def test_hub_classes_fall_and_the_last_takes_the_rest():
    limits = [(entry.concentration, entry.control) for entry in hub_classes()]
    assert limits == sorted(limits, reverse=True)
    assert limits[-1] == (0, 0)
