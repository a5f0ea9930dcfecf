"""Finance for science and technology: slots by life stage of the firm, leverage and amounts each."""

import numpy as np
import pandas as pd

from innohub.catalog.registers import word_list

NOT_STATED = "not stated"


def leverage(social: float, public: float) -> float:
    """Return private money for each unit of public money; NaN where there is no public money.

    >>> round(leverage(1.1e8, 0.23e8), 4)
    4.7826
    """
    return social / public if public > 0 else float("nan")


def coverage_matrix(finance: pd.DataFrame) -> pd.DataFrame:
    """Return what each slot offers to each life stage of firms.

    Parameters
    ----------
    finance : columns place, slot, stage (one or more, joined by ";").

    Returns
    -------
    Table place, slot, stage, entries, covered. Every place has all slots by all stages; entries without a stage
    stand under "not stated" and cover none.
    """
    stages = [*word_list("life-stage"), NOT_STATED]
    single = finance.assign(stage=finance["stage"].replace("", NOT_STATED).str.split(";")).explode("stage")
    counts = single.groupby(["place", "slot", "stage"]).size()
    places = pd.unique(finance["place"])
    grid = pd.MultiIndex.from_product(
        [places, list(word_list("finance-slot")), stages], names=["place", "slot", "stage"]
    )
    table = counts.reindex(grid, fill_value=0).rename("entries").reset_index()
    return table.assign(covered=table["entries"].gt(0) & table["stage"].ne(NOT_STATED))


def finance_ratios(finance: pd.DataFrame) -> pd.DataFrame:
    """Return leverage and amounts each of the entries of the register of finance.

    Parameters
    ----------
    finance : as read, with money in single units of its currency.

    Returns
    -------
    Table id, place, slot, measure (leverage, amount per fund, amount per firm, projects per fund), value, unit
    (ratio, currency, projects), qualifier ("~" where a number behind it is not exact), above and below (the columns
    divided), only where both numbers are given; value NaN where the lower one is zero.
    """
    ratios = (
        ("leverage", "social", "public", "ratio"),
        ("amount per fund", "amount", "funds", "currency"),
        ("amount per firm", "amount", "firms", "currency"),
        ("projects per fund", "projects", "funds", "projects"),
    )
    rows = []
    for _, entry in finance.iterrows():
        for measure, above, below, unit in ratios:
            if pd.isna(entry[above]) or pd.isna(entry[below]):
                continue
            inexact = any(entry.get(f"{name}_qualifier") for name in (above, below))
            value = leverage(float(entry[above]), float(entry[below]))
            told = entry["currency"] if unit == "currency" else unit
            rows.append(
                (
                    entry["id"],
                    entry["place"],
                    entry["slot"],
                    measure,
                    value,
                    told,
                    "~" if inexact else "",
                    above,
                    below,
                )
            )
    head = ["id", "place", "slot", "measure", "value", "unit", "qualifier", "above", "below"]
    return pd.DataFrame(rows, columns=head).astype({"value": np.float64})
