"""Classes as a source lists them: the 21 cities of the founding text, and names that do not exist."""

import csv
from pathlib import Path

import pytest

from innohub.catalog.scheme import scheme
from innohub.errors import ModelError
from innohub.position.classes.cited import place_as_cited

REFERENCE = Path(__file__).parents[2] / "reference"


@pytest.mark.reference
def test_the_21_cities_of_the_founding_text():
    with (REFERENCE / "innovation_cities_classes.csv").open(encoding="utf-8", newline="") as file:
        cited = {row["place"]: row["class"] for row in csv.DictReader(file)}
    found = place_as_cited(cited, scheme("2thinknow-5")).set_index("place")
    assert len(found) == 21
    assert found.loc["guangzhou", ["class_zh", "next_class"]].tolist() == ["节点城市", "hub"]
    assert found.loc["shenzhen", "class_zh"] == "枢纽城市"
    assert found["class"].value_counts().to_dict() == {
        "nexus": 8, "hub": 4, "node": 3, "influencer": 3, "upstart": 3,
    }  # fmt: skip
    assert found["value"].isna().all()
    assert "2thinknow" in found.loc["guangzhou", "rule_en"]


def test_a_class_that_the_scheme_does_not_have_is_refused():
    with pytest.raises(ModelError) as error:
        place_as_cited({"a": "influencer", "b": "node", "c": "Node"}, scheme("2thinknow-4"))
    assert [f.params["name"] for f in error.value.findings] == ["a", "c"]
