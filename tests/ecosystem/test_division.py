"""Division of stages from a table."""

import numpy as np
import pandas as pd
import pytest

from innohub.catalog.modes import division
from innohub.ecosystem.division import divide_stages
from innohub.errors import ScaleError

PARTS = [(part.group, part.stage) for part in division()]
GROUPS = {"hk": "hong-kong-macao", "mo": "hong-kong-macao", "sz": "guangdong", "dg": "guangdong"}
ROWS = [("hk", "incubation", 20.0), ("mo", "incubation", 10.0), ("hk", "industrialisation", 10.0),
        ("sz", "incubation", 20.0), ("dg", "industrialisation", 60.0), ("bj", "incubation", 999.0)]  # fmt: skip


def table(rows):
    return pd.DataFrame(rows, columns=["place", "stage", "amount"])


def test_by_hand():
    found, verdict = divide_stages(table(ROWS), GROUPS, PARTS)
    quotient = found.set_index(["group", "stage"])["quotient"]
    assert quotient.to_dict() == pytest.approx({
        ("hong-kong-macao", "incubation"): 1.8, ("hong-kong-macao", "industrialisation"): 0.4286,
        ("guangdong", "incubation"): 0.6, ("guangdong", "industrialisation"): 1.2857,
    }, abs=1e-4)  # fmt: skip
    assert verdict == "holds"
    assert found["stated"].tolist() == [True, False, False, True]
    assert divide_stages(table(ROWS), GROUPS, [PARTS[0], ("guangdong", "incubation")])[1] == "does not hold"


def test_gaps_missing_and_negative():
    rows = [("hk", "incubation", 5.0), ("sz", "industrialisation", 5.0)]
    found, verdict = divide_stages(table(rows), GROUPS, PARTS)
    assert verdict == "holds" and found["amount"].tolist() == [5, 0, 0, 5]
    missing = divide_stages(table([*rows, ("mo", "incubation", np.nan)]), GROUPS, PARTS)
    assert missing[1] == "no data" and missing[0]["quotient"].isna().all()
    assert divide_stages(table(rows[:1]), GROUPS, PARTS)[1] == "does not hold"
    with pytest.raises(ScaleError):
        divide_stages(table([("hk", "incubation", -1.0)]), GROUPS, PARTS)
