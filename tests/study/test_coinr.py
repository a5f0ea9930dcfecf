"""The two tables of COINr: read whatever their codes and levels, checked by name, written back as they were."""

import pytest

from innohub.errors import InnohubError, ModelError, RecordError
from innohub.study.coinr import data_csv, meta_csv, read_coinr
from innohub.study.coinr_method import Method, read_method

META = """iCode,Parent,Direction,Type,Weight
1st,研究,1,Indicator,1
发明 专利,研究,-1,Indicator,2
研究,总指数,1,Aggregate,1
GDP,总指数,1,Indicator,1
总指数,,1,Aggregate,1
组,,,Group,
"""
DATA = """uCode,组,1st,发明 专利,GDP
北京,甲,1,2,3
上海,甲,4,,6
广东,乙,7,8.5,NA
"""


@pytest.fixture
def read(tmp_path):
    def call(data=DATA, meta=META):
        for name, text in (("iData.csv", data), ("iMeta.csv", meta)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        return read_coinr(tmp_path / "iData.csv", tmp_path / "iMeta.csv")

    return call


def codes(problem):
    return sorted(finding.code for finding in problem.value.findings)


def test_any_code_and_any_depth_is_read(read):
    coinr = read()
    assert coinr.units == ("北京", "上海", "广东")
    assert list(coinr.values) == ["1st", "发明 专利", "GDP"]
    assert coinr.values["发明 专利"].isna().tolist() == [False, True, False]
    assert coinr.groups == {"组": ("甲", "甲", "乙")}
    level = coinr.framework.set_index("node")["level"].to_dict()
    assert level == {"1st": 1, "发明 专利": 1, "GDP": 1, "研究": 2, "总指数": 3}
    assert coinr.indicators["direction"].tolist() == [1, -1, 1]
    assert not coinr.has_time
    assert coinr.findings == ()


@pytest.mark.parametrize("file", ["ASEM_iData.csv", "ASEM_iData_p.csv"])
@pytest.mark.reference
def test_asem_is_written_back_equal(root, file):
    asem = root / "tests" / "reference" / "asem"
    coinr = read_coinr(asem / file, asem / "ASEM_iMeta.csv")
    assert data_csv(coinr) == (asem / file).read_text(encoding="utf-8")
    assert meta_csv(coinr) == (asem / "ASEM_iMeta.csv").read_text(encoding="utf-8")
    # The levels that the table writes down follow from the parents.
    written = coinr.meta[coinr.meta["Level"] != ""].set_index("iCode")["Level"].astype(float)
    assert coinr.framework.set_index("node")["level"].to_dict() == written.to_dict()


def test_unmatched_codes_are_named_on_both_sides(read):
    with pytest.raises(ModelError) as problem:
        read(data=DATA.replace("1st", "1ts"))
    finding = problem.value.findings[0]
    assert (finding.code, finding.value, finding.row) == ("M201", "1st", 2)
    assert "1ts" in finding.text("reason", "en")
    kept = read(data=DATA.replace("uCode,", "extra,uCode,").replace("\n", "\n9,").rstrip("9,"))
    assert [(found.code, found.level, found.column) for found in kept.findings] == [
        ("M202", "warning", "extra")
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("1st,研究,1,", "1st,研丸,1,", "M203"),
        ("1st,研究,1,", "1st,GDP,1,", "M203"),
        ("1st,研究,1,", "1st,研究,0,", "M204"),
        ("1st,研究,1,", "1st,研究,,", "M204"),
        ("1st,研究,1,Indicator", "1st,研究,1,Indikator", "M205"),
        ("GDP,总指数", "1st,总指数", "M206"),
        ("研究,总指数,1", "研究,研究,1", "M208"),
        ("研究,总指数,1", "研究,,1", "M209"),
        ("组,,,Group,", "组,,,Group,\n空,总指数,1,Aggregate,1", "M210"),
        ("发明 专利,研究,-1,Indicator,2", "发明 专利,研究,-1,Indicator,-2", "M211"),
        ("发明 专利,研究,-1,Indicator,2", "发明 专利,研究,-1,Indicator,x", "M211"),
        ("研究,总指数,1", "研究,总指数,-1", "M212"),
    ],
)
def test_a_framework_that_does_not_hold_together(read, old, new, code):
    assert old in META
    with pytest.raises(ModelError) as problem:
        read(meta=META.replace(old, new))
    assert code in codes(problem)
    assert all(finding.render(language) for finding in problem.value.findings for language in ("zh", "en"))


