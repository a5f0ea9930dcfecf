"""``innohub compare``: table, sentence, figure, and calls that cannot be answered."""

import json
import shutil
import sys
import xml.etree.ElementTree as ET

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
def two(flagship_folder, tmp_path):
    """The shipped study as it is, and with another weighting and three new values of Hubei."""
    other = tmp_path / "revised"
    shutil.copytree(flagship_folder, other, ignore=shutil.ignore_patterns("results"))
    text = (other / "study.toml").read_text(encoding="utf-8")
    (other / "study.toml").write_text(
        text.replace('weights = "given"', 'weights = "equal"', 1), encoding="utf-8"
    )
    panel = pd.read_csv(other / "panel.csv", dtype=str, keep_default_na=False)
    panel.loc[panel["place"].eq("shanxi") & panel["indicator"].str.contains("share"), "value"] = "9.9"
    panel.to_csv(other / "panel.csv", index=False)
    return flagship_folder, other


def test_tells_every_place_and_one_in_words(call, two):
    said = call("compare", *two, "--place", "shanxi").out
    assert "Why ranks changed: china-regions-2020 to revised" in said
    assert "Shanxi rose from rank" in said and "own data +" in said and "method" in said
    said = call("compare", *two, "--place", "山西", lang="zh").out
    assert "山西由第" in said and "自身数据 +" in said


def test_writes_table_and_figure_and_replaces_them_only_by_force(call, two, tmp_path):
    out = tmp_path / "why"
    call("compare", *two, "--place", "shanxi", "--out", out)
    assert sorted(path.name for path in out.iterdir()) == [
        "changes.csv", "waterfall-shanxi.png", "waterfall-shanxi.svg",
    ]  # fmt: skip
    table = pd.read_csv(out / "changes.csv")
    parts = [name for name in table if name.startswith("gained_") and name != "gained_together"]
    assert table[parts].sum(axis=1).to_numpy() == pytest.approx(table["gained"].to_numpy(), abs=1e-9)
    assert (out / "waterfall-shanxi.png").read_bytes()[:4] == b"\x89PNG"
    ET.fromstring((out / "waterfall-shanxi.svg").read_bytes())
    assert "F122" in call("compare", *two, "--out", out, "--place", "shanxi", code=1).err
    call("compare", *two, "--out", out, "--place", "shanxi", "--force")
    call("compare", *two, "--out", tmp_path / "table.csv")
    assert len(list(tmp_path.glob("table*"))) == 3
    assert "F123" in call("compare", *two, "--out", tmp_path / "no" / "where", code=1).err


def test_json_holds_parts_that_sum(call, two):
    told = json.loads(call("compare", *two, "--json").out)
    assert told["before"]["name"] == "china-regions-2020" and told["after"]["index"] == "centre"
    assert len(told["changes"]) == 14 and told["place"] and told["sentence"]
    for row in told["changes"]:
        parts = [row[f"gained_{cause}"] for cause in ("own_data", "others_data", "method", "membership")]
        assert sum(parts) == pytest.approx(row["gained"], abs=1e-9)


@pytest.mark.parametrize(
    ("more", "english", "chinese"),
    [
        ((), "give two folders, BEFORE and AFTER, or one folder and --years", "请给出前后两个文件夹"),
        (("--years", 2020, 2020), "both years are 2020", "两个年份都是 2020"),
    ],
)
def test_unreadable_calls(call, flagship_folder, more, english, chinese):
    assert english in call("compare", flagship_folder, *more, code=2).err
    assert chinese in call("compare", flagship_folder, *more, code=2, lang="zh").err


def test_findings_end_with_one(call, two, flagship_folder, tmp_path):
    assert "C173" in call("compare", *two, "--place", "atlantis", code=1).err
    assert "C171" in call("compare", *two, "--index", "none", code=1).err
    assert "C174" in call("compare", flagship_folder, "--years", 2019, 2020, code=1).err
    told = json.loads(call("compare", tmp_path / "nowhere", flagship_folder, "--json", code=1).out)
    assert told["findings"][0]["code"] == "F001"
