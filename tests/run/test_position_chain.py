"""From a function to the rows of both sides of every comparison."""

import json
import sys

import pytest

import innohub as ih
from innohub.cli import main
from innohub.errors import ModelError, PlaceError


def relations(link):
    return [each for _, each in link.walk() if each.kind == "relation"]


def test_every_relation_leads_to_the_rows_of_both_sides(write_position):
    folder = write_position()
    run = ih.run(folder)
    lines = (folder / "panel.csv").read_text(encoding="utf-8").splitlines()
    told = run.table("relations")
    for function, name in (("talent", "人才集聚"), ("knowledge", "知识创造")):
        chain = run.trace("广州", function)
        assert chain.kind == "function" and chain.label_zh == name
        found = relations(chain)
        assert len(found) == (told["function"] == function).sum()
        for each in found:
            own, peer = each.children
            for side in (own, peer):
                assert side.cell == lines[side.row - 1].split(",")[3] and float(side.cell) == side.value
            assert lines[own.row - 1].startswith("gz,")
            assert each.value == pytest.approx(own.value / peer.value)


def test_a_chain_reads_in_both_languages(write_position):
    chain = ih.run(write_position()).trace("gz", "talent")
    zh, en = chain.render("zh"), chain.render("en")
    assert "优于巴黎大区（年份不同、口径不同）" in zh and "2014年" in zh and "panel.csv 第3行" in zh
    assert "ahead of Ile-de-France (another year, another boundary)" in en and "row 3" in en
    assert "国际：超过5次、持平0次、未超过0次，达到，超过比例 = 1" in zh


def test_periods_and_unknown_years_are_told(write_position):
    panel = (
        "place,indicator,year,value\ngz,sci,2011-2015,7\nhk,sci,2011-2015,6\ngz,labour,2015,5\nhk,labour,,4\n"
    )
    run = ih.run(write_position(panel=panel))
    assert "2011—2015年" in run.trace("gz", "knowledge").render("zh")
    assert "年份不详" in run.trace("gz", "talent").render("zh")
    assert "year unknown" in run.trace("gz", "talent").render("en")


def test_names_indicators_and_the_whole_place(write_position):
    run = ih.run(write_position())
    one = run.trace("Guangzhou", "SCI papers")
    assert one == run.trace("gz", "knowledge") == run.trace("gz", "knowledge creation", "sci")
    whole = run.trace("gz")
    assert whole.kind == "position" and [child.label_en for child in whole.children] == [
        "talent agglomeration", "knowledge creation",
    ]  # fmt: skip
    assert run.trace("gz", "mode").children == ()


def test_a_peer_in_two_sets_stands_once(write_position):
    peers = "scope,set,place\n" + "\n".join(
        f"{scope},{name},{place}"
        for scope, name in (("international", "w"), ("asia-pacific", "a"))
        for place in ("hk", "sg", "israel")
    )
    chain = ih.run(write_position("min_peers = 4", peers=peers)).trace("gz", "talent")
    assert "未超过0次，未检验\n" in chain.render("zh") and "缺失" not in chain.render("zh")
    assert len(relations(chain)) == 3
    assert [each.kind for each in chain.children].count("standing") == 2


@pytest.mark.parametrize(
    ("asked", "problem", "code"),
    [
        (("nowhere", "talent"), PlaceError, "L110"),
        (("hk", "talent"), PlaceError, "N183"),
        (("gz", "talnet"), ModelError, "N182"),
        (("gz", "talent", "sci"), ModelError, "N182"),
    ],
)
def test_what_is_not_there(write_position, asked, problem, code):
    run = ih.run(write_position())
    with pytest.raises(problem) as caught:
        run.trace(*asked)
    (finding,) = caught.value.findings
    assert finding.code == code and finding.text("hint", "zh") and finding.text("hint", "en")


def test_an_index_comes_first(write_position):
    folder = write_position()
    study = folder / "study.toml"
    study.write_text(study.read_text(encoding="utf-8") + "\n[index.talent]\n", encoding="utf-8")
    frame = "node,parent,weight,indicator\ni,,,\nn,i,1,labour\n"
    (folder / "framework.csv").write_text(frame, encoding="utf-8")
    run = ih.run(folder)
    assert run.trace("gz").kind == "score" and run.trace("gz", "talent").kind == "score"
    assert run.trace("gz", "knowledge").kind == "function"
    with pytest.raises(ModelError) as caught:
        run.trace("gz", "nonsense")
    assert caught.value.findings[0].code == "M130"


def called(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["innohub", "--lang", "en", *map(str, arguments)])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code, capsys.readouterr()


def test_the_verb_understands_a_function(write_position, monkeypatch, capsys):
    folder = write_position()
    ih.run(folder)
    code, said = called(monkeypatch, capsys, "trace", folder, "广州", "知识创造", "--json")
    chain = json.loads(said.out)
    assert code == 0 and chain["kind"] == "function" and chain["label_en"] == "knowledge creation"
    sides = [
        side for each in chain["children"] for one in each.get("children", ()) for side in one["children"]
    ]
    assert {(side["file"], side["row"]) for side in sides} == {("panel.csv", row) for row in range(8, 15)}
    code, said = called(monkeypatch, capsys, "trace", folder, "gz", "talnet")
    assert code == 1 and "N182" in said.err and "talent" in said.err
