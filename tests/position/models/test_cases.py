"""Figures that follow from the numbers of cases."""

import numpy as np
import pytest

from innohub.catalog.cases import Case, CaseNumber, DerivedFigure, cases
from innohub.position.models.cases import case_table, compound_growth, derive

LABEL = {"zh": "", "en": ""}


def case(first, second, kind="share"):
    numbers = {name: CaseNumber(name, LABEL, *told, "", "") for name, told in (("a", first), ("b", second))}
    figure = DerivedFigure("x", LABEL, kind, ("a", "b"))
    return Case("c", LABEL, "university-park", ("firm",), LABEL, "p", "s", "1", numbers, (figure,)), figure


@pytest.mark.reference
def test_worked_examples():
    assert 100 * derive(cases()["dji"], cases()["dji"].derived[0]) == pytest.approx(128.03, abs=0.005)
    neutron = cases()["neutron-source"]
    assert 100 * derive(neutron, neutron.derived[0]) == pytest.approx(5.1, abs=0.05)


def test_growth_carries_the_first_number_to_the_last():
    growth = derive(cases()["dji"], cases()["dji"].derived[0])
    assert 3e6 * (1 + growth) ** 11 == pytest.approx(260e8)


@pytest.mark.parametrize(("start", "end", "years"), [(0, 1, 1), (1, 0, 1), (-1, 2, 1), (1, 2, 0), (1, 2, -3)])
def test_growth_that_is_undefined(start, end, years):
    assert np.isnan(compound_growth(start, end, years))


@pytest.mark.parametrize(
    ("first", "second", "kind", "value"),
    [
        ((1, "人", None), (4, "人", None), "share", 0.25),
        ((1, "人", None), (4, "人", None), "split", 0.2),
        ((1, "人", None), (4, "家", None), "share", np.nan),
        ((1, "人", None), (0, "人", None), "share", np.nan),
        ((1, "元", 2010), (4, "元", 2012), "growth", 1.0),
        ((1, "元", None), (4, "元", 2012), "growth", np.nan),
        ((1, "元", 2012), (4, "元", 2012), "growth", np.nan),
    ],
)
def test_derived_figures(first, second, kind, value):
    assert derive(*case(first, second, kind)) == pytest.approx(value, nan_ok=True)


def test_register_is_one_row_a_number_with_subject_way_focus_function_place_year_source():
    table = case_table(cases().values())
    row = table.query("case == 'dji' and item == 'sales-growth'").iloc[0]
    assert (row["derived_from"], row["unit"], row["qualifier"]) == (
        "sales-2010;sales-2021",
        "share / year",
        "",
    )
    assert (row["mode"], row["function"], row["place"]) == (
        "emerging-industry",
        "industrial-transformation",
        "shenzhen",
    )
    about = table.query("item == 'joint-share'").iloc[0]
    assert about["qualifier"] == "~"
    assert table["year"].dropna().unique().tolist() == [2010, 2021]
    assert (
        table[["subject", "way_zh", "way_en", "focus_zh", "focus_en", "function", "source"]]
        .ne("")
        .all(axis=None)
    )
    assert len(table) == sum(len(c.numbers) + len(c.derived) for c in cases().values())
