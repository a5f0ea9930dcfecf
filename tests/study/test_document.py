"""Texts as files: encodings, wrapped lines, Word, PDF; and what cannot be read."""

import io

import docx
import pypdf
import pytest
import typst

from innohub.errors import RecordError
from innohub.fonts import font_folder
from innohub.study.document import read_document

TEXT = "２０２０年北京研发经费投入强度为６．４４％。\n上海为4.17%。\n"


def refused(path):
    with pytest.raises(RecordError) as caught:
        read_document(path)
    [finding] = caught.value.findings
    for language in ("zh", "en"):
        assert finding.text("title", language)
        assert finding.text("hint", language)
    return finding.code


def pdf(source: str) -> bytes:
    world = f'#set text(font: "Innohub Serif", lang: "zh")\n{source}'
    return typst.compile(world.encode(), font_paths=[str(font_folder())], ignore_system_fonts=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.encode(encoding))
    document = read_document(path)
    assert [p.text for p in document.paragraphs] == TEXT.splitlines()
    assert [f.code for f in document.findings] == (["F017"] if encoding in ("gb18030", "gbk") else [])


def test_lines_that_a_layout_broke_are_joined_and_keep_their_numbers(tmp_path):
    lines = [
        "从科技投入来看，二〇二〇年北京市研究与试验发展经费投入强度超",
        "过百分之六，基础研究经费投入约占全国的四分之一，强度接近发达",
        "国家水平。",
        "北京 27 9 84 19.21 6.53",
        "4.1 创建三大国际科技创新中心",
        "要建设的三大国际创新中心是一个科技创新联合体，彼此之间互相支",
        "撑，协同发展。",
    ]
    path = tmp_path / "text.txt"
    for gap in ("\n", "\n\n"):
        path.write_text(gap.join(lines), encoding="utf-8")
        document = read_document(path)
        assert len(document.paragraphs) == 3
        first = document.paragraphs[0]
        assert "强度超过百分之六" in first.text
        assert first.line(first.text.index("基础研究")) == (2 if gap == "\n" else 3)
        assert [f.code for f in document.findings] == ["C141"]


def test_markdown_loses_its_marks(tmp_path):
    path = tmp_path / "text.md"
    path.write_text(
        "# 标题\n正文**有**[链接](http://x.y)。\n\n| 表 | 1 |\n\n```\n代码 3 个\n```\n", encoding="utf-8"
    )
    assert [p.text for p in read_document(path).paragraphs] == ["标题", "正文有链接。"]


def test_word_and_pdf(tmp_path):
    path = tmp_path / "text.docx"
    document = docx.Document()
    document.add_paragraph("北京有84个全国重点实验室。")
    document.add_table(1, 2).rows[0].cells[0].text = "表中数字 3"
    document.save(str(path))
    assert [p.text for p in read_document(path).paragraphs] == ["北京有84个全国重点实验室。"]
    path = tmp_path / "text.pdf"
    path.write_bytes(pdf("北京有84个全国重点实验室，上海有32个。\n#pagebreak()\n第二页：深圳有5个。"))
    pages = read_document(path).paragraphs
    assert "84个全国重点实验室" in pages[0].text.replace(" ", "")
    assert [p.page for p in pages] == [1, 2]


def test_a_scan_is_told_from_a_text(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf("#rect(width: 100%, height: 100%)"))
    assert refused(path) == "C132"
    path.write_bytes(pdf("这一页有文字，共有八十四个实验室。\n#pagebreak()\n#rect()"))
    [finding] = read_document(path).findings
    assert (finding.code, finding.params["pages"]) == ("C137", (2,))


def test_a_locked_pdf(tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("北京有84个实验室。")))
    writer.encrypt("secret")
    path = tmp_path / "locked.pdf"
    writer.write(str(path))
    assert refused(path) == "C134"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("text.doc", b"x", "C131"),
        ("text.csv", b"a,b", "C131"),
        ("text.docx", b"no zip", "C133"),
        ("text.pdf", b"%PDF-1.7 broken", "C133"),
        ("text.txt", b"", "C135"),
        ("text.txt", b"1 2 3 4 5\n6 7 8 9 10\n", "C135"),
        ("text.txt", b"\xff\xff\xff", "F012"),
        ("text.txt", b"a\x00b", "F018"),
        ("text.txt", ("骞垮窞" * 3).encode(), "F013"),
        ("text.txt", b"word " * 500_000, "C136"),
    ],
)
def test_what_cannot_be_read(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path) == code


def test_no_file_and_a_folder(tmp_path):
    assert refused(tmp_path / "none.txt") == "C130"
    (tmp_path / "folder.txt").mkdir()
    assert refused(tmp_path / "folder.txt") == "F021"
