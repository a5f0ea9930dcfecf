"""One note for what many cells of a column have in common; errors stay apart."""

from innohub.errors import Finding
from innohub.study import read_study
from innohub.study.summary import runs, summarise


def _spelled(row, text="1,200", level="note"):
    return Finding("R013", level, "panel.csv", row, "value", text, {"number": text.replace(",", "")})


def test_more_than_three_cells_of_a_column_become_one_note():
    found = summarise([_spelled(row) for row in (2, 3, 4, 9)])
    assert [(f.code, f.level, f.row, f.column) for f in found] == [("R027", "note", 2, "value")]
    assert "cells of the column that are no plain numbers were read as they were meant: 4" in found[0].render(
        "en"
    )
    assert "Such as 1,200 → 1200. Rows: 2–4, 9." in found[0].render("en")
    assert "位于第 2–4、9 行" in found[0].render("zh")


def test_few_cells_other_levels_and_errors_stay_apart():
    few = [_spelled(2), _spelled(3), _spelled(4), _spelled(5, level="warning")]
    assert summarise(few) == few
    errors = [Finding("R014", "error", "panel.csv", row, "value", "x") for row in range(2, 9)]
    assert summarise(errors) == errors


def test_names_and_missing_marks_are_told_once(folder):
    more = "".join(f"x{n},city,地{n},X{n},CN,,30,110\n" for n in range(4))
    folder.change("places.csv", "hubei,", more + "hubei,")
    sound = "".join(f"{name},{n},{n},2\n" for n, name in enumerate(("京津冀", "湖北", "北京"), 1))
    gaps = "".join(f"地{n},—,{n},2\n" for n in range(4))
    folder.write("panel.csv", "地区,研发强度,高校,能耗\n" + sound + gaps)
    found = {finding.code: finding for finding in read_study(folder.path).findings}
    assert found["P032"].params["count"] == 7
    assert "京津冀 → jjj" in found["P032"].render("zh")
    assert found["R028"].params["count"] == 4
    assert "Written —. Rows: 5–8." in found["R028"].render("en")


def test_runs_of_rows():
    assert runs([]) == []
    assert runs([1, 2, 4]) == ["1–2", "4"]
