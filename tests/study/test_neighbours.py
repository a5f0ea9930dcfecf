"""The column of regions, and the table of neighbours."""

import pytest

from innohub.errors import Finding
from innohub.study.columns import fit
from innohub.study.names import names_of
from innohub.study.neighbours import is_rule, nearest_count, read_neighbours
from innohub.study.places import read_places
from innohub.study.tables import read_table


def table(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path)


@pytest.mark.parametrize("head", ["place,region", "地区,大区", "id,所属大区"])
def test_the_region_stands_beside_the_place(tmp_path, head):
    found: list[Finding] = []
    places = read_places(table(tmp_path, f"{head}\nbj,东部\nxj,\n"), found)
    assert places["place"].tolist() == ["bj", "xj"]
    assert places["region"].tolist() == ["东部", ""]
    assert found == []


def test_a_region_alone_is_the_place(tmp_path):
    """Tables that call their places regions, as many do, are read as before."""
    frame = fit(table(tmp_path, "region,name_zh\nbj,北京\n"), "places", [])
    assert frame["place"].tolist() == ["bj"]
    assert frame["region"].tolist() == [""]


def test_neighbours_are_found_by_name_and_weigh_one(tmp_path):
    places = read_places(table(tmp_path, "place,name_zh\nbj,北京\nhe,河北\ntj,天津\n"), [])
    found: list[Finding] = []
    pairs = read_neighbours(
        table(tmp_path, "地区,相邻地区,权重\n北京,河北,\nhe,tj,0.5\n"),
        names_of(places, "place", "P001"),
        found,
    )
    assert pairs[["place", "other", "weight"]].to_numpy().tolist() == [["bj", "he", 1.0], ["he", "tj", 0.5]]
    assert {finding.level for finding in found} == {"note"}


def test_a_table_without_the_other_place_is_refused(tmp_path):
    found: list[Finding] = []
    places = read_places(table(tmp_path, "place\na\nb\n"), [])
    assert (
        read_neighbours(table(tmp_path, "place,weight\na,1\n"), names_of(places, "place", "P001"), found)
        is None
    )
    assert [(finding.code, finding.column) for finding in found] == [("R011", "other")]


@pytest.mark.parametrize(
    ("text", "count", "rule"),
    [
        ("", None, True),
        ("table", None, True),
        ("nearest(4)", 4, True),
        (" nearest ( 12 ) ", 12, True),
        ("nearest(0)", 0, False),
        ("nearest(-1)", None, False),
        ("nearest(1.5)", None, False),
        ("nearest()", None, False),
        ("tables", None, False),
    ],
)
def test_rules(text, count, rule):
    assert nearest_count(text) == count
    assert is_rule(text) is rule
