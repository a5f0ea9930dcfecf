"""The catalogue of base conditions."""

from innohub.catalog.base_conditions import base_condition_catalogue, verdict_label


def test_six_conditions_with_names_and_questions_in_both_languages():
    found = base_condition_catalogue()
    assert list(found) == ["size", "development", "productivity", "research", "exchange", "liveability"]
    for condition in found.values():
        assert all(condition.label[language] and condition.question[language] for language in ("zh", "en"))
        assert set(condition.measures.values()) <= {1, -1}


def test_costs_are_reversed():
    assert set(base_condition_catalogue()["liveability"].measures.values()) == {-1}


def test_every_verdict_has_its_name():
    names = [verdict_label(name)["zh"] for name in ("high", "medium", "low", "mixed", "not tested")]
    assert names == ["高", "中", "低", "不一致", "未检验"]
