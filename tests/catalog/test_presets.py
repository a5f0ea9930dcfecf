"""The published indices of the catalogue: every file whole, honest about what is unknown."""

import tomllib
from importlib.resources import files

import pytest

from innohub.catalog.presets import NEEDS, preset, preset_names, read_preset
from innohub.errors import ModelError
from innohub.study.index_section import IndexSection

ASKED = {
    "hdi", "egdi", "sdg", "mpi", "ampi", "arwu", "gii", "gihi", "gstici", "eis", "ris", "china-regional",
    "innovative-cities",
}  # fmt: skip


def _declared(name):
    text = files("innohub.catalog").joinpath("presets", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_the_presets_asked_for_are_there():
    assert set(preset_names()) == ASKED
    assert {name for name in ASKED if preset(name).status == "verified"} == {"hdi", "egdi"}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_preset_is_whole(name):
    one = preset(name)
    assert one.id == name
    for told in (one.label, one.edition, one.unknown):
        assert told["zh"]
        assert told["en"]
    assert one.source
    assert set(one.needs) <= set(NEEDS)
    # Its settings are keys of study.toml, and what it does not know it does not lay down.
    IndexSection.model_validate(dict(one.settings))
    assert not set(one.needs) & set(one.settings)
    assert bool(one.indicators) == ("framework" not in one.needs)
    nodes = {row["node"] for row in one.nodes}
    assert all(row["parent"] in nodes or not row["parent"] for row in one.nodes)
    if one.indicators:
        assert {row["indicator"] for row in one.nodes} - {""} == {row["indicator"] for row in one.indicators}
        assert all(row["direction"] in {"1", "-1"} and row["unit"] for row in one.indicators)


def test_an_unknown_preset_names_the_nearest():
    with pytest.raises(ModelError) as problem:
        preset("hdl")
    (finding,) = problem.value.findings
    assert finding.code == "C190"
    assert "hdi" in finding.render("en")
    assert "hdi" in finding.render("zh")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"source": ""}, "source"),
        ({"unknown_zh": ""}, "unknown_zh"),
        ({"verified_en": ""}, "verified_en"),
        ({"status": "sure"}, "status"),
        ({"needs": ["luck"]}, "needs"),
    ],
)
def test_a_preset_file_that_hides_something_is_refused(change, key):
    with pytest.raises(ModelError) as problem:
        read_preset({**_declared("hdi"), **change}, file="hdi.toml")
    assert ("C191", key) in {(finding.code, finding.column) for finding in problem.value.findings}


def test_a_leaf_without_its_indicator_is_refused():
    declared = _declared("hdi")
    declared["indicator"] = declared["indicator"][:-1]
    with pytest.raises(ModelError) as problem:
        read_preset(declared, file="hdi.toml")
    assert problem.value.findings[0].column == "income"
