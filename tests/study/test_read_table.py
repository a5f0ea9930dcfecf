"""Tables from files: encodings, formats, outlines, sizes."""

import datetime
import io
import os
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from innohub.errors import RecordError
from innohub.study import read_table

HEADS = ["地区", "year", "value", "note"]
ROWS = [["北京", "2020", "6.5", "a, b"], ["内 蒙 古", "2020", "27", ""], ["São Paulo", "2021", "", 'say "x"']]


LAST = ["São Paulo", 2021, None, 'say "x"']


def _csv(end="\n", delimiter=","):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if set(text) & set('",;\t') else text

    return "".join(delimiter.join(map(cell, row)) + end for row in [HEADS, *ROWS])


def _workbook(rows, edit=lambda sheet: None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    edit(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _parquet(table):
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def _codes(path):
    try:
        return [finding.code for finding in read_table(path).findings]
    except RecordError as problem:
        return [finding.code for finding in problem.findings]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", _csv().encode()),
        ("t.csv", _csv().encode("utf-8-sig")),
        ("t.csv", _csv().encode("gb18030")),
        ("t.csv", _csv().encode("utf-16")),
        ("t.csv", _csv().encode("utf-16-be").join([b"\xfe\xff", b""])),
        ("t.csv", _csv("\r\n").encode()),
        ("t.csv", _csv("\r").encode()),
        ("t.csv", _csv(delimiter=";").encode()),
        ("t.tsv", _csv(delimiter="\t").encode()),
        ("t.xlsx", _workbook([HEADS, ["北京", 2020, 6.5, "a, b"], ["内 蒙 古", 2020, 27, ""], LAST])),
        (
            "t.parquet",
            _parquet(
                pa.table(
                    {
                        "地区": ["北京", "内 蒙 古", "São Paulo"],
                        "year": pa.array([2020, 2020, 2021], pa.int32()),
                        "value": pa.array([6.5, 27.0, None], pa.float32()),
                        "note": ["a, b", "", 'say "x"'],
                    }
                )
            ),
        ),
    ],
)  # fmt: skip
def test_one_table_in_every_format(table, name, content):
    path = table(name, content)
    read = read_table(path)
    assert list(read.frame.columns) == HEADS
    assert read.frame.to_numpy().tolist() == ROWS
    assert read.rows.tolist() == [2, 3, 4]
    assert path.read_bytes() == content


def test_rows_are_numbered_as_a_spreadsheet_shows_them(table):
    read = read_table(table("t.csv", 'a,b\n\n1,"two\nlines"\n,\n3,4\n'))
    assert read.rows.tolist() == [3, 5]


def test_titles_unit_line_notes_and_repeated_heads(table):
    text = (
        "表1 主要指标,,\n,,单位：万人\n地区,甲,乙\n北京,1,2\n续表,,\n地区,甲,乙\n湖北,3,4\n注：来自年鉴,,\n"
    )
    read = read_table(table("t.csv", text))
    assert read.unit == "万人"
    assert read.rows.tolist() == [4, 7]
    assert sorted({finding.code for finding in read.findings}) == ["R022", "R023"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "R001"), (" , \n,\n", "R001"), ("a,b\n", "R002"), ("a,a\n1,2\n", "R003"), ("a,,c\n1,2,3\n", "R004"),
        ("a,b\n1,2,3\n", "R005"), ("a,b\n1\n", "R005"), ('a,b\n1,"2\n', "R024"), ("a,b\n1,\ufffd\n", "R021"),
        ("a,b\n骞垮窞,1\n", "F013"), ("a,b\n¹ãÖÝ,1\n", "F013"), ("a,b\nå¹¿å·ž,1\n", "F013"),
        (b"a,b\n\xff\x80,1\n", "F012"), (b"PK\x03\x04\x00\x00", "F018"), ("a,b\n" + "x" * 40_000 + ",1\n", "R009"),
    ],
)  # fmt: skip
def test_outline_findings(table, content, code):
    assert code in _codes(table("t.csv", content))


@pytest.mark.parametrize(
    "name", ["联通", "黑龙江省", "呼和浩特市", "São Paulo", "Øresund", "Île-de-France", "Malmö", "鞍山钢铁"]
)
def test_sound_names_are_not_called_garbled(table, name):
    for encoding in ("utf-8", "gb18030"):
        assert "F013" not in _codes(table("t.csv", f"a,b\n{name},1\n".encode(encoding)))


def test_unknown_type_and_missing_file(tmp_path, table):
    assert _codes(table("t.xls", b"x")) == ["F006"]
    assert _codes(tmp_path / "none.csv") == ["F008"]
    assert _codes(tmp_path / "none.xlsx") == ["F008"]


def _spoil(sheet):
    sheet["B2"].number_format = "0.0%"
    sheet["B3"] = "=1+1"
    sheet["B4"] = "#DIV/0!"
    sheet["B4"].data_type = "e"


