"""What may be wrong in positioning, by check and by run: said in both languages, carried on, or refused."""

import json
import sys

import pytest

import innohub as ih
from innohub.cli import main
from innohub.errors import InnohubError
from innohub.run import check

SCHEME = """
kind = "limits"
zh = "三类"
en = "Three"
edition = "1"
status = "read"
source = "own"
unknown_zh = "无"
unknown_en = "none"
closed = "left"
[[class]]
id = "a"
zh = "甲"
en = "A"
{a}
[[class]]
id = "b"
zh = "乙"
en = "B"
{b}
[[class]]
id = "c"
zh = "丙"
en = "C"
{c}
"""
OWN = '\n[position]\nplaces = ["p1"]\n[position.scheme.mine]\nfile = "mine.toml"\nindicator = "x"\n'


@pytest.fixture
def said(monkeypatch, capsys):
    """Return a check by library and command line in both languages, which gives the finding of a code."""

    def look(folder, code):
        findings = check(folder)
        hits = [finding for finding in findings if finding.code == code]
        assert hits, [finding.code for finding in findings]
        for language in ("zh", "en"):
            words = ["innohub", "check", str(folder), "--lang", language, "--json"]
            monkeypatch.setattr(sys, "argv", words)
            with pytest.raises(SystemExit) as left:
                main()
            assert left.value.code == int(any(finding.level == "error" for finding in findings))
            told = [row for row in json.loads(capsys.readouterr().out)["findings"] if row["code"] == code]
            assert [row["title"] for row in told] == [hit.text("title", language) for hit in hits]
            assert all(row["hint"] and "{" not in row["title"] + row["reason"] for row in told)
        return hits[0]

    return look


def scheme(write_study, a="low = 2", b="low = 1\nhigh = 2", c="high = 1", values=(1.0, 2.0, 3.0)):
    return write_study({"x": {2015: list(values)}}, OWN, files={"mine.toml": SCHEME.format(a=a, b=b, c=c)})


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"a": "low = 2.5"}, "N160"),
        ({"b": "low = 1.5\nhigh = 2"}, "N160"),
        ({"a": "low = 1.9"}, "N161"),
        ({"c": "high = 1.2"}, "N161"),
        # A single point that no class holds, and one that two classes hold.
        ({"a": "low = 2\nclosed_below = false", "b": "low = 1\nhigh = 2\nclosed_above = false"}, "N160"),
        ({"a": "low = 2\nclosed_below = true", "b": "low = 1\nhigh = 2\nclosed_above = true"}, "N161"),
        # A class turned round: its lower limit stands above its upper one.
        ({"b": "low = 2\nhigh = 1"}, "N161"),
    ],
)
def test_intervals_that_overlap_or_leave_gaps_stop_a_run(write_study, said, parts, code):
    folder = scheme(write_study, **parts)
    finding = said(folder, code)
    assert (finding.level, finding.file) == ("error", "mine.toml") and finding.row
    with pytest.raises(InnohubError, match=code):
        ih.run(folder)


@pytest.mark.parametrize(
    ("ends", "value", "expected", "rule"),
    [
        ({}, -5.0, "c", "x < 1"),
        ({"c": "low = 0\nhigh = 1"}, 0.0, "c", "0 ≤ x < 1"),
        ({"c": "low = 0\nhigh = 1"}, -1e-6, "", "x < 0"),
        ({"c": "low = 0\nhigh = 1\nclosed_below = false"}, 0.0, "", "x ≤ 0"),
        ({"c": "low = 0\nhigh = 1\nclosed_below = false"}, 1e-6, "c", "0 < x < 1"),
        ({"a": "low = 2\nhigh = 4"}, 4.0, "", "x ≥ 4"),
        ({"a": "low = 2\nhigh = 4"}, 3.999, "a", "2 ≤ x < 4"),
        ({"a": "low = 2\nhigh = 4\nclosed_above = true"}, 4.0, "a", "2 ≤ x ≤ 4"),
        ({"a": "low = 2\nhigh = 4\nclosed_above = true"}, 4.001, "", "x > 4"),
    ],
)
def test_a_value_beyond_the_outer_classes_has_no_class(write_study, ends, value, expected, rule):
    row = ih.run(scheme(write_study, **ends, values=(value, 1.5, 1.5))).table("classes").iloc[0]
    assert (row["class"], row["rule"]) == (expected, rule)
    if rule in ("x < 0", "x ≤ 0"):
        assert row["next_class"] == "c" and row["distance"] == pytest.approx(-value, abs=1e-12)


GZ = "place,indicator,year,value\ngz,labour,2015,1068\n"
PEERS = "scope,set,place\n"


@pytest.mark.parametrize(
    ("keys", "files", "code"),
    [
        ("", {}, "N106"),
        ("", {}, "N112"),
        ('refuse = ["boundary"]', {}, "N108"),
        ("", {"panel": GZ + "paris,labour,2000,784\nhk,labour,2015,536"}, "N107"),
        ("", {"scopes": "scope\ninternational\nnational"}, "N110"),
        ("", {"functions": "function,indicator\ntalent,labour\nmode,"}, "N111"),
        ("", {"peers": PEERS + "international,w,gz\ninternational,w,hk\ninternational,w,sg"}, "N105"),
        ("", {}, "N180"),
    ],
)
def test_what_is_doubtful_goes_into_the_results(write_position, said, keys, files, code):
    folder = write_position(keys, **files)
    finding = said(folder, code)
    assert finding.level != "error"
    assert code in ih.run(folder).table("findings")["code"].tolist()


def test_a_target_before_its_base_year_stops_a_run(write_study, said):
    targets = "place,indicator,base,base_year,target,deadline,value,year\np1,x,1,2015,2,2014,1,2016"
    folder = write_study(
        {"x": {2015: [1.0, 2.0, 3.0]}}, '\n[position]\nplaces = ["p1"]\n', files={"targets.csv": targets}
    )
    finding = said(folder, "N128")
    assert (finding.level, finding.file, finding.row) == ("error", "targets.csv", 2)
    with pytest.raises(InnohubError, match="N128"):
        ih.run(folder)
