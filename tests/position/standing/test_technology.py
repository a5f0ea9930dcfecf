"""Technologies in three states."""

import pytest

from innohub.errors import ModelError, ScaleError
from innohub.position.standing.technology import technology_states


@pytest.mark.reference
def test_the_printed_survey():
    table = technology_states((195, 355, 599), 1149, printed=(17, 31, 52))
    assert (100 * table["share"]).round(2).tolist() == [16.97, 30.90, 52.13]
    assert table["name_zh"].tolist() == ["领跑", "并跑", "跟跑"]
    assert table["agrees"].tolist() == [True, True, True]
    assert table["share"].sum() == pytest.approx(1)


def test_printed_shares_are_checked_at_their_own_decimals():
    table = technology_states((195, 355, 599), printed=(16.97, 30.8, 53))
    assert table["agrees"].tolist() == [True, False, False]
    assert technology_states((1, 1, 8), printed=(10, 10, 80))["agrees"].all()
    assert technology_states((195, 355, 599), printed=(20, 31, 52))["agrees"].tolist() == [False, True, True]


def test_without_printed_shares_nothing_agrees_or_differs():
    assert technology_states((1, 2, 3))["agrees"].isna().all()


@pytest.mark.parametrize("total", [1148, 1150, 0])
def test_counts_must_sum_to_the_total(total):
    with pytest.raises(ModelError) as caught:
        technology_states((195, 355, 599), total)
    assert caught.value.findings[0].code == "N130"
    assert "1149" in caught.value.render("zh")


def test_no_technologies_have_no_shares():
    assert technology_states((0, 0, 0), 0)["share"].isna().all()


def test_negative_counts_are_refused():
    with pytest.raises(ScaleError) as caught:
        technology_states((5, -1, 3))
    assert "()" not in caught.value.render("en")
