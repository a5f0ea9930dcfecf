"""A call that cannot be read is answered in the language of the call, with exit code 2."""

import json
import re
import sys

import click
import pytest

from innohub.cli import main
from innohub.cli.usage import wrong


@pytest.fixture
def call(monkeypatch, capsys):
    def run(*arguments, code, lang="en"):
        monkeypatch.setenv("INNOHUB_LANG", "en")
        monkeypatch.setattr(sys, "argv", ["innohub", *map(str, arguments), "--lang", lang])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert left.value.code == code, said
        return said

    return run


CALLS = [
    (["run", "s", "--fesh"], "没有选项 --fesh。是否指：--fresh？", "no option --fesh. Did you mean --fresh?"),
    (
        ["run", "s", "--seed", "-5"],
        "--seed 不能取“-5”，须为整数，范围：≥ 0。",
        "'-5'; it must be a whole number: ≥ 0.",
    ),
    (
        ["serve", "s", "--port", "high"],
        "--port 不能取“high”",
        "--port cannot be 'high'; it must be a whole number: 1–65535.",
    ),
    (["serve", "s", "--port", "0"], "范围：1–65535。", "--port cannot be '0'"),
    (
        ["list", "things"],
        "WHAT 不能取“things”，可取：studies、methods、schemes、presets、codes。",
        "WHAT cannot be 'things'; it may be: studies, methods, schemes, presets, codes.",
    ),
    (["brief", "s", "--language", "fr"], "--language 不能取“fr”，可取：zh、en。", "it may be: zh, en."),
    (["explain"], "缺少参数 CODE。", "the argument CODE is missing."),
    (["trace", "s"], "缺少参数 PLACE。", "the argument PLACE is missing."),
    (["index", "--out", "x"], "缺少选项 --coinr。", "the option --coinr is missing."),
    (["index", "--coinr", "one"], "选项 --coinr 后面须有 2 个取值。", "(number of values: 2)"),
    (["page", "s", "--out"], "选项 --out 后面须有 1 个取值。", "the option --out needs a value after it"),
    (["run", "s", "--fresh=yes"], "选项 --fresh 后面不带取值。", "the option --fresh takes no value."),
    (["check", "s", "more", "words"], "多出的参数：more words。", "arguments too many: more words."),
    (["rnu"], "没有命令“rnu”。是否指：run？", "there is no verb 'rnu'."),
    (["explain", "Z9"], "没有代码或预设“Z9”", "Z9"),
]


@pytest.mark.parametrize(("arguments", "zh", "en"), CALLS)
def test_wrong_calls_are_told_in_both_languages(call, arguments, zh, en):
    said = call(*arguments, code=2, lang="zh")
    assert zh in said.err
    assert said.out == ""
    assert not re.search(r"Usage|Error|Try|No such|Invalid|Missing", said.err)
    assert en in call(*arguments, code=2, lang="en").err


def test_the_usage_and_the_way_to_help_stand_above(call):
    lines = call("run", "s", "--bad", code=2, lang="zh").err.splitlines()
    assert lines[0].startswith("用法：innohub run ")
    assert lines[1] == "帮助：innohub run --help"
    assert lines[-1].startswith("错误：")


def test_a_kind_of_mistake_without_a_text_of_its_own_is_told_all_the_same():
    assert wrong(click.UsageError("something else")) == "something else"
    assert "data.csv" in wrong(click.FileError("data.csv", "locked"))


@pytest.fixture
def small(flagship_copy):
    text = (flagship_copy / "study.toml").read_text(encoding="utf-8").replace("draws = 20000", "draws = 200")
    (flagship_copy / "study.toml").write_text(text, encoding="utf-8")
    return flagship_copy


def test_run_prints_what_each_step_changed(call, small):
    text = (small / "study.toml").read_text(encoding="utf-8")
    text = text.replace('weights = "given"\n', 'weights = "given"\ntreat = "winsorise(0, 2)"\n', 1)
    (small / "study.toml").write_text(text, encoding="utf-8")
    said = call("run", small, code=0, lang="en").out
    block = said.partition("What each step changed")[2].splitlines()
    assert block[2].split()[:3] == ["Outliers", "winsorise(0,", "2)"]
    assert block[3].startswith("Weighting")
    assert re.search(r"\(rank \d+ to \d+\)", block[3])
    assert "各步骤改变了什么" in call("run", small, code=0, lang="zh").out
    told = json.loads(call("run", small, "--json", code=0).out)["effects"]
    assert [row["step"] for row in told] == ["treat", "weights"]
    assert told[0]["values"] > 0
    assert told[1]["values"] is None


@pytest.mark.parametrize(
    ("method", "shown"),
    [
        ("sizes(3, 5, 6)", "places fixed"),
        ("quantiles(0.2, 0.3, 0.5)", "places fixed"),
        ("thresholds(0.34, 0.1)", "thresholds fixed"),
        ("natural_breaks", "breaks refitted"),
    ],
)
def test_a_method_that_finds_nothing_anew_is_not_told_as_refitted(call, small, method, shown):
    text = (small / "study.toml").read_text(encoding="utf-8")
    chosen = f'method = "{method}"\nprobability = "refitted"'
    (small / "study.toml").write_text(text.replace('method = "natural_breaks"', chosen), encoding="utf-8")
    said = call("run", small, code=0).out
    assert f"“{shown}”" in said
    assert said.count("Tier probability under the definition") == 1


def test_commands_in_hints_can_be_copied(call, tmp_path):
    folder = tmp_path / "我的 研究"
    folder.mkdir()
    said = call("page", folder, code=1).err
    assert "F113" in said
    assert f"innohub run '{folder}'" in said


def test_unknown_names_are_offered_in_the_language_of_the_call(call, small):
    call("run", small, code=0)
    assert re.search(r"相近的有：[^,]*、", call("trace", small, "广", code=1, lang="zh").err)
    assert "、" not in call("trace", small, "shan", code=1).err.partition("Nearest")[2]
