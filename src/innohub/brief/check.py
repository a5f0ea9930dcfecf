"""Checks of a brief before it is written: numbers without a claim, superlatives without a scope."""

import re
from collections.abc import Callable, Iterable

from innohub.brief.model import Brief, Span, Text, plain
from innohub.errors import Finding
from innohub.words import words

_DIGITS = re.compile(r"\d[\d,.]*\d|\d")


def check_brief(brief: Brief) -> tuple[Finding, ...]:
    """Return what a reader could not trace or should not believe: B001 and B002."""
    return (*unclaimed_numbers(brief), *bare_superlatives(brief))


def unclaimed_numbers(brief: Brief) -> tuple[Finding, ...]:
    """List digits in the brief's own words: every number must be a claim or a quotation."""
    return tuple(
        Finding("B001", "warning", value=digits, params={"digits": digits, "part": part})
        for part, text in brief.texts()
        for span in text
        if not _accounted(brief, span)
        for digits in _DIGITS.findall(span.text)
    )


def _accounted(brief: Brief, span: Span) -> bool:
    """Say whether a piece of text is a quotation, or a claim as the brief has it."""
    if span.kind == "claim":
        claim = brief.claims.get(span.claim)
        return claim is not None and claim.printed[brief.language].lower() == span.text.lower()
    return span.kind == "quote"


def bare_superlatives(brief: Brief) -> tuple[Finding, ...]:
    """List sentences with a superlative that do not say among what."""
    book = words(brief.language)
    superlative = re.compile("|".join(book.get("brief.check.superlatives")))
    scope = re.compile("|".join(book.get("brief.check.scopes")))
    end = re.compile(book.get("brief.check.sentence_end"))
    found = []
    for part, text in brief.texts():
        for sentence in end.split(own_words(text)):
            match = superlative.search(sentence)
            if match and not scope.search(sentence):
                params = {"word": match.group(), "sentence": sentence.strip(), "part": part}
                found.append(Finding("B002", "warning", value=match.group(), params=params))
    return tuple(found)


def own_words(text: Text) -> str:
    """Return a text without what it quotes: cautions and names are the study's responsibility."""
    return "".join("…" if span.kind == "quote" else span.text for span in text)


def missing_characters(brief: Brief, missing: Callable[[str], Iterable[str]]) -> tuple[Finding, ...]:
    """List characters that a font lacks, each with the part in which it first stands."""
    seen: dict[str, str] = {}
    mast = brief.masthead
    head = (
        ("masthead", line) for line in (mast.organ, mast.kind, mast.issue, mast.mark, mast.date, mast.contact)
    )
    for part, text in (*head, *((part, plain(text)) for part, text in brief.texts())):
        for character in missing(text):
            seen.setdefault(character, part)
    return tuple(
        Finding(
            "B003", "warning", value=c, params={"character": c, "code_point": f"U+{ord(c):04X}", "part": part}
        )
        for c, part in seen.items()
    )