def test_an_indicator_without_parent_is_only_kept(read):
    coinr = read(meta=META.replace("GDP,总指数", "GDP,NA"))
    assert [finding.code for finding in coinr.findings] == ["M213"]
    assert list(coinr.values) == ["1st", "发明 专利"]
    assert "GDP" in data_csv(coinr)


def test_an_unknown_denominator(read):
    meta = "\n".join(
        line + (",Denominator" if place == 0 else ",人口" if place == 1 else ",")
        for place, line in enumerate(META.splitlines())
    )
    with pytest.raises(ModelError) as problem:
        read(meta=meta)
    assert codes(problem) == ["M207"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("uCode", "Kode", "R201"),
        ("上海,", "北京,", "R202"),
        ("8.5", "viel", "R203"),
        ("上海,", ",", "R205"),
    ],
)
def test_data_that_cannot_be_read(read, old, new, code):
    with pytest.raises((RecordError, ModelError)) as problem:
        read(data=DATA.replace(old, new))
    assert code in codes(problem)
    assert all(finding.render(language) for finding in problem.value.findings for language in ("zh", "en"))


def test_missing_columns_of_the_meta_table_are_named(read):
    with pytest.raises(RecordError) as problem:
        read(meta=META.replace("Direction", "Dirction"))
    (finding,) = (f for f in problem.value.findings if f.code == "R201")
    assert "Dirction" in finding.text("reason", "en")


def test_years(read):
    data = "uCode,Time,组,1st,发明 专利,GDP\na,2020,x,1,2,3\na,2021,x,1,2,3\n"
    assert read(data=data).row_names == ("a 2020", "a 2021")
    with pytest.raises(RecordError) as problem:
        read(data=data.replace("2021", "later"))
    assert codes(problem) == ["R204"]
    with pytest.raises(RecordError) as problem:
        read(data=data.replace("2021", "2020"))
    assert codes(problem) == ["R202"]


# The method file


@pytest.fixture
def method(tmp_path):
    def call(text):
        (tmp_path / "m.toml").write_text(text, encoding="utf-8")
        return read_method(tmp_path / "m.toml")

    return call


def test_defaults_are_those_of_coinr(method):
    assert method("") == Method()
    assert str(Method().normaliser) == "minmax(0, 100)"


@pytest.mark.parametrize(
    ("text", "ddof"), [("zscore", 1), ("zscore(10, 2)", 1), ("zscore(0, 1, 0)", 0), ("zscore(ddof = 0)", 0)]
)
def test_z_scores_divide_as_coinr_does_unless_told(method, text, ddof):
    assert method(f'normalise = "{text}"').normaliser["ddof"] == ddof


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("normalise = ", "M220", "m.toml"),
        ('normalize = "rank"', "M221", "normalise"),
        ("treat = { winsorize = 5 }", "M221", "winsorise"),
        ("screen = { min_availble = 0.9 }", "M221", "min_available"),
        ('denominate = "perhaps"', "M222", "denominate"),
        ("screen = { min_available = 2 }", "M222", "min_available"),
        ('normalise = "minmaxx(0, 1)"', "M102", "minmax"),
        ('treat = { otherwise = "loog" }', "M103", "loog"),
        ('[nodes.A]\naggregate = "geometrc"', "M102", "geometric"),
    ],
)
def test_a_slip_in_the_method_file_is_named(method, text, code, said):
    with pytest.raises(InnohubError) as problem:
        method(text)
    (finding,) = problem.value.findings
    assert finding.code == code
    assert said in finding.render("en")
    assert finding.file == "m.toml"


def test_treat_takes_a_spec_too(method):
    assert method('treat = "gii"').treat.text == "gii"
    assert method("treat = { winsorise = 3 }").treat.text == "skew_kurt(2.0, 3.5, 3, log_ct)"
