"""A study's panel against another source, through files."""

import shutil

import numpy as np
import pandas as pd
import pytest

from innohub.errors import InnohubError, PanelError, RecordError, StudyError
from innohub.run.against import check_against

PLACES = [f"p{at}" for at in range(1, 13)]


@pytest.fixture
def study(write_study):
    """Twelve places over three years, one of them with two typing errors."""
    rng = np.random.default_rng(4)
    growth = np.exp(rng.normal(0.05, 0.06, (3, 12)).cumsum(axis=0))
    base = np.exp(rng.normal(3, 1, 12))
    values = {"a": {year: (base * growth[at]).round(2) for at, year in enumerate((2019, 2020, 2021))}}
    names = {
        "name_zh": [f"地区{at}" for at in range(1, 13)],
        "name_en": [f"Place {at}" for at in range(1, 13)],
    }
    folder = write_study(values, places=names)
    return folder, pd.read_csv(folder / "panel.csv")


def write(folder, table, name="other.csv"):
    path = folder.parent / name
    table.to_csv(path, index=False) if path.suffix == ".csv" else None
    table.to_excel(path, index=False) if path.suffix == ".xlsx" else None
    table.to_parquet(path) if path.suffix == ".parquet" else None
    return path


@pytest.mark.parametrize("name", ["other.csv", "other.xlsx", "other.parquet"])
def test_a_copy_agrees_in_every_format_and_by_names(study, name):
    folder, panel = study
    other = panel.assign(place=panel["place"].map(lambda place: f"地区{place[1:]}"))
    done = check_against(folder, write(folder, other, name))
    assert [(one.year, one.agreement.verdict, one.misfits) for one in done.comparisons] == [
        (year, "same", ()) for year in (2019, 2020, 2021)
    ]
    assert not any(one.disagrees for one in done.comparisons)


def test_a_wide_table_with_places_beyond_the_study_is_read(study):
    folder, panel = study
    wide = panel.query("year == 2020")[["place", "value"]].rename(columns={"value": "a"}).assign(year=2020)
    more = pd.DataFrame({"place": ["elsewhere", "全国"], "a": [1.0, 2.0], "year": 2020})
    done = check_against(folder, write(folder, pd.concat([wide, more])))
    verdicts = {one.year: one.agreement.verdict for one in done.comparisons}
    assert verdicts[2020] == "same"


def test_errors_of_single_cells_are_named_with_file_and_row(study):
    folder, panel = study
    other = panel.copy()
    other.loc[panel.query("place == 'p3' and year == 2020").index, "value"] *= 2
    done = check_against(folder, write(folder, other))
    (one,) = [one for one in done.comparisons if one.misfits]
    (cell,) = one.misfits
    assert one.year == 2020 and one.disagrees and one.agreement.verdict == "same"
    at = int(panel.query("place == 'p3' and year == 2020").index[0])
    assert (cell.place, cell.row, cell.other_row, cell.years) == ("p3", at + 2, at + 2, ())
    assert cell.ratio == pytest.approx(0.5)


def test_a_shifted_year_and_another_unit(study):
    folder, panel = study
    shifted = panel.assign(year=panel["year"] + 1)
    done = check_against(folder, write(folder, shifted))
    assert [(one.agreement.verdict, one.agreement.reading.shift) for one in done.comparisons] == [
        ("shift", 1)
    ] * 3
    scaled = panel.assign(value=(panel["value"] * 10000).round(0))
    done = check_against(folder, write(folder, scaled))
    assert [(one.agreement.verdict, one.agreement.reading.factor) for one in done.comparisons] == [
        ("unit", 1e-4)
    ] * 3


def test_few_places_are_judged_over_all_years_together(write_study):
    rng = np.random.default_rng(8)
    values = {"a": {year: rng.uniform(5, 50, 3).round(2) for year in range(2015, 2021)}}
    folder = write_study(values)
    done = check_against(folder, write(folder, pd.read_csv(folder / "panel.csv")))
    assert [
        (one.year, one.agreement.verdict, one.agreement.reading.compared) for one in done.comparisons
    ] == [(None, "same", 18)]


def test_too_little_is_not_decidable_and_no_disagreement(write_study):
    folder = write_study({"a": {2020: [1.0, 2.0, 3.0]}})
    done = check_against(folder, write(folder, pd.read_csv(folder / "panel.csv").assign(value=[7, 8, 9])))
    (one,) = done.comparisons
    assert (one.agreement.verdict, one.agreement.reason, one.disagrees) == ("undecided", "few", False)
    assert one.misfits == ()


def test_another_study_is_another_source(study, tmp_path):
    folder, _ = study
    other = tmp_path / "twin"
    shutil.copytree(folder, other)
    done = check_against(folder, other)
    assert {one.agreement.verdict for one in done.comparisons} == {"same"}


