"""``innohub audit`` from a file to verdicts: heads, marks, totals, bad input, coupling errors."""

import json
import sys

import numpy as np
import openpyxl
import pandas as pd
import pytest

from innohub.cli import main
from innohub.ecosystem.coupling import couple

BOOK = """地区,资源,产出,环境,得分,位次
甲,80,60,70,72.0,2
乙,55,90,40,62.5①,4
丙,62,48,88,63.0,3
丁,91,73,52,77.8*,1
戊,35,66,５９,49.1,5
合计,323,337,309,,
注：数据为 2020 年。
"""


@pytest.fixture
def call(monkeypatch, capsys, tmp_path):
    def run(table, *arguments, code=0, lang="en"):
        path = tmp_path / "table.csv"
        if isinstance(table, str):
            path.write_text(table, encoding="utf-8")
        else:
            path = table
        monkeypatch.setattr(sys, "argv", ["innohub", "audit", str(path), *arguments, "--lang", lang])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert left.value.code == code, said
        return said

    return run


def data(said):
    return json.loads(said.out)


def codes(told):
    return [finding["code"] for finding in told["findings"]]


def test_the_sentence_says_equal_in_the_text_and_otherwise_in_the_table(call):
    arguments = ["--inputs", "资源,产出,环境", "--outputs", "得分", "--weights", "equal", "--rank", "位次"]
    said = call(BOOK, *arguments, code=1)
    assert "arithmetic mean reproduces 5 of 5 rows" in said.out
    assert "资源 0.500 (0.4982–0.5018), 产出 0.300 (0.2985–0.3015), 环境 0.200 (0.1984–0.2016)" in said.out
    assert "The text states other weights than the table shows." in said.out
    assert "warning[C111]" in said.err
    assert "5.8" in said.err
    assert "note[C105]" in said.err
    chinese = call(BOOK, *arguments, code=1, lang="zh")
    assert "算术平均在舍入误差内复现 5 行中的 5 行" in chinese.out
    assert "文中所称权重与表中数字不符" in chinese.out


def test_weights_that_hold_leave_nothing_to_say(call):
    told = data(
        call(BOOK, "--inputs", "资源,产出,环境", "--outputs", "得分", "--weights", "50,30,20", "--json")
    )
    assert told["outcomes"][0]["detail"]["stated"]["holds"]
    assert told["outcomes"][0]["verdict"] == "one"
    assert not {"C111", "C104"} & set(codes(told))


def test_a_typing_error_is_named_with_its_row_and_what_it_should_be(call, tmp_path):
    rng = np.random.default_rng(2)
    x = rng.uniform(10, 90, (16, 3)).round(1)
    y = (x @ [0.5, 0.3, 0.2]).round(1)
    right = y[9]
    y[9] = round(right + 9, 1)
    lines = [f"p{k},{a},{b},{c},{d}" for k, ((a, b, c), d) in enumerate(zip(x, y, strict=True))]
    out = tmp_path / "rows.csv"
    said = call(
        "\n".join(["place,a,b,c,score", *lines]), "--inputs", "a,b,c", "--outputs", "score", "--out", str(out),
        code=1,
    )  # fmt: skip
    assert f"p9 does not fit: {y[9]} is printed" in said.err
    assert "table.csv, row 11, column score" in said.err
    rows = pd.read_csv(out)
    own = rows[rows["aspect"].eq("aggregation")]
    assert own.loc[~own["fits"], "row"].tolist() == [11]
    assert own.loc[own["row"].eq(11), "expected"].item() == pytest.approx(right, abs=0.06)


def test_merged_heads_of_a_workbook(call, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["地区", "分项", None, None, "总分"])
    sheet.append([None, "资源", "产出", "环境", None])
    for line in BOOK.splitlines()[1:6]:
        name, a, b, c, y, _ = line.split(",")
        sheet.append([name, float(a), float(b), float(c), y])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:D1")
    sheet.merge_cells("E1:E2")
    path = tmp_path / "book.xlsx"
    book.save(path)
    told = data(call(path, "--inputs", "资源,分项/产出,环境", "--outputs", "总分", "--json"))
    assert told["outcomes"][0]["fits"][0]["weights"] == pytest.approx([0.5, 0.3, 0.2])


