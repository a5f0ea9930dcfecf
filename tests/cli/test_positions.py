"""A run of a positioning study prints its grid."""

import json
import shutil
import sys

import pytest

from innohub.cli import main


@pytest.fixture(scope="module")
def study(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("position") / "guangzhou"
    source = root / "examples" / "guangzhou-positioning"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("results"))
    return folder


def said(monkeypatch, capsys, *arguments):
    monkeypatch.setenv("INNOHUB_LANG", "en")
    monkeypatch.setattr(sys, "argv", ["innohub", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    return capsys.readouterr().out


def test_the_grid_and_the_claims_are_printed(monkeypatch, capsys, study):
    text = said(monkeypatch, capsys, "run", study)
    lines = {line.split("  ")[0]: line for line in text.splitlines()}
    assert "What Guangzhou is good for" in text
    assert "● 1.00 of 5" in lines["talent agglomeration"]
    assert "● 0.50 of 6" in lines["knowledge creation"]
    assert "Claims of the study: 3 supported, 0 wider than the evidence, 5 not tested." in text


def test_in_chinese_and_as_json(monkeypatch, capsys, study):
    assert "广州的功能及其范围" in said(monkeypatch, capsys, "run", study, "--lang", "zh")
    told = json.loads(said(monkeypatch, capsys, "run", study, "--json"))["positions"]
    talent = [row for row in told if row["function"] == "talent" and row["widest"]]
    assert talent
    assert all(row["verdict"] == "reached" and row["q"] == 1 for row in talent)
    assert any(row["q"] is None and row["verdict"] == "not tested" for row in told)
