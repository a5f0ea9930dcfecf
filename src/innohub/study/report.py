"""How findings are worded and ordered: shortened cell texts, nearest names, the order of a report."""

import difflib
import unicodedata
from collections.abc import Iterable

from innohub.errors import Finding

_LEVELS = {"error": 0, "warning": 1, "note": 2}
_LONGEST = 60
# Stands where there is nothing to offer.
NONE = ("–",)


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


def near(word: str, choices: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Name the choices most like a word; without any like it, the first few of them.

    >>> near("四藏", ["西藏", "山西", "上海"])
    ('西藏',)
    """
    known = list(dict.fromkeys(choice for choice in choices if choice))
    folded = {choice.casefold(): choice for choice in known}
    hits = difflib.get_close_matches(word.casefold()[:_LONGEST], folded, n=count, cutoff=0.45)
    if hits:
        return tuple(folded[hit] for hit in hits)
    return some(known, 6)


def some(names: Iterable[str], most: int = 8) -> tuple[str, ...]:
    """Return the first of many names, fit for a message.

    >>> some(["a", "b", "c"], 2)
    ('a', 'b', '…')
    """
    known = [shown(name) for name in names]
    return (*known[:most], *(["…"] if len(known) > most else [])) or NONE


def unopened(file: str, problem: OSError) -> Finding:
    """Return the finding about a file that the system does not let us read."""
    return Finding("F008", file=file, params={"problem": problem.strerror or type(problem).__name__})


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