def test_exchanged_columns_are_told(call):
    rng = np.random.default_rng(4)
    x = rng.uniform(10, 90, (12, 2)).round(2)
    z = ((x - x.min(axis=0)) / np.ptp(x, axis=0)).round(3)[:, ::-1]
    lines = [",".join([f"p{k}", *map(str, row)]) for k, row in enumerate(np.column_stack([x, z]).tolist())]
    table = "\n".join(["place,a,b,za,zb", *lines])
    told = data(call(table, "--inputs", "a,b", "--outputs", "za,zb", "--json", code=1))
    assert codes(told).count("C110") == 2


def classed(side, scheme="ccd-10", slip=False):
    names = [
        "极度失调",
        "严重失调",
        "中度失调",
        "轻度失调",
        "濒临失调",
        "勉强协调",
        "初级协调",
        "中级协调",
        "良好协调",
        "优质协调",
    ]
    d = [0.05, 0.1, 0.15, 0.2, 0.25, 0.31, 0.4, 0.46, 0.5, 0.58, 0.6, 0.63, 0.72, 0.8, 0.88, 0.9, 0.95]
    level = [
        sum(x > k / 10 + 1e-9 if side == "right" else x >= k / 10 - 1e-9 for k in range(1, 10)) for x in d
    ]
    if slip:
        level[5] = 7
    return "\n".join(
        ["city,D,class", *(f"c{k},{x:.2f},{names[n]}" for k, (x, n) in enumerate(zip(d, level, strict=True)))]
    )


def test_classes_by_their_scheme_and_closed_side(call):
    told = data(call(classed("right"), "--classes", "class", "--of", "D", "--inputs", "D", "--json"))
    (outcome,) = told["outcomes"]
    assert (outcome["verdict"], outcome["fits"][0]["convention"]) == ("one", "ccd-10")
    assert outcome["fits"][0]["parameters"]["side"] == "right"
    assert outcome["fits"][0]["deciders"]
    other = data(call(classed("left"), "--classes", "class", "--of", "D", "--json", code=1))
    assert other["outcomes"][0]["verdict"] == "none"
    slip = data(call(classed("right", slip=True), "--classes", "class", "--of", "D", "--json", code=1))
    assert {"C104", "C115"} <= set(codes(slip))
    assert slip["outcomes"][0]["fits"][0]["misfits"] == [7]


# The errors of published coupling tables

U = np.random.default_rng(11).uniform(0.1, 0.9, (12, 3)).round(4)
A = np.array([0.5, 0.3, 0.2])
C = couple(U).coupling


@pytest.mark.parametrize(
    ("column", "values", "convention"),
    [
        ("coupling", C / 3, "n_missing"),
        ("coupling", C**3, "no_root"),
        ("coupling", couple(U * A).coupling, "weights_inside"),
        ("level", U.mean(axis=1), "plain_mean"),
        ("coordination", C, "is_coupling"),
        ("coupling", couple(U, "corrected").coupling, "corrected"),
    ],
)
def test_published_errors_of_coupling_tables(call, column, values, convention):
    parts = {"coupling": C, "level": U @ A}
    parts[column] = values
    parts.setdefault("coordination", np.sqrt(np.maximum(parts["coupling"] * parts["level"], 0)))
    table = pd.DataFrame(U, columns=["s1", "s2", "s3"]).assign(
        C=parts["coupling"].round(4), T=parts["level"].round(4), D=parts["coordination"].round(4)
    )
    table.insert(0, "city", [f"c{k}" for k in range(12)])
    arguments = ["--inputs", "s1,s2,s3", "--coupling", "C", "--level", "T", "--coordination", "D"]
    arguments += ["--weights", ".5,.3,.2", "--json"]
    told = data(call(table.to_csv(index=False), *arguments, code=0 if convention == "corrected" else 1))
    by = {row["column"]: row for row in told["coupling"]}
    assert by[column]["conventions"] == [convention]
    assert ("known error" in by[column]["sentence"]) == (convention != "corrected")


