"""The shipped fonts carry what the texts need, work in matplotlib and Typst, and name what they lack."""

import io
import warnings
from pathlib import Path

import pypdf
import pytest
import typst
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

from innohub.fonts import FAMILIES, QUOTES, font_files, font_folder, missing_glyphs

# The mark of a lost character is quoted in messages on the screen, never drawn.
LOST = {"�"}
SIGNS = "①⑳●◆▲■○◇△□–—‐−×±≤≥≈√·…‰℃αΩ→‘’“”《》、。（）％†‡〓"
LATIN = "Łódź Plzeň București Győr Škoda İstanbul Málaga Zürich"


def _gb2312() -> str:
    cells = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("text", [_gb2312(), SIGNS, LATIN], ids=["gb2312", "signs", "latin"])
def test_a_family_has_the_characters_it_promises(family, text):
    assert missing_glyphs(text, family) == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_every_character_of_the_shipped_texts(family, root):
    folders = (root / "src" / "innohub" / "words", root / "examples")
    files = [
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".toml", ".csv", ".md"}
    ]
    text = "".join(path.read_text(encoding="utf-8") for path in files if "results" not in path.parts)
    assert missing_glyphs(text, family) <= LOST


def test_missing_characters_are_named_and_line_breaks_are_not():
    assert missing_glyphs("李喆㑇\n\t\u200b", "Innohub Serif") == {"喆", "㑇"}


def test_an_unknown_family_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="Innohub Sans, Innohub Serif"):
        missing_glyphs("a", "Arial")


def test_fonts_are_small_and_lie_beside_their_licence():
    assert sum(path.stat().st_size for path in font_files()) < 7_000_000
    assert {path.name for path in font_files("Innohub Sans")} == {
        "InnohubSans-Bold.otf",
        "InnohubSans-Regular.otf",
    }
    licence = (font_folder() / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Debian package" in (font_folder() / "README.md").read_text(encoding="utf-8")


def _embedded(pdf: bytes) -> tuple[set[str], str]:
    """Return the names of the fonts in a PDF and its text."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    found = {str(font["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
    return found, "".join(page.extract_text() for page in reader.pages)


def _fonts(page):
    return [font.get_object() for font in page["/Resources"].get_object()["/Font"].get_object().values()]


def test_typst_embeds_the_fonts_and_keeps_the_text(tmp_path):
    source = tmp_path / "page.typ"
    source.write_text(
        '#set text(font: "Innohub Serif", lang: "zh")\n陕西省国家级 Łódź\n\n'
        '#text(font: "Innohub Sans")[长三角 ● *粗体*]',
        encoding="utf-8",
    )
    pdf = typst.compile(str(source), font_paths=[str(font_folder())], ignore_system_fonts=True)
    names, text = _embedded(pdf)
    for face in ("InnohubSerif-Regular", "InnohubSans-Regular", "InnohubSans-Bold"):
        assert any(face in name for name in names), (face, names)
    assert all("Innohub" in name for name in names)
    assert "陕西省国家级" in text
    assert "Łódź" in text
    assert "长三角" in text


def test_english_has_quotation_marks_of_its_own_width():
    for path in font_folder().glob(f"{QUOTES.replace(' ', '')}-*.ttf"):
        with TTFont(path) as face, TTFont(font_files("Innohub Sans")[0]) as chinese:
            marks, wide = face.getBestCmap(), chinese.getBestCmap()
            assert set("“”‘’…") <= {chr(code) for code in marks}
            assert face["hmtx"][marks[0x201C]][0] < 700 < chinese["hmtx"][wide[0x201C]][0]
            assert face["name"].getDebugName(1) == QUOTES


@pytest.mark.parametrize("path", font_files(), ids=lambda path: path.stem)
def test_matplotlib_draws_every_face_without_a_missing_glyph(path: Path):
    fontManager.addfont(str(path))
    figure = Figure(figsize=(4, 1))
    figure.text(0.1, 0.5, f"长三角 {SIGNS} {LATIN}", font=FontProperties(fname=str(path)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(io.BytesIO(), format="png")
