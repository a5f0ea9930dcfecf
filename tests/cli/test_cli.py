"""The command line as a user meets it: what is printed where, and the exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from innohub.cli.app import VERBS


@pytest.fixture
def innohub(tmp_path):
    def call(*arguments, code=0, lang="en"):
        environment = {**os.environ, "INNOHUB_LANG": lang, "COLUMNS": "100"}
        done = subprocess.run(
            [sys.executable, "-m", "innohub", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return call


@pytest.fixture
def study(innohub, tmp_path) -> Path:
    innohub("new", "my-study", "--from", "china-regions-2020")
    return tmp_path / "my-study"


@pytest.mark.slow
def test_a_study_from_new_to_trace(innohub, study):
    assert innohub("check", study).stdout == "All is well.\n"
    ran = innohub("run", study)
    lines = ran.stdout.splitlines()
    assert [line.split()[0] for line in lines[2:16]] == [str(rank) for rank in range(1, 15)]
    assert "Shaanxi" in lines[9]
    assert "(or Regional 0.2" in lines[9]
    assert "tier sizes fixed, ranks drawn" in ran.stdout
    told = json.loads(innohub("run", study, "--json").stdout)
    assert Path(told["folder"]).is_dir()
    chain = innohub("trace", study, "陕西", "centre", lang="zh").stdout
    assert "科技创新中心综合指数 = 0.114597" in chain
    assert "panel.csv 第" in chain
    assert json.loads(innohub("trace", study, "陕西", "--json").stdout)["kind"] == "score"
    assert innohub("clean", study).stdout.startswith("Folders removed")


def test_findings_leave_with_one_and_are_json_on_demand(innohub, study):
    settings = study / "study.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('"wholes"', '"refuse"'), encoding="utf-8"
    )
    checked = innohub("check", study, code=1)
    assert "error[L101]" in checked.stdout
    found = json.loads(innohub("check", study, "--json", code=1).stdout)["findings"]
    assert "L101" in {finding["code"] for finding in found}
    assert "不能一并排序" in innohub("run", study, code=1, lang="zh").stderr
    assert not (study / "results" / "current").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "run"),
        (["run", "nowhere"], "nowhere"),
        (["explain", "P01"], "P012"),
        (["new", "x"], "--blank"),
        (["new", "x", "--from", "china"], "china-regions-2020"),
        (["trace", "nowhere", "p"], "nowhere"),
    ],
)
def test_wrong_usage_offers_a_way_out(innohub, arguments, said):
    wrong = arguments[0] in ("rnu", "explain") or arguments == ["new", "x"]
    assert said in innohub(*arguments, code=2 if wrong else 1).stderr


def test_new_and_out_never_overwrite(innohub, study, tmp_path):
    assert "F120" in innohub("new", study, "--blank", code=1).stderr
    assert (study / "panel.csv").exists()


def test_blank_study_says_what_to_fill_in(innohub, tmp_path):
    innohub("new", "blank", "--blank")
    checked = innohub("check", "blank", code=1)
    assert "places.csv" in checked.stdout
    assert "panel.csv" in checked.stdout


def test_explain_and_list(innohub):
    assert "geometric" in innohub("explain", "s102").stdout
    assert "几何平均" in innohub("explain", "S102", lang="zh").stdout
    assert "Fisher" in innohub("list", "methods").stdout
    assert "china-regions-2020" in innohub("list").stdout
    assert {"code", "title"} == set(json.loads(innohub("list", "codes", "--json").stdout)[0])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_verb_has_help_with_an_example(innohub, lang):
    everything = innohub("--help", lang=lang).stdout
    for verb in VERBS:
        assert verb in everything
        assert f"innohub {verb}" in innohub(verb, "--help", lang=lang).stdout


def test_lang_option_wins_over_the_environment(innohub):
    assert "几何平均" in innohub("explain", "S102", "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", "my-study", "--seed", "-5"], 2),
        (["serve", "my-study", "--port", "99999"], 2),
        (["explain", ""], 2),
        (["new", "/proc/study", "--blank"], 1),
        (["new", "x" * 3000, "--blank"], 1),
        (["clean", "x" * 3000], 1),
    ],
)
def test_no_wrong_usage_is_unforeseen(innohub, study, arguments, code):
    assert "X900" not in innohub(*arguments, code=code).stderr


def test_commands_in_messages_can_be_copied(innohub, tmp_path):
    said = innohub("new", "我的 研究", "--from", "china-regions-2020").stdout
    assert "innohub check '我的 研究'" in said
    assert innohub("check", "我的 研究").stdout


def test_strict_means_the_same_to_check_and_run(innohub, study):
    indicators = study / "indicators.csv"
    indicators.write_text(indicators.read_text(encoding="utf-8").replace(",count,", ",,"), encoding="utf-8")
    assert "P025" in innohub("check", study, "--strict", code=1).stdout
    assert "P025" in innohub("run", study, "--strict", code=1).stderr
    assert "P025" in innohub("run", study, "--strict", "--json", code=1).stdout
    assert not (study / "results").exists()
