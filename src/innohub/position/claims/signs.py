"""Sentences of a document, with signs made alike one for one, so that every offset stays true."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from innohub.study.document import Document

_FULL = {0xFF01 + n: 0x21 + n for n in range(94) if chr(0x21 + n) not in ",;:!?"}
_ALIKE = str.maketrans(
    {
        **{chr(a): chr(b) for a, b in _FULL.items()},
        "　": " ",
        "\u2009": " ",
        "\u00a0": " ",
        "\u202f": " ",
        "−": "-",
        "﹪": "%",
    }
)
_HAN = re.compile(r"[\u4e00-\u9fff〇]")
_END_ZH = re.compile(r"[。！？；;\n]+[”’」]?")
# A full stop ends an English sentence when a blank and a capital, a digit or a quote follow.
_END_EN = re.compile(
    r"(?<!\bNo)(?<!\bca)(?<!\bapprox)(?<!\bvs)(?<!\bFig)(?<!\bU\.S)[.!?;]+[”’\"')\]]*(?=\s+[A-Z“\"'(\d]|\s*$)"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence: signs made alike, as written, where it stands; ``paragraph`` counts from zero in its document."""

    text: str
    raw: str
    file: str
    paragraph: int
    start: int
    line: int
    page: int | None

    @property
    def is_chinese(self) -> bool:
        """Whether the sentence is Chinese rather than English."""
        return len(_HAN.findall(self.text)) * 4 >= len(self.text) * 0.6 or len(_HAN.findall(self.text)) > 12


def alike(text: str) -> str:
    """Make full-width digits, letters, signs and blanks half-width, one sign for one.

    >>> alike("４２．２９％（约）")
    '42.29%(约)'
    """
    return text.translate(_ALIKE)


def sentences(document: Document) -> Iterator[Sentence]:
    """Cut the paragraphs of a document into sentences."""
    for number, paragraph in enumerate(document.paragraphs):
        text = alike(paragraph.text)
        for start, end in _cut(text):
            raw = paragraph.text[start:end]
            yield Sentence(
                text[start:end], raw, document.file, number, start, paragraph.line(start), paragraph.page
            )


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Return the spans of sentences, blanks around them left out; nothing is cut inside brackets."""
    ends = _END_ZH if len(_HAN.findall(text)) * 5 > len(text) else _END_EN
    start = 0
    for match in ends.finditer(text):
        piece = text[start : match.end()]
        if piece.count("(") > piece.count(")") and match[0][0] in ";；":
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end
