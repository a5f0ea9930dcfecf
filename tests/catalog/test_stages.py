"""Tables of stages: the declared one, and what a user's own must not hold."""

import pytest

from innohub.catalog.stages import read_stages, stages, technology_state_labels
from innohub.errors import ModelError

ROW = {
    "scheme": "own", "measure": "gdp_per_capita", "stage": "first", "name_zh": "甲", "name_en": "First",
    "threshold": "3,000", "closed": "left", "currency": "USD", "base_year": "2010", "source": "a table",
}  # fmt: skip


def test_declared_thresholds_have_all_that_a_reader_needs():
    for stage in stages():
        assert stage.threshold > 0
        assert stage.currency == "USD"
        assert stage.source
        assert not stage.base_year_stated
    assert stages("nothing") == ()


def test_labels():
    assert [label["zh"] for label in technology_state_labels().values()] == ["领跑", "并跑", "跟跑"]


def test_own_table_is_read_in_rising_order():
    upper = ROW | {"stage": "second", "threshold": 9000, "closed": "right", "base_year_stated": "false"}
    first, second = read_stages([upper, ROW])
    assert (first.threshold, first.zh, first.base_year, first.base_year_stated) == (3000.0, "甲", 2010, True)
    assert (second.stage, second.closed, second.base_year_stated) == ("second", "right", False)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("threshold", "0"), ("threshold", "-5"), ("threshold", "much"), ("threshold", "inf"), ("threshold", ""),
        ("closed", "both"), ("closed", ""), ("currency", ""), ("source", " "), ("base_year", "2010.5"),
        ("base_year", ""), ("base_year", "inf"), ("stage", ""), ("name_zh", ""),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named(column, value):
    with pytest.raises(ModelError) as caught:
        read_stages([ROW, ROW | {"stage": "second", "threshold": 9000} | {column: value}], "stages.csv")
    (finding,) = caught.value.findings
    assert (finding.code, finding.file, finding.row) == ("N123", "stages.csv", 3)
    assert finding.column == column.removeprefix("name_")
    assert "stages.csv, row 3" in finding.render("en")


@pytest.mark.parametrize("change", [{"threshold": 3000}, {"threshold": 9000, "currency": "EUR"}])
def test_equal_thresholds_and_two_currencies_are_refused(change):
    with pytest.raises(ModelError) as caught:
        read_stages([ROW, ROW | {"stage": "second"} | change])
    assert caught.value.findings[0].value == "gdp_per_capita: first, second"


def test_all_bad_cells_at_once():
    with pytest.raises(ModelError) as caught:
        read_stages([ROW | {"source": "", "currency": ""}, ROW | {"closed": "up"}])
    assert [finding.column for finding in caught.value.findings] == ["currency", "source", "closed"]
