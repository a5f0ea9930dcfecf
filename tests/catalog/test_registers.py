"""The declared registers hold together."""

import tomllib
from importlib.resources import files

import pytest

from innohub.catalog.hierarchies import hierarchies
from innohub.catalog.registers import chain_name, pillars, read_word, registers, slots, word_list

TYPES = {"text", "list", "number", "integer", "share", "year", "date"}
DECLARED = tomllib.loads(files("innohub.catalog").joinpath("registers.toml").read_text(encoding="utf-8"))


def test_all_registers_are_there():
    assert list(registers()) == [
        "platforms", "policies", "transfer", "finance", "talent", "chains", "firsts", "ranks", "strategies",
        "fronts", "firms", "cases", "barriers",
    ]  # fmt: skip


@pytest.mark.parametrize("name", registers())
def test_columns_are_whole(name):
    register = registers()[name]
    for column in register.columns.values():
        assert column.type in TYPES
        assert column.label["zh"] and column.label["en"]
        assert not column.refers or column.refers in register.columns
        assert not column.one_of or column.allowed
    assert {"id", "place"} <= {column.name for column in register.columns.values() if column.required}
    assert "source" in register.columns
    if register.money:
        assert {"currency", "year", *register.money} <= set(register.columns)
    for language in ("zh", "en"):
        names = [column.label[language] for column in register.columns.values()]
        assert len(names) == len(set(names)), language


@pytest.mark.parametrize("name", DECLARED["words"])
def test_each_word_is_read_in_every_way_it_is_written(name):
    for word, told in DECLARED["words"][name].items():
        for text in (word, told["zh"], told["en"].upper(), *told.get("also", ())):
            assert read_word(name, f" {text} ") == word, text
    assert read_word(name, "nowhere declared") is None
    assert list(word_list(name)) == list(DECLARED["words"][name])


def test_what_a_rank_and_a_first_need():
    needed = {c.name for c in registers()["ranks"].columns.values() if c.required}
    assert {"edition", "boundary", "rank", "index"} <= needed
    assert registers()["firsts"].columns["scope"].required


def test_pillars_are_those_of_the_frame_and_name_known_registers():
    frame = hierarchies()["five-pillars"].slots
    assert {name: pillar.label for name, pillar in pillars().items()} == frame
    for pillar in pillars().values():
        assert set(pillar.registers) <= set(registers())
        assert list(pillar.measures) == list(slots())


def test_chains_have_names():
    assert [chain_name(chain, "zh") for chain in ("industry", "innovation", "capital", "talent")] == [
        "产业链", "创新链", "资金链", "人才链",
    ]  # fmt: skip
