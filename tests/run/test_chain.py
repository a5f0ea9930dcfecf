"""The chain behind a score, down to file and row."""

import csv

import pytest

from innohub.errors import ModelError, PlaceError


@pytest.mark.parametrize("name", ["陕西", "shaanxi", "Shaanxi", "SHAANXI"])
def test_a_place_by_any_of_its_names(flagship_run, name):
    assert flagship_run.trace(name, "centre").value == pytest.approx(0.115, abs=6e-4)


def test_children_make_up_the_score(flagship_run):
    def check(link):
        if link.kind in ("score", "node"):
            total = sum(child.weight * child.value for child in link.children)
            assert total == pytest.approx(link.value, rel=1e-12)
            for child in link.children:
                check(child)

    check(flagship_run.trace("jingjinji", "centre"))


def test_raw_values_stand_in_the_file_where_the_chain_says(flagship_run, flagship_folder):
    rows = list(csv.reader((flagship_folder / "panel.csv").read_text(encoding="utf-8-sig").splitlines()))
    raw = [link for _, link in flagship_run.trace("fujian", "centre").walk() if link.kind == "raw"]
    assert len(raw) == 10
    for link in raw:
        cell = rows[link.row - 1][rows[0].index(link.column)]
        assert cell == link.cell
        assert float(cell) == link.value
        assert "10.16418/j.issn.1000-3045.20220925002" in link.source


def test_flags_travel_with_the_value(flagship_run):
    chain = flagship_run.trace("fujian", "centre", "pct_applications_share_pct")
    assert chain.children[0].flag == "substituted"
    assert "替代值" in chain.render("zh")
    assert "substitute value" in chain.render("en")
    assert "January" in chain.render("en")


def test_json_has_the_same_numbers(flagship_run):
    data = flagship_run.trace("hubei").to_json()
    assert data["kind"] == "score"
    assert len(data["children"]) == 4


def test_unknown_names_offer_the_nearest(flagship_run):
    with pytest.raises(PlaceError, match="陕西"):
        flagship_run.trace("陕西省")
    with pytest.raises(ModelError, match="centre"):
        flagship_run.trace("hubei", "center")
    with pytest.raises(ModelError, match="knowledge"):
        flagship_run.trace("hubei", "centre", "knowledgeable")


def test_a_place_left_out_says_why(flagship_run):
    with pytest.raises(PlaceError, match="overlaps another place"):
        flagship_run.trace("beijing")
