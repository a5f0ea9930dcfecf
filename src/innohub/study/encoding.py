"""Turn bytes into text: UTF-8, then GB18030, both strictly, UTF-16 by its mark; find text garbled before."""

import re
from collections.abc import Iterable

from innohub.errors import Finding
from innohub.study.grid import refuse
from innohub.study.report import shown

_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HIGH_LATIN = re.compile(r"[\u00a1-\u00ff]{4,}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    Raises
    ------
    RecordError
        F012 when no encoding fits, F018 when the bytes are no text.
    """
    encodings = [_WIDE[data[:2]]] if data[:2] in _WIDE else ["utf-8-sig", "gb18030"]
    if b"\x00" in data[:4096] and encodings != ["utf-16"]:
        raise refuse(file, "F018")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise refuse(file, "F018")
        return text, encoding
    raise refuse(file, "F012", row=data[: _first_bad(data)].count(b"\n") + 1)


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start
    return len(data)


def find_garbled(texts: Iterable[tuple[int, str]], file: str) -> list[Finding]:
    """Look for texts that were garbled before they came here; one finding a kind of damage.

    Parameters
    ----------
    texts : spreadsheet row and text of the cells to look at.
    """
    found: dict[str, tuple[int, str, str]] = {}
    for row, text in texts:
        if text.isascii():
            continue
        if "\ufffd" in text:
            found.setdefault("R021", (row, text, ""))
        elif repaired := repair(text):
            found.setdefault("F013", (row, text, repaired))
    return [
        Finding(code, file=file, row=row, value=shown(text), params={"repaired": shown(repaired)})
        for code, (row, text, repaired) in found.items()
    ]


def repair(text: str) -> str:
    """Return what a garbled text was before it was read in the wrong encoding; "" for a sound text.

    >>> repair("骞垮窞"), repair("¹ãÖÝ"), repair("广州"), repair("São Paulo")
    ('广州', '广州', '', '')
    """
    for match in _NOT_ASCII.finditer(text):
        run = match[0]
        if plain := _recode(run, "gb18030", "utf-8") or _recode(run, "cp1252", "utf-8"):
            return text.replace(run, plain)
    high = _HIGH_LATIN.search(text)
    plain = _recode(high[0], "latin-1", "gb2312") if high else ""
    return text.replace(high[0], plain) if high and plain else ""


def _recode(run: str, wrong: str, right: str) -> str:
    """Undo one misreading where the result is nothing but Chinese characters."""
    try:
        plain = run.encode(wrong).decode(right)
    except UnicodeError:
        return ""
    return plain if _HAN.fullmatch(plain) else ""
