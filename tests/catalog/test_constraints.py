"""The catalogue of constraints holds together."""

from innohub.catalog.constraints import constraint_groups, constraint_source, policy_levers


def test_four_groups_in_the_order_of_the_text():
    assert [group.label["zh"] for group in constraint_groups().values()] == [
        "创新共同体不成熟", "基础研究与平台带动弱", "产业链·创新链·人才链融合不足", "生态环境与要素流动障碍",
    ]  # fmt: skip
    assert [group.section for group in constraint_groups().values()] == ["3.2.1", "3.2.2", "3.2.3", "3.2.4"]


def test_every_lever_answers_a_group_and_names_its_source():
    used = {name for group in constraint_groups().values() for name in group.levers}
    assert used == set(policy_levers())
    for lever in policy_levers().values():
        assert constraint_source(lever.source, "zh") and constraint_source(lever.source, "en")
        assert lever.passage in {"001-10", "003-24", "003-25", "004-18"}
        assert lever.label["zh"] and lever.label["en"]


def test_every_group_is_answered_by_the_text_that_names_it_or_says_so():
    for group in ("platforms", "chains", "environment", "community"):
        levers = constraint_groups()[group].levers
        assert any(policy_levers()[name].passage == "004-18" for name in levers), group


def test_measures_have_a_direction():
    for group in constraint_groups().values():
        assert len(group.measures) >= 3
        assert {measure.direction for measure in group.measures} <= {1, -1}
