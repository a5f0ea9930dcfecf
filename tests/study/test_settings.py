"""study.toml: every mistake at once, each with its line."""

import pytest

from innohub.study import check_study
from innohub.study.lines import key_lines, line_of


def _rows(folder, code):
    return [(finding.row, finding.column) for finding in folder.find(code)]


def test_all_mistakes_at_once_with_their_lines(folder):
    folder.write(
        "study.toml",
        """[study]
id = "a b"
title = 3
yeer = 2020

[index.centre]
weihts = "given"
normalise = "minmx(0, 1)"
aggregate = "geometric(1)"
missing = { min_share = 3 }

[index.centre.uncertainty]
draws = 5
vary = { weights = "dirichlt", normalise = ["zscor", "rank"] }

[index.centre.nodes.foo]
weights = "eqal"

[index.centre.alternatives.other]
normalise = "rank(1)"

[tiers]
index = "center"
scale = "lg"
names = ["a", "a"]
method = "sizes(1, 2, 3)"
""",
    )
    found = [
        (finding.code, finding.row) for finding in check_study(folder.path) if finding.file == "study.toml"
    ]
    assert found == [
        ("M003", 1), ("M013", 2), ("M004", 3), ("M002", 4), ("M002", 7), ("M102", 8), ("M103", 9), ("M012", 10),
        ("M012", 13), ("M102", 14), ("M102", 14), ("M010", 16), ("M102", 17), ("M103", 20), ("M005", 23), ("M009", 24),
        ("M006", 25), ("M007", 25),
    ]  # fmt: skip


def test_unknown_key_offers_the_nearest(folder):
    folder.change("study.toml", 'weights = "given"', 'weihts = "given"')
    finding = folder.one("M002")
    assert (finding.column, finding.row) == ("index.centre.weihts", 7)
    assert "unknown key 'weihts' in study.toml" in finding.render("en")
    assert "Did you mean: weights?" in finding.render("en")
    assert "study.toml 中没有“weihts”这个键" in finding.render("zh")


def test_tables_are_checked_although_settings_are_wrong(folder):
    folder.change("study.toml", "year = 2020", "year = 2020\nyeer = 1").change("panel.csv", "6.5", "x")
    assert {finding.code for finding in check_study(folder.path)} == {"M002", "R014"}


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("year = 2020", "year = 2020 2", "M001", 4),
        ('id = "small"', "id = small", "M001", 2),
        ("[tiers]", "[tiers", "M001", 9),
        ("year = 2020", "year = 3020", "P017", 4),
        ("year = 2020", "", "M003", 1),
        ('index = "centre"', 'index = "center"', "M005", 10),
        ('"sizes(1, 2)"', '"sizes(1, 2, 3)"', "M006", 12),
        ('"sizes(1, 2)"', '"thresholds(0.4)"', None, None),
        ('"sizes(1, 2)"', '"thresholds(0.4, 0.2)"', "M006", 12),
        ('["national", "regional"]', '["national"]', "M014", 12),
        ('["national", "regional"]', '["regional", "regional"]', "M007", 12),
        ('plan = "plan.csv"', 'plan = "plam.csv"', "F004", 13),
        ('weights = "given"', 'weights = "given"\nframework = "../f.csv"', "F005", 8),
        ('weights = "given"', 'weights = "given"\nframework = "/etc/passwd"', "F005", 8),
        ('weights = "given"', 'weights = "given"\nframework = "C:\\\\f.csv"', "F005", 8),
        ('weights = "given"', 'weights = "given"\nframework = "a\\u0000b.csv"', "F004", 8),
    ],
)  # fmt: skip
def test_single_mistakes(folder, old, new, code, row):
    folder.change("study.toml", old, new)
    found = [finding for finding in check_study(folder.path) if finding.file == "study.toml"]
    assert [(finding.code, finding.row) for finding in found] == ([(code, row)] if code else [])


def test_no_index(folder):
    folder.write("study.toml", '[study]\nid = "a"\ntitle = "b"\nyear = 2020\n[index]\n')
    assert folder.one("M008")


def test_bytes_that_are_no_text_and_deep_nesting(folder):
    assert folder.write("study.toml", b"\xff\xfe").one("M011")
    assert folder.write("study.toml", "a = " + "[" * 100_000).one("M001")
    assert folder.write("study.toml", "\ufeff" + 'x = "').one("M001")


def test_links_that_leave_the_folder_are_refused(folder, tmp_path):
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    (folder.path / "panel.csv").unlink()
    (folder.path / "panel.csv").symlink_to(tmp_path / "secret.csv")
    assert folder.one("F005").value == "panel.csv"
    (folder.path / "panel.csv").unlink()
    (folder.path / "panel.csv").symlink_to("panel.csv")
    assert [finding.code for finding in check_study(folder.path)] in (["F005"], ["F004"])


def test_key_lines_of_nested_tables():
    lines = key_lines('[a]\nx = 1\n[a."b c".d]\n"y z" = { q = 2 }\n[[e]]\nf.g = 1\n')
    assert line_of(lines, ("a", "b c", "d", "y z", "q")) == 4
    assert line_of(lines, ("e", 0, "f")) == 5
    assert line_of(lines, ("nowhere",)) is None


@pytest.mark.parametrize(
    "entry",
    [
        "normalise = 'goalposts(5, 5)'", "normalise = 'zscore(0, 0)'", "normalise = 'zscore(0, 1, ddof = 3)'",
        "uncertainty = { vary = { weights = 'dirichlet(-1)' } }", "uncertainty = { vary = { weights = 'pm(1)' } }",
        "uncertainty = { vary = { weights = 'nested(0)' } }", "alternatives.x.weights = 'entropy(limit, -1)'",
    ],
)  # fmt: skip
def test_parameters_that_no_method_takes(folder, entry):
    folder.change("study.toml", 'weights = "given"', entry)
    assert folder.one("M015").row == 7


def test_a_mixture_needs_two_groups(folder):
    assert folder.change("study.toml", "sizes(1, 2)", "mixture(1)").one("M015").column == "tiers.method"


def test_an_empty_list_of_panels_is_one_finding(folder):
    folder.change("study.toml", "[tiers]", "[files]\npanel = []\n[tiers]")
    assert [finding.code for finding in check_study(folder.path)] == ["M004"]
    assert 'panel = "panel.csv"' in folder.one("M004").render("en")


def test_blank_tier_names_are_all_named(folder):
    folder.change("study.toml", '["national", "regional"]', '["", "national", ""]')
    assert [finding.column for finding in folder.find("M003")] == ["tiers.names.0", "tiers.names.2"]


def test_nested_mistakes_are_all_named(folder):
    folder.change("study.toml", "[tiers]", '[index."a b".alternatives."c/d"]\n[tiers]')
    assert len(folder.find("M013")) == 2
    assert not folder.find("M008")


def test_examples_in_hints_are_taken(folder):
    folder.change("study.toml", "[tiers]", "[index.centre.uncertainty]\ndraws = true\n[tiers]")
    hint = folder.one("M004").text("hint", "en")
    folder.change("study.toml", "draws = true", hint.partition(": ")[2])
    assert not check_study(folder.path)


def test_methods_are_all_offered_the_nearest_first(folder):
    folder.change("study.toml", "sizes(1, 2)", "quantils(3)")
    assert "quantiles、" in folder.one("M102").render("zh")
    assert "mixture" in folder.one("M102").render("zh")
