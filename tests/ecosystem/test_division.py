"""Division of stages: location quotients, tests of a stated division, errors of amounts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.modes import division
from innohub.ecosystem.division import divide_stages, stage_quotients
from innohub.errors import ScaleError

PARTS = [(part.group, part.stage) for part in division()]
GROUPS = {"hk": "hong-kong-macao", "mo": "hong-kong-macao", "sz": "guangdong", "dg": "guangdong"}
ROWS = [("hk", "incubation", 20.0), ("mo", "incubation", 10.0), ("hk", "industrialisation", 10.0),
        ("sz", "incubation", 20.0), ("dg", "industrialisation", 60.0), ("bj", "incubation", 999.0)]  # fmt: skip
STAGES = ("research", "incubation", "industrialisation")


def table(rows):
    return pd.DataFrame(rows, columns=["place", "stage", "amount"])


def matrix(values):
    places = ("hk", "sz")
    return table([(p, s, values[r][c]) for r, p in enumerate(places) for c, s in enumerate(STAGES)])


def test_by_hand():
    found = divide_stages(table(ROWS), GROUPS, PARTS)
    quotient = found.table.set_index(["group", "stage"])["quotient"]
    assert quotient.to_dict() == pytest.approx({
        ("hong-kong-macao", "incubation"): 1.8, ("hong-kong-macao", "industrialisation"): 0.4286,
        ("guangdong", "incubation"): 0.6, ("guangdong", "industrialisation"): 1.2857,
    }, abs=1e-4)  # fmt: skip
    assert found.verdict == "holds" and found.tests["holds"].tolist() == [True, True]
    assert found.table["stated"].tolist() == [True, False, False, True]
    other = divide_stages(table(ROWS), GROUPS, [PARTS[0], ("guangdong", "incubation")])
    assert other.verdict == "does not hold" and other.tests["holds"].tolist() == [True, False]


@given(st.integers(0, 1000), st.floats(0.001, 1000))
def test_mean_of_quotients_by_stage_shares_is_one_and_units_do_not_matter(seed, factor):
    x = np.random.default_rng(seed).uniform(0.1, 5, (3, 4))
    found = stage_quotients(x)
    assert (found * x.sum(axis=0) / x.sum()).sum(axis=1) == pytest.approx(np.ones(3))
    assert stage_quotients(x * factor) == pytest.approx(found)
    assert stage_quotients(np.stack([x, x * 2]))[1] == pytest.approx(found)


@pytest.mark.parametrize(
    ("amounts", "verdict"),
    [
        ([[10, 30, 5], [10, 20, 90]], "holds"),
        ([[10, 5, 30], [10, 90, 20]], "does not hold"),
        ([[10, 20, 30], [10, 20, 30]], "does not hold"),
        ([[10, np.nan, 30], [10, 20, 30]], "no data"),
        ([[0, 0, 0], [10, 20, 30]], "does not hold"),
    ],
)
def test_hatched_here_and_industrialised_there(amounts, verdict):
    found = divide_stages(matrix(amounts), GROUPS, PARTS)
    assert found.verdict == verdict
    assert list(zip(found.tests["group"], found.tests["stage"], strict=True)) == PARTS


def test_gaps_missing_and_negative():
    rows = [("hk", "incubation", 5.0), ("sz", "industrialisation", 5.0)]
    found = divide_stages(table(rows), GROUPS, PARTS)
    assert found.verdict == "holds" and found.table["amount"].tolist() == [5, 0, 0, 5]
    missing = divide_stages(table([*rows, ("mo", "incubation", np.nan)]), GROUPS, PARTS)
    assert missing.verdict == "no data" and missing.table["quotient"].isna().all()
    lacking = divide_stages(table(rows[:1]), GROUPS, PARTS)
    assert lacking.verdict == "does not hold" and lacking.tests["holds"].tolist() == [False, None]
    with pytest.raises(ScaleError):
        divide_stages(table([("hk", "incubation", -1.0)]), GROUPS, PARTS)
    nobody = divide_stages(table(ROWS), {}, PARTS, 10, np.random.default_rng(1))
    assert nobody.verdict == "no data" and nobody.table.empty


@pytest.mark.parametrize("value", [-1.0, np.inf])
def test_an_impossible_amount_is_refused(value):
    with pytest.raises(ScaleError, match="N159"):
        stage_quotients(np.array([[1.0, value]]))


def test_errors_of_amounts_against_a_loop():
    frame = table(ROWS).assign(spread=[0.3, 0.2, 0.3, 0.1, 0.2, 0.3])
    found = divide_stages(frame, GROUPS, PARTS, 4000, np.random.default_rng(2), level=0.8)
    rng = np.random.default_rng(5)
    drawn = []
    for _ in range(1500):
        moved = frame.assign(amount=frame["amount"] * (1 + frame["spread"] * rng.standard_normal(6)))
        drawn.append(
            divide_stages(moved.assign(amount=moved["amount"].clip(lower=0)), GROUPS, PARTS).table["quotient"]
        )
    low, high = np.quantile(drawn, [0.1, 0.9], axis=0)
    assert found.table["quotient_low"].to_numpy() == pytest.approx(low, abs=0.03)
    assert found.table["quotient_high"].to_numpy() == pytest.approx(high, abs=0.03)
    assert found.tests["probability"].to_numpy() == pytest.approx(
        (np.array(drawn)[:, [0, 3]] > 1).mean(axis=0), abs=0.02
    )
    still = divide_stages(table(ROWS), GROUPS, PARTS, 50, np.random.default_rng(2))
    assert still.tests["probability"].tolist() == [1, 1]
    assert still.table["quotient_low"].tolist() == pytest.approx(still.table["quotient"].tolist())
