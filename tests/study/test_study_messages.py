"""Every bad input of the list, with the message that a user reads, in both languages."""

import re
import string

import pytest

from innohub.study import check_study
from innohub.words import words

# name, changes (file, old, new) or (file, content), code, level, where in English, title in English, title in Chinese
BAD = [
    ("unknown place", [("panel.csv", "beijing,rd,2020", "北京时,rd,2020")], "P001", "error", "panel.csv, row 2, column place",
     "unknown place '北京时'", "没有名为“北京时”的地区"),
    ("unknown indicator", [("panel.csv", "beijing,rd,2020", "beijing,研发强,2020")], "P002", "error",
     "panel.csv, row 2, column indicator", "unknown indicator '研发强'", "没有名为“研发强”的指标"),
    ("unknown source", [("panel.csv", "yb,substituted", "ybk,substituted")], "P003", "error",
     "panel.csv, row 3, column source", "unknown source 'ybk'", "没有代号为“ybk”的来源"),
    ("ambiguous name", [("places.csv", "beijing,city,北京", "beijing,city,湖北"), ("panel.csv", "hubei,rd", "湖北,rd")],
     "P005", "error", "panel.csv, row 4, column place", "the name '湖北' is ambiguous", "名称“湖北”有歧义"),
    ("duplicate cell", [("panel.csv", "beijing,rd,2020,6.5", "jjj,rd,2020,6.5")], "P006", "error",
     "panel.csv, row 3, column value", "the value of 'jjj', 'rd', 2020 stands twice", "“jjj”“rd”2020 年的数值重复"),
    ("text in a number", [("panel.csv", "6.5,", "high,")], "R014", "error", "panel.csv, row 2, column value",
     "'high' is not a number", "“high”不是数字"),
    ("decimal comma", [("panel.csv", "6.5,", '"2,63",')], "R015", "error", "panel.csv, row 2, column value",
     "the separators in '2,63' are ambiguous", "“2,63”中的分隔符有歧义"),
    ("brackets", [("panel.csv", "6.5,", "(12.3),")], "R016", "error", "panel.csv, row 2, column value",
     "the number '(12.3)' is in brackets", "数字“(12.3)”带括号"),
    ("approximate", [("panel.csv", ",27,", ",约3万,")], "R017", "error", "panel.csv, row 5, column value",
     "'约3万' is only approximate", "“约3万”只是约数"),
    ("range", [("panel.csv", "6.5,", "12-13,")], "R018", "error", "panel.csv, row 2, column value",
     "'12-13' is a range or a date, not one number", "“12-13”是区间或日期，不是一个数"),
    ("NaN text", [("panel.csv", "6.5,", "NaN,")], "R019", "error", "panel.csv, row 2, column value",
     "'NaN' is not a finite number", "“NaN”不是有限的数"),
    ("spreadsheet error", [("panel.csv", "6.5,", "#REF!,")], "R020", "error", "panel.csv, row 2, column value",
     "the cell holds the spreadsheet error '#REF!'", "单元格是电子表格的错误值“#REF!”"),
    ("full-width digits", [("panel.csv", "6.5,", "６．５,")], "R013", "note", "panel.csv, row 2, column value",
     "'６．５' was read as 6.5", "“６．５”按 6.5 读取"),
    ("thousands", [("panel.csv", ",27,", ',"1,234.5",')], "R013", "note", "panel.csv, row 5, column value",
     "'1,234.5' was read as 1234.5", "“1,234.5”按 1234.5 读取"),
    ("万", [("panel.csv", ",27,", ",3.2万,")], "R013", "warning", "panel.csv, row 5, column value",
     "'3.2万' was read as 32000", "“3.2万”按 32000 读取"),
    ("per cent that fits", [("panel.csv", "6.5,", "12.4%,")], "R013", "note", "panel.csv, row 2, column value",
     "'12.4%' was read as 12.4", "“12.4%”按 12.4 读取"),
    ("per cent that does not fit", [("panel.csv", ",27,", ",12.4%,")], "P008", "error", "panel.csv, row 5, column value",
     "per cent given for 'univ', which is in 'count'", "指标“univ”的单位为“count”，却填了百分数"),
    ("万 under 万元", [("panel.csv", ",5,万元", ",3万,万元")], "P009", "error", "panel.csv, row 8, column value",
     "'3万' is ambiguous for 'energy', whose unit is '万元'", "“3万”用于指标“energy”有歧义，其单位为“万元”"),
    ("unit mismatch", [("panel.csv", ",5,万元", ",5,人")], "P007", "error", "panel.csv, row 8, column unit",
     "the unit '人' does not fit the indicator 'energy'", "单位“人”与指标“energy”不符"),
    ("other multiple", [("panel.csv", ",5,万元", ",5,亿元")], "P010", "warning", "panel.csv, row 8, column unit",
     "values in '亿元' were converted to '万元'", "以“亿元”计的数值已换算为“万元”"),
    ("GBK", [("panel.csv", "place,indicator,year,value\n北京,rd,2020,1\n湖北,rd,2020,2\n".encode("gbk"))], "F017", "note", "panel.csv",
     "read as GB18030 (GBK)", "按 GB18030（GBK）编码读取"),
    ("no encoding", [("panel.csv", b"a,b\n\xff\x80,1\n")], "F012", "error", "panel.csv, row 2",
     "the text encoding cannot be recognised", "无法识别文本编码"),
    ("garbled", [("panel.csv", "place,rd\n骞垮窞,1\n")], "F013", "error", "panel.csv, row 2",
     "garbled characters: '骞垮窞' was probably '广州'", "文字乱码：“骞垮窞”原文可能是“广州”"),
    ("direction missing", [("indicators.csv", "GDP,1", "GDP,")], "P012", "error", "indicators.csv, row 2, column direction",
     "indicator 'rd' has no direction", "指标“rd”没有方向"),
    ("direction unreadable", [("indicators.csv", "GDP,1", "GDP,2")], "P011", "error", "indicators.csv, row 2, column direction",
     "the direction '2' of 'rd' is not understood", "指标“rd”的方向“2”无法识别"),
    ("constant", [("panel.csv", ",27,", ",7,"), ("panel.csv", ",32,", ",7.0,")], "P013", "warning",
     "indicators.csv, row 3, column indicator", "indicator 'univ' is the same everywhere in 2020: 7",
     "指标“univ”在 2020 年各地相同，均为 7"),
    ("all missing", [("panel.csv", ",27,", ",,"), ("panel.csv", ",32,", ",-,"), ("panel.csv", ",7,count", ",,count")], "P014",
     "error", "indicators.csv, row 3, column indicator", "indicator 'univ' has no value in 2020", "指标“univ”在 2020 年没有数值"),
    ("year absent", [("study.toml", "year = 2020", "year = 2019")], "P015", "error", "study.toml, row 4, column study.year",
     "the panel has no values for 2019, the year of the study", "数值表没有研究年份 2019 年的数值"),
    ("no year", [("panel.csv", "beijing,rd,2020", "beijing,rd,soon")], "P016", "error", "panel.csv, row 2, column year",
     "'soon' is not a year", "“soon”不是年份"),
    ("blank year", [("panel.csv", "beijing,rd,2020", "beijing,rd,")], "P020", "error", "panel.csv, row 2, column year",
     "the column 'year' is blank in this row", "此行的“year”列为空"),
    ("implausible year", [("panel.csv", "beijing,rd,2020", "beijing,rd,43831")], "P017", "error", "panel.csv, row 2, column year",
     "the year 43831 is implausible", "年份 43831 不合常理"),
    ("no values", [("panel.csv", "place,indicator,value\nbeijing,rd,\n")], "P023", "error", "panel.csv",
     "the panel holds no value", "数值表没有任何数值"),
    ("unknown flag", [("panel.csv", "yb,substituted", "yb,substitued")], "P027", "warning", "panel.csv, row 3, column flag",
     "unknown flag 'substitued'", "不认识标记“substitued”"),
    ("no panel", [("panel.csv", "x,y\n1,2\n")], "P026", "error", "panel.csv, row 1",
     "the table is neither a long nor a wide panel", "此表既不是长表，也不是宽表"),
    ("wide column unknown", [("panel.csv", "place,rd,univ,energy,rdd\nbeijing,1,2,3,4\njjj,2,3,4,5\nhubei,3,4,5,6\n")], "P022",
     "warning", "panel.csv, row 1, column rdd", "the column 'rdd' is no known indicator and was not read", "“rdd”列不是已登记的指标，未读取"),
    ("wide column twice", [("panel.csv", "place,rd,R&D intensity\nbeijing,1,2\n")], "P031", "error",
     "panel.csv, row 1, column R&D intensity", "two columns give the indicator 'rd'", "有两列都是指标“rd”"),
    ("duplicate place", [("places.csv", "hubei,province", "beijing,province")], "L001", "error", "places.csv, row 4, column place",
     "the place 'beijing' stands twice", "地区“beijing”重复"),
    ("out of range", [("places.csv", "30.97,112.27", "95,200")], "L002", "error", "places.csv, row 4, column lat",
     "the coordinates of 'hubei' are out of range: lat 95, lon 200", "“hubei”的坐标超出范围：纬度 95，经度 200"),
    ("exchanged", [("places.csv", "39.9,116.4", "116.4,39.9")], "L003", "error", "places.csv, row 2, column lat",
     "latitude and longitude of 'beijing' seem to be exchanged: lat 116.4, lon 39.9",
     "“beijing”的经纬度似乎颠倒：纬度 116.4，经度 39.9"),
    ("null island", [("places.csv", "39.9,116.4", "0,0")], "L004", "error", "places.csv, row 2, column lat",
     "'beijing' lies at (0, 0), in the Gulf of Guinea", "“beijing”位于（0，0），即几内亚湾"),
    ("part_of unknown", [("places.csv", "CN,jjj", "CN,jj")], "L005", "error", "places.csv, row 2, column part_of",
     "part_of of 'beijing' names an unknown place: 'jj'", "“beijing”的 part_of 列中有未登记的地区“jj”"),
    ("part_of circle", [("places.csv", "CN,,39.2", "CN,beijing,39.2")], "L006", "error", "places.csv, row 2, column part_of",
     "places lie inside each other in a circle: beijing → jjj → beijing", "地区隶属关系成环：beijing → jjj → beijing"),
    ("inside itself", [("places.csv", "CN,,39.2", "CN,jjj,39.2")], "L007", "error", "places.csv, row 3, column part_of",
     "'jjj' is said to lie inside itself", "“jjj”隶属于自己"),
    ("no place id", [("places.csv", "hubei,province", ",province"), ("panel.csv", "hubei", "jjj")], "L008", "error",
     "places.csv, row 4, column place", "the row has no place id", "此行没有地区代码"),
    ("half a point", [("places.csv", "30.97,", ",")], "L010", "warning", "places.csv, row 4, column lat",
     "'hubei' has only one of latitude and longitude", "“hubei”只有纬度或经度之一"),
    ("both stand for both", [("places.csv", "CN,,39.2", "CN,~hubei,39.2"), ("places.csv", "CN,,30", "CN,~jjj,30")], "L012",
     "error", "places.csv, row 4, column part_of", "'hubei' and 'jjj' each stand for the other", "“hubei”与“jjj”互以对方为整体"),
    ("framework circle", [("framework.csv", "input,centre", "input,i1")], "M020", "error", "framework.csv, row 3, column parent",
     "the framework runs in a circle: input → i1 → input", "框架成环：input → i1 → input"),
    ("orphan", [("framework.csv", "output,centre", "output,centr")], "M021", "error", "framework.csv, row 4, column parent",
     "the parent 'centr' of node 'output' is not in the framework", "节点“output”的上级“centr”不在框架中"),
    ("two parents", [("framework.csv", "o1,output", "i1,output")], "M026", "error", "framework.csv, row 7, column node",
     "the node 'i1' has two parents: 'input' and 'output'", "节点“i1”有两个上级：“input”和“output”"),
    ("node twice", [("framework.csv", "i2,input", "i1,input")], "M022", "error", "framework.csv, row 6, column node",
     "the node 'i1' stands twice", "节点“i1”重复"),
    ("two roots", [("framework.csv", "output,centre", "output,")], "M023", "error", "framework.csv, row 4, column parent",
     "the framework has 2 roots: centre, output", "框架有 2 个根节点：centre, output"),
    ("no root", [("framework.csv", "centre,,", "centre,top,")], "M032", "error", "framework.csv, column parent",
     "the framework has no root", "框架没有根节点"),
    ("leaf without indicator", [("framework.csv", "1,rd", "1,")], "M024", "error", "framework.csv, row 5, column indicator",
     "the node 'i1' has neither children nor an indicator", "节点“i1”既无下级，也无指标"),
    ("inner node without children", [("framework.csv", "o1,output", "o1,input")], "M024", "error",
     "framework.csv, row 4, column indicator", "the node 'output' has neither children nor an indicator", "节点“output”既无下级，也无指标"),
    ("children and indicator", [("framework.csv", "Input,2,", "Input,2,univ")], "M027", "error",
     "framework.csv, row 3, column indicator", "the node 'input' has children and an indicator", "节点“input”既有下级，又有指标"),
    ("negative weight", [("framework.csv", "Input,2", "Input,-2")], "M028", "error", "framework.csv, row 3, column weight",
     "the weight of 'input' is negative: -2", "“input”的权重为负：-2"),
    ("weight as text", [("framework.csv", "Input,2", "Input,high")], "M029", "error", "framework.csv, row 3, column weight",
     "the weight of 'input' is not a number: 'high'", "“input”的权重不是数字：“high”"),
    ("weights all zero", [("framework.csv", "1,rd", "0,rd"), ("framework.csv", "1,univ", "0,univ")], "M030", "error",
     "framework.csv, row 5, column weight", "all children of 'input' have weight 0", "“input”的下级权重全部为 0"),
    ("weight missing", [("framework.csv", "Input,2", "Input,")], "M031", "error", "framework.csv, row 3, column weight",
     "'input' has no weight", "“input”没有权重"),
    ("indicator twice", [("framework.csv", "1,energy", "1,rd")], "M033", "warning", "framework.csv, row 7, column indicator",
     "the indicator 'rd' stands twice in the framework", "指标“rd”在框架中出现两次"),
    ("context in the framework", [("indicators.csv", "GDP,1", "GDP,0")], "M034", "error", "framework.csv, row 5, column indicator",
     "the indicator 'rd' is context only and cannot enter an index", "指标“rd”仅作背景，不能进入指数"),
    ("unknown tier", [("plan.csv", "jjj,national", "jjj,world")], "M040", "error", "plan.csv, row 2, column tier",
     "unknown tier 'world' in the plan", "布局方案中的层级“world”不在本研究之列"),
    ("unknown key", [("study.toml", 'weights = "given"', 'weigths = "given"')], "M002", "error",
     "study.toml, row 7, column index.centre.weigths", "unknown key 'weigths' in study.toml", "study.toml 中没有“weigths”这个键"),
    ("path outside", [("study.toml", "[tiers]", '[files]\npanel = "../panel.csv"\n[tiers]')], "F005", "error",
     "study.toml, row 10, column files.panel", "the path '../panel.csv' leaves the study folder", "路径“../panel.csv”越出研究文件夹"),
    ("missing table", [("study.toml", "[tiers]", '[files]\npanel = "panle.csv"\n[tiers]')], "F004", "error",
     "study.toml, row 10, column files.panel", "the table 'panle.csv' is not in the study folder", "研究文件夹中没有“panle.csv”这张表"),
    ("column missing", [("places.csv", "place,kind,name_zh,name_en", "plaza,kind,a,b")], "R011", "error", "places.csv, column place",
     "the column 'place' is missing", "缺少“place”列"),
    ("column mistyped", [("panel.csv", "source,flag", "source,flagg")], "R012", "warning", "panel.csv, row 1, column flagg",
     "the column 'flagg' is not read", "“flagg”列未读取"),
    ("no source", [("panel.csv", "2.3,% of GDP,yb", "2.3,% of GDP,")], "P021", "warning", "panel.csv, row 4, column source",
     "values without a source: 1", "1 个数值没有来源"),
    ("no unit", [("indicators.csv", "% of GDP,1", ",1")], "P025", "warning", "indicators.csv, row 2, column unit",
     "indicator 'rd' has no unit", "指标“rd”没有单位"),
    ("duplicate indicator", [("indicators.csv", "energy,", "rd,")], "P018", "error", "indicators.csv, row 4, column indicator",
     "the indicator 'rd' stands twice", "指标“rd”重复"),
    ("duplicate source", [("sources.csv", "accessed\n", "accessed\nyb,,,,,,\n")], "P019", "error", "sources.csv, row 3, column source",
     "the source 'yb' stands twice", "来源“yb”重复"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code", "level", "where", "english", "chinese"),
    [row[1:] for row in BAD],
    ids=[row[0] for row in BAD],
)
def test_the_message_of_each_bad_input(folder, changes, code, level, where, english, chinese):
    for change in changes:
        folder.change(*change) if len(change) == 3 else folder.write(*change)
    before = {file.name: file.read_bytes() for file in folder.path.iterdir()}
    finding = folder.find(code)[0]
    lines = finding.render("en").splitlines()
    assert lines[0] == f"{level}[{code}]: {english}"
    assert lines[1] == f"  --> {where}"
    assert lines[-1].startswith("hint: ") and lines[-1].endswith(f"innohub explain {code}")
    assert finding.render("zh").splitlines()[0].endswith(f"[{code}]: {chinese}")
    assert before == {file.name: file.read_bytes() for file in folder.path.iterdir()}


def test_a_missing_table_of_sources_is_a_warning(folder):
    (folder.path / "sources.csv").unlink()
    finding = folder.one("F014")
    assert finding.level == "warning"
    assert "no table of sources" in finding.render("en")


def test_folders_that_are_no_study(folder, tmp_path):
    assert [finding.code for finding in check_study(tmp_path / "smal")] == ["F001"]
    assert "small" in check_study(tmp_path / "smal")[0].text("reason", "en")
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
