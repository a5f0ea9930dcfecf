"""Measure how well claims are read and judged, and write the figures into the documentation.

    python docs/claims.py            rewrite the figures in docs/claims.md and docs/zh/claims.md

Reads ``tests/reference/claims.csv``: sentences with the facts that they tell, found by hand. A test compares the
committed pages with what this writes, and holds the figures to their bounds.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from innohub import Study, read_study
from innohub.catalog import example_folder
from innohub.position.claims.check import Checked, Claim, check_texts
from innohub.position.claims.verdict import VERDICTS
from innohub.study.document import Document, Paragraph

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "tests" / "reference" / "claims.csv"
ANY_STUDY = "china-regions-2020"
HELD = "held-out"
START, END = "<!-- figures -->", "<!-- end of figures -->"
Row = Mapping[str, str]


@dataclass(frozen=True)
class Score:
    """How many facts of the reference were found, how many facts found are in the reference."""

    wanted: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the facts found that are right."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """Share of the facts of the reference that were found."""
        return self.right / self.wanted


@dataclass(frozen=True)
class Judged:
    """A fact of the reference with the verdict it was given; empty where it was not found."""

    row: Row
    verdict: str
    reason: str


def reference() -> list[list[Row]]:
    """Return the reference, sentence by sentence."""
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [list(group) for _, group in groupby(rows, key=lambda row: row["sentence_id"])]


@cache
def _study(name: str) -> Study:
    return read_study(example_folder(name or ANY_STUDY))


def check_sentence(sentence: str, study: str) -> Checked:
    """Check one sentence against a shipped study."""
    document = Document("reference", (Paragraph(sentence, (0,), (1,)),), (), "")
    return check_texts([document], _study(study))


def _told(claim: Claim) -> tuple[object, ...]:
    """Return value, unit, kind; then qualifier and year, of a fact that was found."""
    fact = claim.fact
    assert fact is not None
    quantity = fact.quantity
    year = "" if fact.year is None else str(fact.year) if fact.since is None else f"{fact.since}-{fact.year}"
    qualifier = "target" if fact.planned and not quantity.qualifier else quantity.qualifier
    return f"{quantity.value:.6g}", quantity.unit, quantity.kind, qualifier, year


def _wanted(row: Row) -> tuple[object, ...]:
    return f"{float(row['value']):.6g}", row["unit"], row["kind"], row["qualifier"], row["year"]


def _facts(checked: Checked) -> list[Claim]:
    """Return the claims that are facts: one a number, one a superlative."""
    extra = ("sum", "comparison", "list")
    return [claim for claim in checked.claims if claim.fact is not None and claim.kind not in extra]


def _score(pairs: Sequence[tuple[list[Row], list[Claim]]], parts: int) -> Score:
    wanted = found = right = 0
    for rows, claims in pairs:
        a = Counter(_wanted(row)[:parts] for row in rows)
        b = Counter(_told(claim)[:parts] for claim in claims)
        wanted, found, right = wanted + a.total(), found + b.total(), right + (a & b).total()
    return Score(wanted, found, right)


@cache
def measured() -> tuple[tuple[list[Row], list[Claim]], ...]:
    """Return each sentence's reference facts beside those found."""
    return tuple(
        (rows, _facts(check_sentence(rows[0]["sentence"], rows[0]["study"]))) for rows in reference()
    )


def scores(group: str) -> tuple[Score, Score]:
    """Return the scores for value, unit and kind, and for these with qualifier and year too.

    Groups: ``zh`` and ``en``, the sentences on which the rules were mended; ``held``, those that no rule has seen.
    """

    def belongs(row: Row) -> bool:
        return group == "held" if row["source"] == HELD else group == row["language"]

    pairs = [pair for pair in measured() if belongs(pair[0][0])]
    return _score(pairs, 3), _score(pairs, 5)


def judged() -> Iterator[Judged]:
    """Yield every fact of the reference with the verdict that it was given."""
    for rows, claims in measured():
        left = list(claims)
        for row in rows:
            claim = next((one for one in left if _told(one)[:3] == _wanted(row)[:3]), None)
            if claim is not None:
                left.remove(claim)
            yield Judged(row, claim.verdict.word if claim else "", claim.verdict.reason if claim else "")


def places_right() -> tuple[int, int]:
    """Return how many facts of the reference that name a place have it, and how many name one."""
    right = wanted = 0
    for rows, claims in measured():
        left = list(claims)
        for row in rows:
            claim = next((one for one in left if _told(one)[:3] == _wanted(row)[:3]), None)
            if claim is not None:
                left.remove(claim)
            if row["place"] and claim is not None and claim.fact is not None:
                wanted += 1
                right += claim.fact.place_name.startswith(row["place"]) or row["place"].startswith(
                    claim.fact.place_name or "-"
                )
    return right, wanted


HEADS = {
    "en": ("what is compared", "facts in the reference", "found", "right", "precision", "recall"),
    "zh": ("比较内容", "参照事实", "找出", "正确", "查准率", "查全率"),
}
LINES = {
    "en": {
        "zh": "Chinese",
        "en": "English",
        "held": "held out, both languages",
        0: "value, unit, kind",
        1: "with qualifier and year",
    },
    "zh": {
        "zh": "中文",
        "en": "英文",
        "held": "留作检验的句子（中英文）",
        0: "数值、单位、类别",
        1: "另加限定词和年份",
    },
}
TRUTH = {
    "en": {"true": "true", "false": "false", "open": "open", "head": "the claim is", "none": "not found"},
    "zh": {"true": "属实", "false": "不实", "open": "无从判断", "head": "表述", "none": "未找出"},
}
NAMES = {
    "en": dict(zip(VERDICTS, VERDICTS, strict=True)),
    "zh": {
        "fails": "不成立",
        "ambiguous": "有歧义",
        "scope-missing": "未说明范围",
        "holds": "成立",
        "cannot-test": "无法核对",
    },
}


def figures(language: str) -> str:
    """Return the tables of figures as the pages carry them."""
    rows = []
    for name in ("zh", "en", "held"):
        for part, score in enumerate(scores(name)):
            label = (
                f"{LINES[language][name]}, {LINES[language][part]}"
                if language == "en"
                else (f"{LINES[language][name]}：{LINES[language][part]}")
            )
            numbers = (
                score.wanted,
                score.found,
                score.right,
                f"{score.precision:.3f}",
                f"{score.recall:.3f}",
            )
            rows.append([label, *map(str, numbers)])
    counts = Counter((one.row["truth"], one.verdict) for one in judged() if one.row["verdict"])
    words = [*VERDICTS, *([""] if any(not verdict for _, verdict in counts) else [])]
    names = NAMES[language] | {"": TRUTH[language]["none"]}
    table = [[TRUTH[language][t], *(str(counts[t, w]) for w in words)] for t in ("true", "false", "open")]
    heads = [TRUTH[language]["head"], *(names[w] for w in words)]
    return f"{_table(HEADS[language], rows)}\n\n{_table(heads, table)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def pages() -> dict[Path, str]:
    """Return the two pages with the figures as measured now."""
    found = {}
    for language, path in (("en", HERE / "claims.md"), ("zh", HERE / "zh" / "claims.md")):
        text = path.read_text(encoding="utf-8")
        block = f"{START}\n{figures(language)}\n{END}"
        found[path] = re.sub(f"{START}.*?{END}", lambda _, block=block: block, text, flags=re.DOTALL)
    return found


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
