import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from innohub import fonts
from innohub.brief import Brief, write_pdf
from innohub.brief.model import Span
from innohub.brief.pdf import embedded_fonts
from innohub.errors import ModelError, StoreError


@pytest.fixture(scope="module")
def zh(plain_briefs: dict[str, Brief], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "brief.pdf"
    assert write_pdf(plain_briefs["zh"], path) == ()
    return path


def test_no_box_and_no_replacement_sign(zh: Path, read_pdf: Callable[[Path], str]) -> None:
    text = read_pdf(zh)
    assert "层级判断有多可靠" in re.sub(r"\s", "", text)
    assert not set(text) & {"\ufffd", "□", "▯", "\x00", "〓"}


def test_fonts_are_embedded_and_no_other(zh: Path) -> None:
    names = set()
    for page in pypdf.PdfReader(zh).pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(font.get_object()["/BaseFont"].split("+")[-1])
    assert names
    assert all(name.removeprefix("/").startswith(("InnohubSerif", "InnohubSans")) for name in names)
    assert {name.split("-")[0] for name in embedded_fonts(zh.read_bytes())} == {"InnohubSerif", "InnohubSans"}


def test_title_language_bookmarks_tags(zh: Path, plain_briefs: dict[str, Brief]) -> None:
    reader = pypdf.PdfReader(zh)
    assert reader.metadata is not None
    assert reader.metadata.title == plain_briefs["zh"].heading()
    root: Any = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("zh")
    assert "/StructTreeRoot" in root
    titles = [entry["/Title"] for entry in reader.outline if isinstance(entry, dict)]
    assert "一、总体判断" in titles


def test_the_last_page_says_that_type_was_replaced(zh: Path) -> None:
    last = re.sub(r"\s", "", pypdf.PdfReader(zh).pages[-1].extract_text())
    assert "以开源字体代替" in last
    assert "GB/T9704—2012" in last


def test_page_size_and_count(zh: Path) -> None:
    pages = pypdf.PdfReader(zh).pages
    assert abs(float(pages[0].mediabox.width) - 595.3) < 1
    assert 6 <= len(pages) <= 14


def test_same_brief_same_bytes(zh: Path, plain_briefs: dict[str, Brief], tmp_path: Path) -> None:
    write_pdf(plain_briefs["zh"], tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == zh.read_bytes()


def test_a_missing_character_is_reported_and_never_boxed(
    plain_briefs: dict[str, Brief], tmp_path: Path, read_pdf: Callable[[Path], str]
) -> None:
    brief = replace(plain_briefs["zh"], subtitle=(Span("吴喆、㑇某", "quote"),))
    found = write_pdf(brief, tmp_path / "rare.pdf")
    assert [(finding.code, finding.value) for finding in found] == [("B003", "㑇"), ("B003", "喆")]
    text = re.sub(r"\s", "", read_pdf(tmp_path / "rare.pdf"))
    assert "吴〓、〓某" in text
    assert "U+5586" in text


def test_user_text_is_never_markup(
    plain_briefs: dict[str, Brief], tmp_path: Path, read_pdf: Callable[[Path], str]
) -> None:
    nasty = '#panic("x") $x$ *a* _b_ \\ <c> @d [e] `f` // g'
    brief = replace(plain_briefs["en"], subtitle=(Span(nasty, "quote"),))
    write_pdf(brief, tmp_path / "nasty.pdf")
    assert re.sub(r"\s", "", nasty) in re.sub(r"\s", "", read_pdf(tmp_path / "nasty.pdf"))


def test_a_wanted_family_that_is_absent_stops_the_file(
    plain_briefs: dict[str, Brief], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "font_folder", lambda: tmp_path)
    with pytest.raises(ModelError) as problem:
        write_pdf(plain_briefs["zh"], tmp_path / "brief.pdf")
    assert problem.value.findings[0].code == "B004"
    assert not (tmp_path / "brief.pdf").exists()


def test_a_folder_that_does_not_exist(plain_briefs: dict[str, Brief], tmp_path: Path) -> None:
    with pytest.raises(StoreError) as problem:
        write_pdf(plain_briefs["zh"], tmp_path / "none" / "brief.pdf")
    assert problem.value.findings[0].code == "B008"


def test_english_is_set_with_proportional_quotation_marks(files: dict[str, Path]) -> None:
    path = files["brief.en.pdf"]
    assert any(name.startswith("InnohubQuotes") for name in embedded_fonts(path.read_bytes()))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "“How sure?”" in text
    assert '"' not in text
