import importlib.resources
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from innohub.brief import Brief, write_docx
from innohub.errors import ModelError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIPS = {"top": 2098, "left": 1587, "bottom": 1984, "right": 1474}


def part(path: Path, name: str) -> ET.Element:
    with zipfile.ZipFile(path) as archive:
        return ET.fromstring(archive.read(name))


def without_east_asian(path: Path) -> list[str]:
    """Return the styles and runs that leave the East Asian font to the theme."""
    lacking = []
    for style in part(path, "word/styles.xml").iter(f"{W}style"):
        fonts = style.find(f"{W}rPr/{W}rFonts")
        if fonts is None or not fonts.get(f"{W}eastAsia"):
            lacking.append(style.get(f"{W}styleId", "?"))
    for run in part(path, "word/document.xml").iter(f"{W}r"):
        fonts = run.find(f"{W}rPr/{W}rFonts")
        if run.find(f"{W}t") is not None and (fonts is None or not fonts.get(f"{W}eastAsia")):
            lacking.append("run")
    return lacking


@pytest.fixture(scope="module")
def zh(plain_briefs: dict[str, Brief], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_docx(plain_briefs["zh"], tmp_path_factory.mktemp("docx") / "brief.docx")


@pytest.fixture(scope="module")
def en(plain_briefs: dict[str, Brief], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_docx(plain_briefs["en"], tmp_path_factory.mktemp("docx") / "brief.docx")


def test_geometry_of_the_national_standard(zh: Path) -> None:
    section = next(part(zh, "word/document.xml").iter(f"{W}sectPr"))
    margins = section.find(f"{W}pgMar")
    assert margins is not None
    for side, twips in TWIPS.items():
        assert abs(int(margins.get(f"{W}{side}", "0")) - twips) <= 1
    grid = section.find(f"{W}docGrid")
    assert grid is not None
    assert {key.removeprefix(W): value for key, value in grid.attrib.items()} == {
        "type": "linesAndChars",
        "linePitch": "579",
        "charSpace": "-848",
    }


def test_styles_name_the_standard_typefaces(zh: Path) -> None:
    styles = {s.get(f"{W}styleId"): s for s in part(zh, "word/styles.xml").iter(f"{W}style")}
    wanted = {
        "Normal": ("仿宋_GB2312", "32"),
        "Heading1": ("黑体", "32"),
        "Heading2": ("楷体_GB2312", "32"),
        "Title": ("方正小标宋简体", "44"),
    }
    for name, (face, size) in wanted.items():
        properties = styles[name].find(f"{W}rPr")
        assert properties is not None
        assert properties.find(f"{W}rFonts").get(f"{W}eastAsia") == face  # type: ignore[union-attr]
        assert properties.find(f"{W}sz").get(f"{W}val") == size  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_style_and_run_names_its_east_asian_font(request: pytest.FixtureRequest, language: str) -> None:
    assert without_east_asian(request.getfixturevalue(language)) == []


def test_the_check_for_east_asian_fonts_sees_a_missing_one(zh: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(zh) as source, zipfile.ZipFile(broken, "w") as target:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == "word/document.xml":
                data = re.sub(rb' w:eastAsia="[^"]+"', b"", data, count=1)
            target.writestr(entry, data)
    assert without_east_asian(broken) == ["run"]


def test_theme_names_no_font_and_pages_face(zh: Path) -> None:
    with zipfile.ZipFile(zh) as archive:
        theme = archive.read("word/theme/theme1.xml").decode()
        settings = archive.read("word/settings.xml").decode()
        footers = [
            archive.read(name).decode()
            for name in archive.namelist()
            if "footer" in name and "rels" not in name
        ]
    assert set(re.findall(r'typeface="([^"]*)"', theme)) == {""}
    assert "evenAndOddHeaders" in settings
    assert sorted(re.findall(r'<w:jc w:val="(\w+)"/>', "".join(footers))) == ["left", "right"]
    assert all("— " in footer and " PAGE " in footer for footer in footers)


def test_language_and_title(zh: Path, plain_briefs: dict[str, Brief]) -> None:
    properties = docx.Document(str(zh)).core_properties
    assert properties.language == "zh-CN"
    assert properties.title == plain_briefs["zh"].heading()
    lang = next(part(zh, "word/styles.xml").iter(f"{W}lang"))
    assert lang.get(f"{W}eastAsia") == "zh-CN"


def test_tables_repeat_their_heads_and_rows_stay_whole(zh: Path) -> None:
    for table in part(zh, "word/document.xml").iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_headings_are_headings(zh: Path, plain_briefs: dict[str, Brief]) -> None:
    document = docx.Document(str(zh))
    found = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert found[0] == "一、总体判断"
    assert len(found) == sum(section.level == 1 for section in plain_briefs["zh"].sections)


def test_same_brief_same_bytes(plain_briefs: dict[str, Brief], zh: Path, tmp_path: Path) -> None:
    assert write_docx(plain_briefs["zh"], tmp_path / "again.docx").read_bytes() == zh.read_bytes()


def test_a_template_without_a_style_is_named(plain_briefs: dict[str, Brief], tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO((Path(docx.__file__).parent / "templates/default.docx").read_bytes()))
    document.save(str(tmp_path / "own.docx"))
    with pytest.raises(ModelError) as problem:
        write_docx(plain_briefs["zh"], tmp_path / "brief.docx", tmp_path / "own.docx")
    assert problem.value.findings[0].code == "B005"
    assert not (tmp_path / "brief.docx").exists()


@pytest.mark.brief
def test_pictures_have_descriptions(files: dict[str, Path], briefs: dict[str, Any]) -> None:
    for language in ("zh", "en"):
        root = part(files[f"brief.{language}.docx"], "word/document.xml")
        described = [node.get("descr") for node in root.iter() if node.tag.endswith("}docPr")]
        assert described == [figure.alt for figure in briefs[language].figures()]
        assert all(described)


def grid_page(path: Path) -> Path:
    """Write 280 characters on the shipped template: ten full lines of the standard's grid."""
    template = Path(str(importlib.resources.files("innohub.brief"))) / "templates/gongwen.docx"
    document = docx.Document(io.BytesIO(template.read_bytes()))
    paragraph = document.add_paragraph("国" * 280)
    paragraph.paragraph_format.first_line_indent = 0
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "0")
    document.save(str(path))
    return path


@pytest.mark.brief
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_files(files: dict[str, Path], tmp_path: Path) -> None:
    names = [str(files[f"brief.{language}.docx"]) for language in ("zh", "en")]
    home = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    names.append(str(grid_page(tmp_path / "grid.docx")))
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = {
        language: len(pypdf.PdfReader(tmp_path / f"brief.{language}.pdf").pages) for language in ("zh", "en")
    }
    assert 8 <= pages["zh"] <= 18
    assert 4 <= pages["en"] <= 8
    lines = pypdf.PdfReader(tmp_path / "grid.pdf").pages[0].extract_text().split("\n")
    assert [len(line.replace(" ", "")) for line in lines if "国" in line] == [28] * 10
