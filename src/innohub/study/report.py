"""How findings are worded and ordered: shortened cell texts, nearest names, the order of a report."""

import difflib
import unicodedata
from collections.abc import Iterable

from innohub.errors import Finding

_LEVELS = {"error": 0, "warning": 1, "note": 2}
_LONGEST = 60


def shown(text: object) -> str:
    r"""Return a cell text fit for a message: one line, no control characters, at most 60 characters.

    >>> shown("a\nb")
    'a b'
    """
    if isinstance(text, str) and len(text) <= _LONGEST and text.isprintable():
        return text
    head = str(text)[: 4 * _LONGEST]
    clean = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in head)
    return clean if len(clean) <= _LONGEST and len(head) == len(str(text)) else clean[: _LONGEST - 1] + "…"


def near(word: str, choices: Iterable[str], count: int = 3) -> str:
    """Name the choices most like a word; without any like it, the first few of them.

    >>> near("四藏", ["西藏", "山西", "上海"])
    '西藏'
    """
    known = list(dict.fromkeys(choice for choice in choices if choice))
    folded = {choice.casefold(): choice for choice in known}
    hits = difflib.get_close_matches(word.casefold()[:_LONGEST], folded, n=count, cutoff=0.45)
    if hits:
        return ", ".join(folded[hit] for hit in hits)
    return ", ".join(known[:6]) + (", …" if len(known) > 6 else "") if known else "–"


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order findings for a report: errors first, then by file and row."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (_LEVELS[f.level], f.file or "", f.row or 0, f.column or "", f.code),
        )
    )


def has_error(findings: Iterable[Finding]) -> bool:
    """Say whether any finding forbids going on."""
    return any(finding.level == "error" for finding in findings)