# Bad input


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--inputs", "资原", "--outputs", "得分"], "C100"),
        (["--inputs", "资源,产出", "--outputs", "产出"], "C118"),
        (["--inputs", "资源", "--outputs", "得分,位次"], "C112"),
        (["--outputs", "得分"], "C112"),
        (["--inputs", "资源,产出", "--outputs", "得分", "--weights", "many"], "C116"),
        (["--inputs", "资源,产出", "--outputs", "得分", "--weights", "1,2,3"], "C117"),
        (["--inputs", "资源", "--coupling", "得分"], "C119"),
        (["--inputs", "资源,地区", "--outputs", "得分"], "C114"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_wrong_question_has_its_message_and_hint(call, arguments, wanted, lang):
    said = call(BOOK, *arguments, code=1, lang=lang)
    assert f"[{wanted}]" in said.err
    assert ("建议：" if lang == "zh" else "hint: ") in said.err


def test_all_wrong_columns_are_told_at_once(call):
    told = data(call(BOOK, "--inputs", "x,y", "--outputs", "z", "--json", code=1))
    assert codes(told) == ["C100"] * 3


@pytest.mark.parametrize(
    ("arguments", "wanted", "reason"),
    [
        (["--inputs", "资源,产出,环境", "--outputs", "位次"], "C101", "ranks_only"),
        (["--inputs", "资源,产出,环境,位次,得分", "--outputs", "更"], "C102", "few_rows"),
        (["--inputs", "资源,恒", "--outputs", "得分"], "C103", "constant_input"),
    ],
)
def test_undecidable_tables_are_said_to_be_and_are_no_fault(call, arguments, wanted, reason):
    lines = BOOK.splitlines()[:6]
    table = "\n".join([lines[0] + ",更,恒", *(f"{line},{k}.37,5" for k, line in enumerate(lines[1:]))])
    told = data(call(table, *arguments, "--json"))
    assert (told["outcomes"][0]["verdict"], told["outcomes"][0]["reason"]) == ("undecidable", reason)
    assert wanted in codes(told)


def test_a_cell_that_is_no_number_is_left_out_and_named(call):
    table = BOOK.replace("62.5①", "约62.5")
    told = data(call(table, "--inputs", "资源,产出,环境", "--outputs", "得分", "--json", code=1))
    assert told["outcomes"][0]["rows"] == 4
    assert "C106" in codes(told)


def test_nothing_asked_takes_the_last_column_for_the_index_and_says_so(call):
    told = data(call(BOOK, "--json"))
    assert codes(told).count("C113") == 1
    assert (told["inputs"], told["outcomes"][0]["column"]) == (["资源", "产出", "环境"], "得分")
    assert "arithmetic mean reproduces 5 of 5 rows" in call(BOOK).out
    said = call(BOOK, lang="zh")
    assert "以“得分”为指数" in said.err and "名次列：位次" in said.err


def test_too_few_columns_of_numbers_leave_nothing_to_assume(call):
    assert "error[C109]" in call("city,a,score\nA,1,2\nB,3,4\n", code=1).err


def test_inputs_alone_are_a_wrong_call(call):
    call(BOOK, "--inputs", "资源,产出", code=2)


def test_filled_cells_are_found_by_their_mark(call):
    rng = np.random.default_rng(8)
    x = rng.uniform(10, 90, (10, 2)).round(1)
    texts = x.astype(str).astype(object)
    for row in (2, 6):
        texts[row, 0] = f"{np.delete(x[:, 0], [2, 6]).mean():.1f}*"
    lines = [f"p{k},{a},{b}" for k, (a, b) in enumerate(texts)]
    told = data(call("\n".join(["place,a,b", *lines]), "--inputs", "a,b", "--filled", "*", "--json"))
    assert told["outcomes"][0]["fits"][0]["convention"] == "column_mean"
