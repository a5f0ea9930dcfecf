"""``innohub check --against``: what is printed, and how it ends."""

import json
import sys

import pandas as pd
import pytest

from innohub.cli import main


@pytest.fixture
def call(monkeypatch, capsys):
    def run(*arguments, code=0, lang="en"):
        monkeypatch.setenv("INNOHUB_LANG", lang)
        monkeypatch.setattr(sys, "argv", ["innohub", *map(str, arguments), "--lang", lang])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert left.value.code == code, said
        return said

    return run


@pytest.fixture
def book(flagship_folder):
    return flagship_folder / "other" / "yearbook.csv"


def test_the_yearbook_tells_year_and_denominator(call, flagship_folder, book):
    said = call("check", flagship_folder, "--against", book, code=1).out
    assert "captioned 2020, but these are the values of 2021" in said
    assert "12/13" in said and "no year" in said and "panel.csv, row 56" in said
    assert "1.030 times the other source throughout" in said and "1.025" in said
    said = call("check", flagship_folder, "--against", book, code=1, lang="zh").out
    assert "标为2020年，实为2021年的数值" in said and "广东" in said and "上海" in said and "广西" in said


def test_json_is_whole(call, flagship_folder, book):
    told = json.loads(call("check", flagship_folder, "--against", book, "--json", code=1).out)
    intensity, patents = told["indicators"]
    assert (intensity["verdict"], intensity["year"], intensity["other_year"]) == ("shift", 2020, 2021)
    assert [cell["place"] for cell in intensity["misfits"]] == ["guangdong"]
    assert intensity["misfits"][0]["years"] == []
    assert (patents["verdict"], patents["explained"], patents["compared"]) == ("ratio", 11, 13)
    assert {cell["place"] for cell in patents["misfits"]} == {"shanghai", "guangxi"}
    assert len(told["not_in_other"]) == 8 and told["only_in_other"] == []


def test_a_study_agrees_with_its_own_panel(call, flagship_folder):
    said = call("check", flagship_folder, "--against", flagship_folder / "panel.csv").out
    assert "The study agrees with panel.csv." in said
    assert "一致" in call("check", flagship_folder, "--against", flagship_folder, lang="zh").out


def test_too_few_cells_are_said_to_be_so(call, flagship_folder, book, tmp_path):
    few = pd.read_csv(book, dtype=str).query("place in ['北京', '上海', '全国']")
    few.to_csv(tmp_path / "few.csv", index=False)
    said = call("check", flagship_folder, "--against", tmp_path / "few.csv").out
    assert "not decidable: 2 cells can be compared, 5 are needed" in said
    assert "Nothing could be decided" in said


@pytest.mark.parametrize(
    ("more", "english", "chinese"),
    [
        (("--match", "a=b"), "--match needs --against", "--match 须与 --against 同用"),
        (("--against", "x.csv", "--match", "a"), "write OTHER=OWN", "应写作 OTHER=OWN"),
    ],
)
def test_unreadable_calls(call, flagship_folder, more, english, chinese):
    assert english in call("check", flagship_folder, *more, code=2).err
    assert chinese in call("check", flagship_folder, *more, code=2, lang="zh").err


def test_a_source_that_is_not_there(call, flagship_folder, tmp_path):
    assert "F008" in call("check", flagship_folder, "--against", tmp_path / "no.csv", code=1).err
