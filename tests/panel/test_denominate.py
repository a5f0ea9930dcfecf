"""Dividing by a measure of size."""

import csv
from pathlib import Path

import numpy as np
import pytest

from innohub.errors import PanelError
from innohub.panel import Division, denominate

X = np.array([[6.0, 1.0], [2.0, 5.0], [np.nan, 7.0]])
PEOPLE = {"people": np.array([2.0, 4.0, 0.0])}


def test_factor_and_untouched_columns():
    done = denominate(X, ["papers", "share"], PEOPLE, {"papers": Division("people", 1000)})
    np.testing.assert_allclose(done.values, [[3000, 1], [500, 5], [np.nan, 7]])
    assert done.divisions["papers"].factor == 1000
    assert X[0, 0] == 6


def test_zero_and_missing_denominators_are_named_all_at_once():
    people = {"people": np.array([0.0, np.nan, 0.0])}
    with pytest.raises(PanelError) as caught:
        denominate(X, ["papers", "share"], people, {"papers": Division("people")}, rows=["甲", "乙", "丙"])
    assert [(f.code, f.params["place"], f.value) for f in caught.value.findings] == [
        ("P123", "甲", "0"),
        ("P123", "乙", "–"),
    ]
    assert "甲" in caught.value.render("zh")


def test_unknown_names():
    with pytest.raises(PanelError) as caught:
        denominate(X, ["papers", "share"], PEOPLE, {"patents": Division("area")})
    assert [finding.value for finding in caught.value.findings] == ["patents", "area"]


def test_two_areas_in_one_quotient_warn():
    areas = {"papers": "city proper", "people": "prefecture"}
    done = denominate(X, ["papers", "share"], PEOPLE, {"papers": Division("people")}, boundaries=areas)
    assert [(f.code, f.level) for f in done.findings] == [("P129", "warning")]
    assert "prefecture" in done.findings[0].render("en")


@pytest.mark.reference
def test_asem_against_plain_division(root: Path):
    with (root / "tests/reference/asem/ASEM_iMeta.csv").open(encoding="utf-8", newline="") as file:
        meta = [row for row in csv.DictReader(file) if row["Type"] == "Indicator"]
    with (root / "tests/reference/asem/ASEM_iData.csv").open(encoding="utf-8", newline="") as file:
        data = list(csv.DictReader(file))
    codes = [row["iCode"] for row in meta]
    x = np.array([[float(row[code] or "nan") for code in codes] for row in data])
    divisions = {row["iCode"]: Division(row["Denominator"]) for row in meta if row["Denominator"]}
    below = {
        d.denominator: np.array([float(row[d.denominator] or "nan") for row in data])
        for d in divisions.values()
    }
    # One country has no figure for energy; its quotients are the complaint, the rest divides.
    known = ~np.isnan(below["Energy"])
    with pytest.raises(PanelError) as caught:
        denominate(x, codes, below, divisions, rows=[row["uCode"] for row in data])
    assert {finding.params["denominator"] for finding in caught.value.findings} == {"Energy"}
    done = denominate(x[known], codes, {name: values[known] for name, values in below.items()}, divisions)
    for i, row in enumerate(row for row, here in zip(data, known, strict=True) if here):
        for j, code in enumerate(codes):
            if row[code]:
                by = float(row[divisions[code].denominator]) if code in divisions else 1.0
                assert done.values[i, j] == pytest.approx(float(row[code]) / by, rel=1e-14)
