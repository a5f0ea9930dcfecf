"""Compare the headings of a text with the list in its conclusion."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from innohub.catalog.claims import lexicon
from innohub.position.claims.signs import alike
from innohub.position.claims.verdict import AMBIGUOUS, FAILS, HOLDS, Step, Verdict
from innohub.position.function.claim import Agreement, agree
from innohub.study.document import Document, Paragraph

_MARK = re.compile(
    r"^\s*(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[.)])\s*"
)
_SPLIT = re.compile(r"、|；|;|，(?=国际|亚太|全国|区域)|, (?:and )?| and (?=[^,]*$)")
_OPEN = re.compile(r"等(?:[。，；]|$)|and so on|etc\.")
_LEAST, _SHARED = 4, 0.5


@dataclass(frozen=True)
class Listed:
    """A conclusion beside the headings before it: how they agree, the verdict, where the list stands."""

    agreement: Agreement
    verdict: Verdict
    paragraph: int
    line: int
    page: int | None
    quote: str


def compare_headings(document: Document) -> list[Listed]:
    """Find lists in concluding sentences that repeat headings, and compare the two.

    A list belongs to the run of headings that it repeats best; it is compared when at least half of it does, and at
    least four headings stand in a row. A heading that the list drops makes it fail; an open list (…等) is ambiguous.
    """
    runs = _runs(document.paragraphs)
    found = []
    for number, paragraph in enumerate(document.paragraphs):
        text = alike(paragraph.text)
        for sentence in re.split(r"(?<=[。！？])", text):
            if not any(word in sentence for word in lexicon().conclusion) or len(_items(sentence)) < _LEAST:
                continue
            earlier = [run for run in runs if run[-1][0] < number]
            told = _compared(_items(sentence), earlier, document, sentence)
            if told:
                line = paragraph.line(max(text.find(sentence.strip()[:10]), 0))
                found.append(Listed(*told, number, line, paragraph.page, sentence.strip()))
    return found


Run = list[tuple[int, str]]


def _runs(paragraphs: Sequence[Paragraph]) -> list[Run]:
    """Return runs of numbered headings of one kind, each as (paragraph, heading)."""
    runs: list[tuple[str, Run]] = []
    last: dict[str, int] = {}
    for number, paragraph in enumerate(paragraphs):
        text = alike(paragraph.text).strip()
        mark = _MARK.match(text)
        if mark is None or len(text) > 60 or text.endswith(("。", "；", "，", ".", ";")):
            continue
        kind = re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", mark[0].strip()))
        order = _order(mark[0])
        if order == 1 or order != last.get(kind, 0) + 1:
            runs.append((kind, []))
        last[kind] = order
        place = next((run for name, run in reversed(runs) if name == kind), None)
        if place is not None:
            place.append((number, text[mark.end() :]))
    return [run for _, run in runs if len(run) >= _LEAST]


def _order(mark: str) -> int:
    digits = re.search(r"\d+", mark)
    if digits:
        return int(digits[0])
    han = re.search(r"[一二三四五六七八九十]+", mark)
    text = han[0] if han else ""
    tens, _, ones = text.rpartition("十")
    units = "一二三四五六七八九".find(ones) + 1 if ones else 0
    return units + (10 * ("一二三四五六七八九".find(tens) + 1 if tens else 1) if "十" in text else 0)


def _items(sentence: str) -> list[str]:
    """Return the members of the longest list in a sentence."""
    clauses = re.split(r"[，：:。]|(?<=成为)|(?<=建成)", sentence)
    lists = [[part.strip() for part in _SPLIT.split(clause) if part.strip()] for clause in clauses]
    best = max(lists, key=len, default=[])
    first = re.sub(r"^.*?(?:打造成为|建设成为|成为|打造|建成|包括|为)", "", best[0]) if best else ""
    return [first or best[0], *(re.sub(r"等$", "", part) for part in best[1:])] if best else []


def _compared(
    items: Sequence[str], runs: Sequence[Run], document: Document, sentence: str
) -> tuple[Agreement, Verdict] | None:
    told = [(agree([name for _, name in run], items), run) for run in runs]
    if not told:
        return None
    agreement, run = max(told, key=lambda pair: len(pair[0].matched))
    if len(agreement.matched) < max(3, _SHARED * len(run)):
        return None
    params = {
        "headings": len(run),
        "listed": len(items),
        "missing": agreement.missing or ("–",),
        "extra": agreement.extra or ("–",),
    }
    steps = tuple(
        Step(document.file, document.paragraphs[at].lines[0], float(n), "", quote=name)
        for n, (at, name) in enumerate(run, 1)
    )
    if not agreement.missing and not agreement.extra:
        return agreement, Verdict(HOLDS, "list", float(len(items)), steps, params)
    word = AMBIGUOUS if _OPEN.search(sentence) else FAILS
    return agreement, Verdict(word, "list", float(len(run)), steps, params)
