"""``innohub claims`` as a user meets it."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from innohub.study import check_study

TEXT = """2020年粤港澳大湾区PCT国际专利申请占全国的42.29%，约为北京的3.4倍。
2022年北京企业有54家，占全国145家的1/3。
2020年长三角规模以上工业企业建立研究机构比例达到40%。
"""


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
def text(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    return path


def test_verdicts_are_printed_in_both_languages(innohub, text):
    said = innohub("claims", text, "--study", "china-regions-2020", code=1)
    assert "fails (1)" in said.stdout
    assert "37.24 %" in said.stdout
    assert "panel.csv, row 40: yangtze-river-delta firms_with_rd_share_pct 2020 = 46.71" in said.stdout
    assert "3.4" not in said.stdout.split("ambiguous (1)")[0].split("1/3")[1]
    assert "F017" in said.stderr
    chinese = innohub("claims", text, "--study", "china-regions-2020", "--all", code=1, lang="zh").stdout
    for word in ("不成立（1）", "有歧义（1）", "成立（2）", "以什么为分母", "共 6 条表述"):
        assert word in chinese, word


def test_json_carries_claims_and_facts(innohub, text):
    told = json.loads(innohub("claims", text, "--study", "china-regions-2020", "--json", code=1).stdout)
    assert {claim["verdict"] for claim in told["claims"]} >= {"holds", "fails", "ambiguous"}
    failed = next(claim for claim in told["claims"] if claim["verdict"] == "fails")
    assert failed["computed"] == pytest.approx(37.24138)
    assert [step["quote"] for step in failed["chain"]] == ["54家", "145家"]
    assert failed["line"] == 2
    assert {fact["kind"] for fact in told["facts"]} == {"share", "multiple", "value"}


def test_facts_can_be_reviewed_and_imported(innohub, text, tmp_path):
    innohub("new", "study", "--from", "china-regions-2020")
    innohub("claims", text, "--study", "study", "--out", "facts.csv", code=1)
    facts = pd.read_csv(tmp_path / "facts.csv", dtype=str, keep_default_na=False)
    assert list(facts.columns[:6]) == ["place", "indicator", "year", "value", "unit", "qualifier"]
    kept = facts[(facts["linked"] == "yes") & facts["kind"].eq("share")]
    assert kept["value"].tolist() == ["42.29"]
    panel = tmp_path / "study" / "panel.csv"
    told = pd.read_csv(panel, dtype=str, keep_default_na=False)
    told = told[~((told["place"] == "gba") & (told["indicator"] == "pct_applications_share_pct"))]
    pd.concat([told, kept[["place", "indicator", "year", "value", "unit", "qualifier"]]]).fillna("").to_csv(
        panel, index=False
    )
    assert not [f for f in check_study(tmp_path / "study") if f.level == "error"]
    assert "F122" in innohub("claims", text, "--study", "study", "--out", "facts.csv", code=1).stderr


def test_a_good_text_leaves_with_nought(innohub, tmp_path):
    path = tmp_path / "good.md"
    path.write_text("In 2020 the Greater Bay Area had 43 state key laboratories.\n", encoding="utf-8")
    said = innohub("claims", path, "--study", "china-regions-2020").stdout
    assert "1 claims: fails 0, ambiguous 0, scope missing 0, holds 1, cannot test 0." in said


def test_bad_calls(innohub, text, tmp_path):
    assert "C138" in innohub("claims", text, "--study", "china-region", code=1).stderr
    assert "china-regions-2020" in innohub("claims", text, "--study", "china-region", code=1).stderr
    assert "F001" in innohub("claims", text, "--study", "./nowhere", code=1).stderr
    (tmp_path / "old.doc").write_bytes(b"x")
    both = innohub("claims", "none.txt", "old.doc", "--study", "china-regions-2020", code=1, lang="zh").stderr
    assert "C130" in both
    assert "C131" in both
    assert "--study" in innohub("claims", text, code=2).stderr
    found = json.loads(
        innohub("claims", "none.txt", "--study", "china-regions-2020", "--json", code=1).stdout
    )["findings"]
    assert [finding["code"] for finding in found] == ["C130"]