def test_declared_units_are_converted(study):
    folder, panel = study
    text = (folder / "indicators.csv").read_text(encoding="utf-8")
    (folder / "indicators.csv").write_text(text.replace("count", "亿元"), encoding="utf-8")
    other = panel.assign(value=(panel["value"] * 10000).round(0), unit="万元")
    done = check_against(folder, write(folder, other))
    assert {one.agreement.verdict for one in done.comparisons} == {"same"}
    with pytest.raises(PanelError, match="P007"):
        check_against(folder, write(folder, panel.assign(unit="件")))


@pytest.mark.reference
def test_flagship_against_the_yearbook(flagship_folder):
    """The column captioned 2020 holds 2021, Guangdong fits no year; Shanghai and Guangxi leave the common ratio."""
    done = check_against(flagship_folder, flagship_folder / "other" / "yearbook.csv")
    intensity, patents = done.comparisons
    assert (intensity.indicator, intensity.agreement.verdict) == ("rd_intensity_pct", "shift")
    reading = intensity.agreement.reading
    assert (intensity.year, reading.shift, reading.compared, int(reading.exact.sum())) == (2020, 1, 13, 12)
    assert [(cell.place, cell.value, cell.years) for cell in intensity.misfits] == [("guangdong", 3.01, ())]
    assert patents.agreement.verdict == "ratio"
    assert [cell.place for cell in patents.misfits] == ["shanghai", "guangxi"]
    assert [round(cell.ratio, 2) for cell in patents.misfits] == [1.22, 1.72]
    assert patents.agreement.reading.factor == pytest.approx(1.0296, abs=1e-4)
    assert (patents.shares_of, patents.summed_places) == ("national", 31)
    assert patents.summed_ratio == pytest.approx(1.0247, abs=1e-4)


def test_without_a_row_of_the_nation_shares_are_of_the_sum(flagship_folder, tmp_path):
    book = pd.read_csv(flagship_folder / "other" / "yearbook.csv", dtype=str)
    path = tmp_path / "book.csv"
    book[book["place"] != "全国"].to_csv(path, index=False)
    done = check_against(flagship_folder, path)
    patents = done.comparisons[1]
    assert patents.shares_of == "summed"
    assert patents.agreement.reading.factor == pytest.approx(1.0247, abs=1e-4)
    assert [finding.code for finding in done.findings if finding.level == "warning"] == ["C165"]


def test_indicators_can_be_paired_by_hand(flagship_folder, tmp_path):
    book = pd.read_csv(flagship_folder / "other" / "yearbook.csv", dtype=str)
    path = tmp_path / "book.csv"
    book.replace({"研发经费投入强度": "强度", "专利授权数": "授权"}).to_csv(path, index=False)
    pairs = {"强度": "rd_intensity_pct", "授权": "专利授权占全国比重"}
    done = check_against(flagship_folder, path, pairs)
    assert [one.agreement.verdict for one in done.comparisons] == ["shift", "ratio"]
    half = check_against(flagship_folder, path, {"强度": "rd_intensity_pct"})
    assert half.unmatched == ("授权",)


@pytest.mark.parametrize(
    ("change", "pairs", "kind", "code"),
    [
        (lambda t: t.assign(indicator="z"), {}, PanelError, "C160"),
        (lambda t: t.assign(place="z" + t["place"]), {}, PanelError, "C161"),
        (lambda t: t, {"a": "nothing"}, PanelError, "C163"),
        (lambda t: t, {"zzz": "a"}, PanelError, "C164"),
        (lambda t: pd.concat([t, t.iloc[[0]].assign(value=5.0)]), {}, PanelError, "P006"),
        (lambda t: t.assign(value=["many", *t["value"][1:]]), {}, PanelError, "R014"),
        (lambda t: t.rename(columns={"place": "thing"}), {}, PanelError, "P026"),
        (lambda t: t.iloc[:0], {}, RecordError, "R002"),
    ],
)
def test_bad_sources_are_refused(study, change, pairs, kind, code):
    folder, panel = study
    path = write(folder, change(panel))
    with pytest.raises(kind, match=code) as caught:
        check_against(folder, path, pairs)
    for finding in caught.value.findings:
        for language in ("zh", "en"):
            assert finding.render(language) and finding.text("hint", language)


def test_shared_indicators_and_places_but_no_shared_cell(write_study):
    folder = write_study({"a": {2020: [1.0, None]}, "b": {2020: [1.0, 2.0]}}, framed=("b",))
    other = pd.DataFrame({"place": ["p2"], "indicator": ["a"], "year": [2020], "value": [3.0]})
    with pytest.raises(PanelError, match="C162"):
        check_against(folder, write(folder, other))


def test_what_is_not_there_is_refused(study, tmp_path):
    folder, _ = study
    with pytest.raises(InnohubError, match="F008"):
        check_against(folder, tmp_path / "nothing.csv")
    with pytest.raises(StudyError, match="F001"):
        check_against(tmp_path / "nowhere", folder)
