"""Every bad input of the list, with the message that a user reads, in both languages."""

import errno
import os
import re
import string
import tomllib
from pathlib import Path

import pytest

from innohub.study import check_study
from innohub.words import words

BAD = tomllib.loads((Path(__file__).parent / "bad_inputs.toml").read_text(encoding="utf-8"))["input"]


@pytest.mark.parametrize("bad", BAD, ids=[bad["name"] for bad in BAD])
def test_the_message_of_each_bad_input(folder, bad):
    for change in bad["change"]:
        if len(change) == 3:
            folder.change(*change)
        else:
            folder.write(change[0], change[1].encode(bad.get("encoding", "utf-8")))
    before = {file.name: file.read_bytes() for file in folder.path.iterdir()}
    finding = folder.find(bad["code"])[0]
    lines = finding.render("en").splitlines()
    assert lines[0] == f"{bad['level']}[{bad['code']}]: {bad['en']}"
    assert lines[1] == f"  --> {bad['where']}"
    assert lines[-1].startswith("hint: ")
    assert lines[-1].endswith(f"innohub explain {bad['code']}")
    assert finding.render("zh").splitlines()[0].endswith(f"[{bad['code']}]: {bad['zh']}")
    assert before == {file.name: file.read_bytes() for file in folder.path.iterdir()}


def test_a_missing_table_of_sources_is_a_warning(folder):
    (folder.path / "sources.csv").unlink()
    finding = folder.one("F014")
    assert finding.level == "warning"
    assert "names no sources" in finding.render("en")


def test_folders_that_are_no_study(folder, tmp_path):
    assert [finding.code for finding in check_study(tmp_path / "smal-study")] == ["F001"]
    assert "small" in check_study(tmp_path / "smal-study")[0].text("reason", "en")
    assert [finding.code for finding in check_study(folder.path / "panel.csv")] == ["F002"]
    (folder.path / "study.toml").unlink()
    assert "innohub new" in folder.one("F003").render("en")
    assert [finding.code for finding in check_study("a\x00b")] == ["F001"]


def test_everything_wrong_at_once_in_one_folder(folder):
    folder.change("study.toml", "year = 2020", "year = 2020\nyeer = 1")
    folder.change("places.csv", "39.9,116.4", "116.4,39.9").change(
        "places.csv", "CN,,39.2", "CN,beijing,39.2"
    )
    folder.change("indicators.csv", "GDP,1", "GDP,")
    folder.change("framework.csv", "Input,2", "Input,-2").change("framework.csv", "o1,output", "o1,outputs")
    folder.change("panel.csv", "beijing,rd,2020,6.5", "beijng,rd,2020,6.5").change(
        "panel.csv", ",27,", ",约3万,"
    )
    folder.change("panel.csv", "jjj,univ", "hubei,univ").change("plan.csv", "jjj,national", "jjj,world")
    found = check_study(folder.path)
    assert {"M002", "L003", "L006", "P012", "M028", "M021", "M024", "P001", "R017", "P006", "M040"} <= {
        f.code for f in found
    }
    places = [(finding.level, finding.file or "", finding.row or 0) for finding in found]
    order = {"error": 0, "warning": 1, "note": 2}
    assert places == sorted(places, key=lambda place: (order[place[0]], *place[1:]))


def test_messages_are_safe_to_print(folder):
    folder.change("panel.csv", "6.5,", '"\x1b[31m{red}\n' + "x" * 500 + '",')
    text = folder.one("R014").render("en")
    assert "\x1b" not in text
    assert "{red}" in text
    assert max(map(len, text.splitlines())) < 200


def _fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


CODES = sorted(code for code in words("en").get("finding") if re.fullmatch(r"[FRPLM]0\d\d", code))


@pytest.mark.parametrize("code", CODES)
def test_texts_are_complete_and_alike(code):
    english, chinese = words("en").get(f"finding.{code}"), words("zh").get(f"finding.{code}")
    assert list(english) == list(chinese)
    assert {"title", "hint", "explain"} <= set(english)
    for part in english:
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(text[part]) if name}
            for text in (english, chinese)
        ]
        assert fields[0] == fields[1], part
        assert re.search(r"[\u4e00-\u9fff]", chinese[part]), part
    assert not re.findall(r"[{}]", english["explain"] + chinese["explain"])


def test_every_code_in_the_source_has_texts(root):
    used = set()
    for file in (root / "src" / "innohub" / "study").glob("*.py"):
        used |= set(re.findall(r'"([FRPLM]0\d\d)"', file.read_text(encoding="utf-8")))
    assert used == set(CODES)


@pytest.mark.parametrize("text", ["", "\x00", "[", '[study]\nid = "x"', "a" * 1000, "[study]\n" * 3])
def test_any_study_toml_gives_findings(folder, text):
    folder.write("study.toml", text)
    found = check_study(folder.path)
    assert found
    for finding in found:
        assert finding.render("en") and finding.render("zh") and finding.to_json("zh")


@pytest.mark.parametrize(("method", "said"), [("read_bytes", "study.toml"), ("exists", "small")])
def test_what_may_not_be_read_is_not_called_missing(folder, monkeypatch, method, said):
    def denied(path, *_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, method, denied)
    (finding,) = check_study(folder.path)
    assert finding.code == "F008"
    assert finding.file.endswith(said)
    assert "Permission denied" in finding.render("en")