def test_workbook_keeps_what_readers_lose(table):
    path = table("t.xlsx", _workbook([["place", "x"], ["a", 0.235], ["b", 1], ["c", 2], ["d", True]], _spoil))
    read = read_table(path)
    assert read.frame["x"].tolist() == ["23.5%", "", "#DIV/0!", "TRUE"]
    (finding,) = read.findings
    assert (finding.code, finding.row, finding.column) == ("R008", 3, "B")


def test_merged_head_is_filled_and_merged_data_refused(table):
    def merge(sheet):
        for cells in ("A1:D1", "A2:A3", "B2:C2", "D2:D3", "D4:D5"):
            sheet.merge_cells(cells)

    rows = [
        ["表1"],
        ["地区", "投入", None, "产出"],
        [None, "经费", "人员"],
        ["北京", 1, 2, 3],
        ["湖北", 4, 5, None],
    ]
    read = read_table(table("t.xlsx", _workbook(rows, merge)))
    assert list(read.frame.columns) == ["地区", "投入/经费", "投入/人员", "产出"]
    assert [(f.code, f.level, f.row) for f in read.findings if f.level == "error"] == [("R007", "error", 4)]
    assert next(f for f in read.findings if f.code == "R007").params["range"] == "D4:D5"
    assert "R006" in {finding.code for finding in read.findings}


def test_sheets_are_named_after_a_hash(table):
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.create_sheet("二").append(["c", "d"])
    book["二"].append([datetime.date(2020, 1, 2), 4])
    stream = io.BytesIO()
    book.save(stream)
    path = table("t.xlsx", stream.getvalue())
    assert _codes(path) == ["F020"]
    assert read_table(f"{path}#二").frame.to_numpy().tolist() == [["2020-01-02", "4"]]
    with pytest.raises(RecordError) as refused:
        read_table(f"{path}#三")
    assert refused.value.findings[0].code == "F011"


def _repack(data, edit):
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, edit(source.read(name)))
    return out.getvalue()


BASE = _workbook([["place", "x"], ["MARK", 1]])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("t.csv", lambda: b"a,b\n" + b"x" * 199_000_000, "R009"),
        ("t.csv", lambda: b"x" * 200_000_001, "F007"),
        ("t.csv", lambda: b"," * 100_000 + b"\n", "R010"),
        ("t.xlsx", lambda: _repack(BASE, lambda part: part.replace(b"MARK", b"x" * 200_000_000)), "F009"),
        ("t.xlsx", lambda: _repack(BASE, lambda part: part.replace(b"MARK", b"x" * 40_000)), "R009"),
        ("t.xlsx", lambda: _repack(BASE, lambda part: part.replace(b'"B2"', b'"XFD1048576"')), "R010"),
        ("t.xlsx", lambda: b"no archive", "F010"),
        ("t.xlsx", lambda: BASE[: len(BASE) // 2], "F010"),
        ("t.parquet", lambda: _parquet(pa.table({"a": pa.array(np.zeros(6_000_000))})), "R010"),
        ("t.parquet", lambda: _parquet(pa.table({"a": [[1], [2]]})), "F010"),
        ("t.parquet", lambda: b"PAR1", "F010"),
        ("t.parquet", lambda: _parquet(pa.table({"a": pa.array([b"\xaa"]).view(pa.string())})), "F010"),
    ],
)  # fmt: skip
def test_absurd_sizes_and_damage_are_refused(table, name, content, code):
    assert _codes(table(name, content())) == [code]


def test_a_directory_that_lies_about_sizes_is_counted_out(table, monkeypatch):
    honest = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(BASE)).infolist())
    monkeypatch.setattr("innohub.study.archive.TEXT_BYTES", honest + 10_000)
    forged = bytearray(_repack(BASE, lambda part: part.replace(b"MARK", b"x" * 20_000)))
    at = 0
    while (at := forged.find(b"PK\x01\x02", at)) >= 0:
        forged[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at += 4
    assert _codes(table("t.xlsx", bytes(forged))) == ["F009"]


def test_shared_texts_copied_into_every_cell_are_refused(table, monkeypatch):
    stream = io.BytesIO()
    pd.DataFrame({"a": ["y" * 20_000] * 50}).to_excel(stream, index=False)
    monkeypatch.setattr("innohub.study.archive.TEXT_BYTES", 200_000)
    path = table("t.xlsx", _shared(stream.getvalue()))
    assert _codes(path) == ["R009"]


def _shared(data):
    """Write the long texts of a workbook once, as shared texts."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    long = b"<is><t>" + b"y" * 20_000 + b"</t></is>"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if "sheet1" in name:
                part = part.replace(b't="inlineStr">' + long, b't="s"><v>0</v>')
                assert b't="s"' in part
            target.writestr(name, part)
        target.writestr("xl/sharedStrings.xml", b"<sst><si><t>" + b"y" * 20_000 + b"</t></si></sst>")
    return out.getvalue()


def test_a_folder_or_a_pipe_is_no_file(tmp_path):
    (tmp_path / "t.csv").mkdir()
    os.mkfifo(tmp_path / "u.xlsx")
    assert _codes(tmp_path / "t.csv") == ["F021"]
    assert _codes(tmp_path / "u.xlsx") == ["F021"]
