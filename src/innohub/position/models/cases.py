"""What follows from the numbers of a case, and the case register as a table."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from innohub.catalog.cases import Case, DerivedFigure
from innohub.catalog.modes import modes

_HEAD = (
    "case", "mode", "subject", "way_zh", "way_en", "focus_zh", "focus_en", "function", "place", "name_zh", "name_en",
    "item", "item_zh", "item_en", "value", "unit", "year", "qualifier", "written", "derived_from", "source", "section",
)  # fmt: skip


def compound_growth(start: float, end: float, years: float) -> float:
    """Return growth a year; NaN where a value is not above zero or no time passes.

    >>> round(100 * compound_growth(3e6, 260e8, 11), 2)
    128.03
    """
    if not (start > 0 and end > 0 and years > 0):
        return float("nan")
    return float((end / start) ** (1 / years) - 1)


def derive(case: Case, figure: DerivedFigure) -> float:
    """Compute a derived figure from the numbers of its case; NaN where it is undefined.

    >>> from innohub.catalog.cases import cases
    >>> neutron = cases()["neutron-source"]
    >>> round(derive(neutron, neutron.derived[0]), 4)
    0.0511
    """
    first, second = (case.numbers[name] for name in figure.numbers)
    if first.unit != second.unit:
        return float("nan")
    if figure.kind == "growth":
        known = first.year is not None and second.year is not None
        years = (second.year or 0) - (first.year or 0)
        return compound_growth(first.value, second.value, years) if known else float("nan")
    whole = second.value + (first.value if figure.kind == "split" else 0.0)
    return first.value / whole if whole > 0 else float("nan")


def derived_qualifier(case: Case, figure: DerivedFigure) -> str:
    """Return "~" where a number behind a derived figure is not exact, else nothing."""
    return "~" if any(case.numbers[name].qualifier for name in figure.numbers) else ""


def case_table(register: Iterable[Case]) -> pd.DataFrame:
    """Lay a case register out: one row a number, printed or derived."""
    rows = []
    for case in register:
        mode = modes()[case.mode]
        about = (
            case.id, case.mode, ";".join(case.subject), case.way["zh"], case.way["en"], mode.focus["zh"],
            mode.focus["en"], mode.function, case.place, case.label["zh"], case.label["en"],
        )  # fmt: skip
        for number in case.numbers.values():
            told = (number.value, number.unit, number.year, number.qualifier, number.written, "")
            rows.append(
                (*about, number.id, number.label["zh"], number.label["en"], *told, case.source, case.section)
            )
        for figure in case.derived:
            years = {case.numbers[name].year for name in figure.numbers}
            unit = "share / year" if figure.kind == "growth" else "share"
            year = years.pop() if len(years) == 1 else None
            told = (
                derive(case, figure),
                unit,
                year,
                derived_qualifier(case, figure),
                "",
                ";".join(figure.numbers),
            )
            rows.append(
                (*about, figure.id, figure.label["zh"], figure.label["en"], *told, case.source, case.section)
            )
    table = pd.DataFrame(rows, columns=list(_HEAD))
    return table.assign(year=table["year"].astype("Int64"), value=table["value"].astype(np.float64))
