"""Checklists: each mark a value, a bar and a verdict; missing is never a no."""

import numpy as np
import pandas as pd
import pytest

from innohub.catalog.checklists import checklists
from innohub.errors import ModelError
from innohub.position.classes.checklist import COLUMNS, check_marks, count_marks, join_verdicts, verdict_of

INTERNATIONAL, LOCAL = checklists()["international"], checklists()["local"]


def values(*rows):
    return pd.DataFrame(rows, columns=["place", "mark", "value"])


@pytest.mark.parametrize(
    ("relation", "below", "on", "over"),
    [
        (">=", "no", "yes", "yes"), (">", "no", "no", "yes"), ("<=", "yes", "yes", "no"), ("<", "yes", "no", "no"),
    ],
)  # fmt: skip
def test_both_sides_of_a_bar(relation, below, on, over):
    assert [verdict_of(x, relation, 0.5) for x in (0.499, 0.5, 0.501)] == [below, on, over]


def test_every_mark_has_a_verdict():
    found = check_marks(
        values(("a", "origin", 0.5), ("a", "source", 0.4), ("a", "progress", np.nan)),
        INTERNATIONAL,
        places=["a"],
    )
    assert list(found.columns) == list(COLUMNS)
    assert found["verdict"].tolist() == ["yes", "no", "no data", "no data"]
    assert found["zh"][2] == "全球科技资源的集聚地"
    assert set(found["passage"]) == {"003-04"}


def test_a_place_without_any_value_has_no_data():
    found = check_marks(values(("a", "origin", 0.5)), INTERNATIONAL, places=["a", "b"])
    counted = count_marks(found).set_index("place")
    assert counted.loc["b", ["marks", "yes", "no", "no_data", "met"]].tolist() == [4, 0, 0, 4, "no data"]
    assert counted.loc["a", "met"] == "no data"


def test_a_local_centre_needs_its_cluster_and_one_tie():
    rows = [("a", "cluster", 1.2), ("a", "tie", 1), ("b", "cluster", 1.0), ("b", "tie", 3)]
    counted = count_marks(check_marks(values(*rows), LOCAL, places=["a", "b"]))
    assert counted["met"].tolist() == ["yes", "no"]


def test_a_study_brings_its_own_bars_and_several_indicators():
    given = pd.DataFrame(
        [("a", "origin", "papers", 0.6), ("a", "origin", "prizes", 2.0)],
        columns=["place", "mark", "indicator", "value"],
    )
    tests = pd.DataFrame(
        [("origin", ">=", 0.6, None), ("origin", "<=", 1.0, "prizes")],
        columns=["mark", "relation", "bar", "indicator"],
    )
    found = check_marks(given, INTERNATIONAL, places=["a"], tests=tests)
    origin = found[found["mark"] == "origin"]
    assert origin["verdict"].tolist() == ["yes", "no"]
    assert count_marks(found).loc[0, ["yes", "no", "no_data"]].tolist() == [0, 1, 3]


def test_unknown_marks_and_relations_are_named_at_once():
    tests = pd.DataFrame([("beginning", "=", 1.0)], columns=["mark", "relation", "bar"])
    with pytest.raises(ModelError) as error:
        check_marks(values(("a", "nothing", 1.0)), INTERNATIONAL, places=["a"], tests=tests)
    assert [f.code for f in error.value.findings] == ["N171"] * 3
    assert "origin, source, agglomeration, progress" in error.value.render("en")


def test_verdicts_do_not_change_with_row_order():
    rows = [("a", "origin", 0.5), ("b", "origin", 0.4), ("a", "source", 0.9), ("b", "source", 0.1)]
    first = check_marks(values(*rows), INTERNATIONAL, places=["a", "b"])
    second = check_marks(values(*rows[::-1]), INTERNATIONAL, places=["a", "b"])
    pd.testing.assert_frame_equal(first, second)


def test_one_no_outweighs_no_data():
    assert join_verdicts(["yes", "yes"]) == "yes"
    assert join_verdicts(["no data", "yes"]) == "no data"
    assert join_verdicts(["no data", "no"]) == "no"
