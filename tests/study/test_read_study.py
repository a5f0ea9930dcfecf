"""A sound study, in every form its tables may have."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from innohub.errors import StudyError
from innohub.study import check_study, read_study


def _hashes(path):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in path.iterdir()}


def test_tables_of_a_sound_study(folder):
    before = _hashes(folder.path)
    study = read_study(folder.path)
    assert study.findings == ()
    assert study.files == before == _hashes(folder.path)
    assert list(study.places.columns) == [
        "place", "kind", "name_zh", "name_en", "country", "region", "part_of", "lat", "lon", "members",
        "file", "row",
    ]  # fmt: skip
    assert list(study.indicators.columns) == [
        "indicator", "name_zh", "name_en", "unit", "direction", "denominator", "factor", "low", "high", "target",
        "noise", "area", "transform", "note_zh", "note_en", "file", "row",
    ]  # fmt: skip
    assert study.indicators["direction"].tolist() == [1, 1, -1]
    assert list(study.values.columns) == [
        "place", "indicator", "year", "value", "unit", "source", "flag", "note", "note_zh", "note_en",
        "file", "row", "column", "cell", "since", "area", "qualifier", "spread", "rule",
    ]  # fmt: skip
    second = study.values.iloc[1]
    stated = ["since", "area", "qualifier", "spread", "rule"]
    assert second[stated].isna().tolist() == [True, False, False, True, False]
    assert second.drop(stated).to_list() == [
        "jjj", "rd", 2020, 3.99, "% of GDP", "yb", "substituted", *["Tianjin is 2021"] * 3,
        "panel.csv", 3, "value", "3.99",
    ]  # fmt: skip
    framework = study.frameworks["centre"]
    assert framework["parent"].tolist()[:2] == ["", "centre"]
    assert framework["name_zh"].tolist()[3] == "研发强度（%）"
    assert framework["indicator"].tolist() == ["", "", "", "rd", "univ", "energy"]
    assert np.isnan(framework["weight"][0])
    assert study.plan is not None
    assert study.plan["place"].tolist() == ["jjj", ""]
    assert str(study.values["year"].dtype) == str(study.plan["row"].dtype) == "int64"


def test_shipped_study_has_no_error(flagship_folder):
    study = read_study(flagship_folder)
    assert len(study.places) == 18
    assert len(study.values) == 180
    assert "~gba" in study.places["part_of"].tolist()
    assert not [finding for finding in study.findings if finding.level == "warning"]


def _panel(folder):
    return pd.read_csv(folder.path / "panel.csv", dtype={"value": float})


def _save(frame, folder, kind):
    (folder.path / "panel.csv").unlink()
    if kind == "xlsx":
        frame.to_excel(folder.path / "panel.xlsx", index=False)
    elif kind == "parquet":
        frame.to_parquet(folder.path / "panel.parquet")
    else:
        folder.write("panel.csv", frame.to_csv(index=False).encode(kind))


@pytest.mark.parametrize("kind", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "xlsx", "parquet"])
def test_the_same_panel_in_every_format(folder, kind):
    plain = read_study(folder.path).values
    _save(_panel(folder), folder, kind)
    study = read_study(folder.path)
    other = study.values.assign(file="panel.csv")
    pd.testing.assert_frame_equal(plain.drop(columns="cell"), other.drop(columns="cell"))
    assert {finding.code for finding in study.findings} <= {"F015", "F017"}


def test_a_wide_panel_gives_the_same_values(folder):
    plain = read_study(folder.path).values
    wide = _panel(folder).pivot(index="place", columns="indicator", values="value").reset_index()
    wide = wide.rename(columns={"place": "地区", "rd": "研发强度（%）", "univ": "Universities"})
    wide["地区"] = wide["地区"].map({"beijing": "北京", "jjj": "京津冀", "hubei": "湖 北"})
    wide.insert(1, "年份", 2020)
    folder.write("panel.csv", wide.to_csv(index=False))
    study = read_study(folder.path)
    key = ["place", "indicator", "year", "value"]
    pd.testing.assert_frame_equal(
        plain[key].sort_values(key[:2]).reset_index(drop=True),
        study.values[key].sort_values(key[:2]).reset_index(drop=True),
    )
    cell = study.values[(study.values["place"] == "hubei") & (study.values["indicator"] == "univ")].iloc[0]
    assert (cell["row"], cell["column"], cell["cell"]) == (3, "Universities", "7.0")
    assert {finding.code for finding in study.findings} == {"P004", "P021"}


def test_chinese_heads_everywhere(folder):
    folder.change(
        "panel.csv",
        "place,indicator,year,value,unit,source,flag,note",
        "地区,指标,年份,数值,单位,来源,标记,备注",
    )
    folder.change("places.csv", "place,kind,name_zh,name_en", "地区代码,类型,中文名,英文名")
    folder.change(
        "indicators.csv", "indicator,name_zh,name_en,unit,direction", "指标代码,中文名,英文名,单位,方向"
    )
    folder.change(
        "framework.csv", "node,parent,name_zh,name_en,weight,indicator", "节点,上级,中文名,英文名,权重,指标"
    )
    folder.change("indicators.csv", "% of GDP,1", "% of GDP,正向").change(
        "indicators.csv", "万元,-1", "万元,逆向"
    )
    study = read_study(folder.path)
    assert study.findings == ()
    assert study.indicators["direction"].tolist() == [1, 1, -1]


def test_several_files_and_sheets(folder):
    frame = _panel(folder)
    (folder.path / "data").mkdir()
    frame.iloc[:4].to_csv(folder.path / "data" / "one.csv", index=False)
    with pd.ExcelWriter(folder.path / "two.xlsx") as book:
        frame.iloc[:1].to_excel(book, sheet_name="first", index=False)
        frame.iloc[4:].to_excel(book, sheet_name="其余", index=False)
    folder.change("study.toml", "[tiers]", '[files]\npanel = ["data/one.csv", "two.xlsx#其余"]\n[tiers]')
    study = read_study(folder.path)
    assert study.values["file"].unique().tolist() == ["data/one.csv", "two.xlsx#其余"]
    assert set(study.files) >= {"data/one.csv", "two.xlsx"}
    assert len(study.values) == 9


def test_conversions_reach_the_values(folder):
    folder.change("panel.csv", "6.5,% of GDP", '"１，２３４．５％",').change(
        "panel.csv", ",27,count", ",3.2万,"
    )
    folder.change("panel.csv", ",32,count", ",123①,个").change("panel.csv", ",7,count", ",…,count")
    folder.change("panel.csv", ",5,万元", ",3.4亿元,").change("panel.csv", ",6,万元", ",0.3,亿元")
    folder.change("panel.csv", ",7,万元,yb,,", ",约12.3万元,,yb,estimated,")
    study = read_study(folder.path)
    values = study.values.set_index(["indicator", "place"])
    assert values["value"].drop(("univ", "hubei")).tolist() == [
        1234.5,
        3.99,
        2.3,
        32000,
        123,
        34000,
        3000,
        12.3,
    ]
    assert values["unit"].tolist()[3:] == ["count"] * 3 + ["万元"] * 3
    assert values["flag"].tolist() == [
        "converted", "substituted", "", "converted", "converted", "below_unit", "converted", "converted",
        "estimated;converted",
    ]  # fmt: skip
    assert values.loc[("univ", "jjj"), "note"] == "①"
    assert values.loc[("rd", "beijing"), "cell"] == "１，２３４．５％"
    levels = {(finding.code, finding.level) for finding in study.findings}
    assert levels == {("R013", "note"), ("R013", "warning"), ("R026", "note"), ("P010", "warning")}


def test_totals_and_of_which_rows(folder):
    text = "地区,研发强度,高校,能耗\n合计,1,2,3\n京津冀,3,4,5\n其中：北京,1,2,9\n#湖北,7,8,2\n"
    study = read_study(folder.write("panel.csv", text).path)
    assert study.values["place"].unique().tolist() == ["jjj", "beijing", "hubei"]
    assert [finding.value for finding in study.findings if finding.code == "P024"] == ["合计"]


def test_a_unit_above_the_table_is_used_where_it_fits(folder):
    text = ",,,单位：亿元\nplace,rd,univ,energy\nbeijing,1,2,3\njjj,2,3,4\nhubei,3,4,5\n"
    study = read_study(folder.write("panel.csv", text).path)
    assert study.values.loc[study.values["indicator"] == "energy", "value"].tolist() == [30000, 40000, 50000]
    assert study.values.loc[study.values["indicator"] == "rd", "value"].tolist() == [1, 2, 3]
    assert [f.level for f in study.findings if f.code == "P007"] == ["warning", "warning"]


def test_part_of_with_names_and_tildes(folder):
    folder.change("places.csv", "CN,jjj,39.9", "CN,京津冀；~hubei,39.9")
    assert read_study(folder.path).places["part_of"][0] == "jjj;~hubei"


def test_errors_are_raised_all_together(folder):
    folder.change("panel.csv", "beijing,rd,2020,6.5", "beijng,rd,2020,x").change(
        "indicators.csv", "GDP,1", "GDP,"
    )
    with pytest.raises(StudyError) as refused:
        read_study(folder.path)
    assert {finding.code for finding in refused.value.findings} == {"P001", "R014", "P012"}
    assert refused.value.findings == check_study(folder.path)


def test_nearest_names_do_not_depend_on_the_hash_seed(folder):
    folder.change("study.toml", "[tiers]", "[index.centre.nodes.zzz]\n[tiers]")
    assert folder.one("M010").params["near"] == ("centre", "input", "output")


def test_two_hundred_thousand_rows(folder):
    places, indicators, years = 500, 20, 20
    folder.write("places.csv", "place\n" + "".join(f"p{i}\n" for i in range(places)))
    folder.write(
        "indicators.csv", "indicator,unit,direction\n" + "".join(f"i{i},count,1\n" for i in range(indicators))
    )
    folder.write(
        "framework.csv",
        "node,parent,indicator,weight\nroot,,,\n" + "".join(f"n{i},root,i{i},1\n" for i in range(20)),
    )
    folder.write("plan.csv", "place,tier\np1,national\n")
    rows = (
        f"p{p},i{i},{2001 + y},{p * 1.7 + i / 3 + y},count,yb,,\n"
        for p in range(places)
        for i in range(indicators)
        for y in range(years)
    )
    folder.write("panel.csv", "place,indicator,year,value,unit,source,flag,note\n" + "".join(rows))
    study = read_study(folder.path)
    assert len(study.values) == 200_000
    assert study.values["value"].notna().all()


def test_joined_files_and_invisible_signs(folder):
    head, *lines = folder.files["panel.csv"].splitlines(keepends=True)
    joined = "\ufeff" + head + "".join(lines[:4]) + "\ufeff" + head + "".join(lines[4:])
    study = read_study(folder.write("panel.csv", joined).path)
    assert len(study.values) == 9
    assert [finding.code for finding in study.findings] == ["R023"]
    study = read_study(
        folder.write("panel.csv", folder.files["panel.csv"].replace("jjj", "\u200b京津冀")).path
    )
    assert [finding.code for finding in study.findings] == ["P004"]


def test_one_panel_under_two_names_is_read_once(folder):
    folder.change("study.toml", "[tiers]", '[files]\npanel = ["panel.csv", "./panel.csv"]\n[tiers]')
    assert len(read_study(folder.path).values) == 9


def test_a_table_of_sources_with_only_its_head_is_as_good_as_none(folder):
    folder.write("sources.csv", folder.files["sources.csv"].splitlines()[0])
    folder.write("plan.csv", folder.files["plan.csv"].replace(",yb", ","))
    assert {(finding.code, finding.level) for finding in check_study(folder.path)} == {("F014", "warning")}


def test_units_are_converted_and_named_by_indicator(folder):
    folder.change("indicators.csv", "% of GDP,1", "亿元,1").change("indicators.csv", "万元,-1", "亿元,-1")
    folder.write("panel.csv", "单位：万元,,\n地区,研发强度,能耗\njjj,1,2\nhubei,3,4\n")
    folder.write(
        "framework.csv", "node,parent,indicator,weight\ncentre,,,\nrd,centre,rd,1\nenergy,centre,energy,1\n"
    )
    named = {finding.params["indicator"]: finding.params["count"] for finding in folder.find("P010")}
    assert named == {"rd": 2, "energy": 2}


def test_world_panels_are_read_as_they_are_published(folder):
    text = folder.files["panel.csv"].replace("place,indicator,year", "geo,indicator,time")
    assert len(read_study(folder.write("panel.csv", text).path).values) == 9
