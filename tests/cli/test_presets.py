"""Presets on the command line: list, explain, new, run."""

import json
import os
import subprocess
import sys

import pytest

from innohub.catalog.presets import preset_names


@pytest.fixture
def call(tmp_path):
    def run(*arguments, code=0):
        done = subprocess.run(
            [sys.executable, "-m", "innohub", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "INNOHUB_LANG": "en"},
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + (done.stderr if code else "")

    return run


def test_list_names_every_preset(call):
    rows = json.loads(call("list", "presets", "--json"))
    assert [row["name"] for row in rows] == preset_names()
    assert {row["status"] for row in rows} == {"verified", "from description"}


def test_explain_tells_goalposts_and_what_is_unknown(call):
    told = call("explain", "HDI")
    assert "gnipc" in told
    assert "100–75000" in told
    assert "Unknown: " in told
    assert "The study must give: framework, normalise, weights" in call("explain", "gihi")
    assert "hdi" in call("explain", "hdii", code=2)


@pytest.mark.parametrize("name", ["hdi", "gihi", "ampi"])
def test_new_writes_tables_to_fill_in(call, tmp_path, name):
    folder = tmp_path / "mine"
    call("new", folder, "--preset", name)
    assert (folder / "indicators.csv").read_text(encoding="utf-8-sig").startswith("indicator,")
    assert (folder / "framework.csv").exists() == (name != "hdi")
    output = call("check", folder, "--json", code=1)
    codes = {finding["code"] for finding in json.loads(output)["findings"]}
    # Nothing but blank tables, and what nobody outside knows.
    assert codes <= {"R002", "C204", "F014"}


def test_a_new_study_runs_once_its_values_are_in(call, tmp_path):
    folder = tmp_path / "mine"
    call("new", folder, "--preset", "hdi")
    rows = [
        f"{place},{code},2024,{value + plus}"
        for place, plus in (("a", 0), ("b", 1))
        for code, value in {"le": 78, "eys": 15, "mys": 10, "gnipc": 18000}.items()
    ]
    (folder / "panel.csv").write_text("\n".join(["place,indicator,year,value", *rows]), encoding="utf-8")
    (folder / "places.csv").write_text("place,name_en\na,A\nb,B\n", encoding="utf-8")
    told = call("run", folder)
    assert "0.807" in told
    assert "verified" in told
    data = json.loads(call("run", folder, "--json"))
    assert data["presets"][0]["preset"] == "hdi"
    assert data["departures"] == []


def test_new_asks_for_one_way_only(call, tmp_path):
    call("new", tmp_path / "x", "--preset", "hdi", "--blank", code=2)
    assert "C190" in call("new", tmp_path / "x", "--preset", "hdl", code=1)
    assert not (tmp_path / "x").exists()
