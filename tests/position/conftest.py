"""The facts that the text on Guangzhou prints, and the comparisons it draws from them."""

from pathlib import Path

import pandas as pd
import pytest

from innohub.position.function.relation import read_values


def _in_dollars(table: pd.DataFrame) -> pd.Series:
    """Output and productivity are told in two currencies: those in dollars are indicators of their own."""
    return table["indicator"] + table["unit"].str.contains("USD").map({True: "_usd", False: ""})


@pytest.fixture(scope="session")
def facts(root: Path) -> pd.DataFrame:
    table = pd.read_csv(
        root / "tests" / "reference" / "guangzhou_facts.csv",
        dtype={"since": "Int64", "year": "Int64"},
        keep_default_na=False,
        na_values={"since": "", "year": ""},
    )
    table["row"] = range(2, len(table) + 2)
    table["file"] = "facts.csv"
    table = table[table["unit"] != "class"].astype({"value": float})
    return table.assign(indicator=_in_dollars(table))


@pytest.fixture(scope="session")
def printed(root: Path) -> pd.DataFrame:
    table = pd.read_csv(root / "tests" / "reference" / "guangzhou_relations.csv")
    return table.assign(indicator=_in_dollars(table))


@pytest.fixture(scope="session")
def values(facts: pd.DataFrame):
    return read_values(facts)


@pytest.fixture(scope="session")
def peers(printed: pd.DataFrame) -> pd.DataFrame:
    """The places that the text compares Guangzhou with, abroad and at home."""
    names = [
        name for name in printed.query("place == 'guangzhou'")["peer"].unique() if "threshold" not in name
    ]
    home = {"beijing", "shanghai", "shenzhen"}
    scope = ["national" if name in home else "international" for name in names]
    return pd.DataFrame({"set": "text", "scope": scope, "place": names})


@pytest.fixture(scope="session")
def functions() -> pd.DataFrame:
    rows = [
        ("talent", "population_15_64", 1.0),
        ("talent", "tertiary_educated_population", 1.0),
        ("knowledge", "sci_papers", 1.0),
        ("information", "fixed_broadband_subscriptions", 1.0),
        ("technology", "rd_intensity", 1.0),
        ("technology", "labour_productivity", 1.0),
        ("product-diffusion", "new_limited_companies", 1.0),
        ("service-diffusion", "advertising_revenue", 1.0),
    ]
    return pd.DataFrame(rows, columns=["function", "indicator", "weight"])
