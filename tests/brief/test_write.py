import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

import innohub
from innohub import Run
from innohub.brief import Brief, brief
from innohub.brief.model import plain
from innohub.errors import Finding, ModelError

Reader = Callable[[Path], str]


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text).lower()


def digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def pdf_pages(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def turns_the_page(text: str, page: str, after: str) -> bool:
    """Say whether a text begins at the foot of one page and ends on the other."""
    return any(page.endswith(text[:cut]) and text[cut:] in after for cut in range(1, len(text)))


@pytest.mark.brief
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_numbers_in_every_format(
    files: dict[str, Path], briefs: dict[str, Brief], language: str, read_docx: Reader, read_pdf: Reader
) -> None:
    made = briefs[language]
    printed = {claim.id: squeeze(claim.printed[made.language]) for claim in made.claims.values()}
    html = files[f"brief.{language}.html"].read_text(encoding="utf-8")
    marked = dict(re.findall(r'<data data-claim="([^"]+)" value="[^"]*">([^<]*)</data>', html))
    unescaped = {key: squeeze(text.replace("&lt;", "<").replace("&gt;", ">")) for key, text in marked.items()}
    assert unescaped == printed
    docx = squeeze(read_docx(files[f"brief.{language}.docx"]))
    pdf = squeeze(read_pdf(files[f"brief.{language}.pdf"]))
    pages = [re.sub(r"—\d+—$", "", squeeze(page)) for page in pdf_pages(files[f"brief.{language}.pdf"])]
    for key, text in printed.items():
        assert text in docx, key
        assert text in pdf or any(turns_the_page(text, a, b) for a, b in pairwise(pages)), key


@pytest.mark.brief
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_format_prints_a_number_of_its_own(
    files: dict[str, Path], briefs: dict[str, Brief], language: str, read_docx: Reader
) -> None:
    made = briefs[language]
    mast = made.masthead
    known = digits(
        " ".join([*(plain(text) for _, text in made.texts()), mast.date, mast.issue, mast.contact])
    )
    blocks = [block for section in (*made.sections, *made.annex) for block in section.blocks]
    known |= {str(number) for number in range(1, len(blocks) + 1)}
    assert digits(read_docx(files[f"brief.{language}.docx"])) <= known


@pytest.mark.brief
def test_both_languages_and_three_formats_are_written(files: dict[str, Path]) -> None:
    assert set(files) == {
        f"brief.{lang}{suffix}" for lang in ("zh", "en") for suffix in (".docx", ".pdf", ".html")
    }
    assert all(path.stat().st_size > 10_000 for path in files.values())


def test_markdown(flagship_run: Run, tmp_path: Path) -> None:
    path = brief(flagship_run, tmp_path / "brief.md", "en")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# The published three-tier plan holds")
    assert "| Shaanxi | national | 77% |" in text
    assert [p.name for p in tmp_path.iterdir()] == ["brief.md"]


def test_a_suffix_or_kind_that_does_not_exist(flagship_run: Run, tmp_path: Path) -> None:
    for path, language, kind in (
        ("brief.odt", "zh", None),
        ("brief.pdf", "en", "gongwen"),
        ("brief", "zh", None),
    ):
        with pytest.raises(ModelError) as problem:
            brief(flagship_run, tmp_path / path, language, kind)
        assert problem.value.findings[0].code == "B006"


@pytest.mark.brief
def test_a_chinese_policy_brief(flagship_run: Run, tmp_path: Path, read_pdf: Reader) -> None:
    found: list[Finding] = []
    path = brief(flagship_run, tmp_path / "brief.pdf", "zh", "policy", report=found.append)
    assert found == []
    assert "可供选择的处理办法" in squeeze(read_pdf(path))


def test_the_room_is_its_main_verb(flagship_run: Run, tmp_path: Path) -> None:
    assert innohub.brief(flagship_run, tmp_path / "brief.html", language="en").is_file()  # type: ignore[operator]


@pytest.mark.brief
def test_a_rare_name_reaches_every_file_and_is_reported_once(
    flagship_run: Run, stand: Any, tmp_path: Path, read_pdf: Reader, read_docx: Reader
) -> None:
    places = flagship_run.table("places")
    places.loc[places["place"] == "gansu", "name_zh"] = "喆州"
    changed = stand(flagship_run, flagship_run.settings, {"places": places})
    found: list[Finding] = []
    for name in ("brief.pdf", "brief.docx"):
        brief(changed, tmp_path / name, report=found.append)
    assert [(finding.code, finding.value) for finding in found] == [("B003", "喆")]
    assert "〓州" in squeeze(read_pdf(tmp_path / "brief.pdf"))
    assert "喆州" in read_docx(tmp_path / "brief.docx")
