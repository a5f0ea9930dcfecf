"""Evidence as a table: one row a fact, with its words in both languages and the row of the file it is from."""

from collections.abc import Iterable, Mapping

import pandas as pd

from innohub.position.evidence.gather import Evidence, Share, facts
from innohub.position.evidence.sentence import say_fact, say_marks
from innohub.position.function.relation import Relation, Value
from innohub.words import LANGUAGES


def evidence_table(evidence: Mapping[str, Iterable[Evidence]]) -> pd.DataFrame:
    """Lay facts out, one row a fact.

    Parameters
    ----------
    evidence : by function.

    Returns
    -------
    Columns place, function, indicator, order, kind (value, share, passed, tied, not passed, mark), zh, en, peer,
    value, unit, year, since, relation, marks, file, row. ``value`` is the number that the words print: the peer's for
    a comparison. A row of kind ``mark`` tells in words what makes a comparison less than exact.
    """
    rows = [
        [
            one.own.place,
            function,
            one.own.indicator,
            order,
            kind,
            *_words(one, kind, fact),
            *_cells(fact, one.own),
        ]
        for function, several in evidence.items()
        for one in several
        for order, (kind, fact) in enumerate(facts(one), 1)
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    whole = ["year", "since", "row"]
    table[whole] = table[whole].astype("Int64")
    return table


_COLUMNS = [
    "place", "function", "indicator", "order", "kind", "zh", "en", "peer", "value", "unit", "year", "since",
    "relation", "marks", "file", "row",
]  # fmt: skip


def _words(one: Evidence, kind: str, fact: Value | Share | Relation) -> list[str]:
    if kind == "mark" and isinstance(fact, Relation):
        return [say_marks(one, fact, language) for language in LANGUAGES]
    return [say_fact(one, fact, language) for language in LANGUAGES]


def _cells(fact: Value | Share | Relation, own: Value) -> list[object]:
    if isinstance(fact, Share):
        unit = "%" if fact.kind == "share" else ""
        return ["", fact.value, unit, own.year, own.since, "", "", fact.file, fact.row]
    if isinstance(fact, Relation):
        peer = fact.peer
        told = [peer.place, peer.value, peer.unit, peer.year, peer.since]
        return [*told, fact.relation, ";".join(fact.marks), peer.file, peer.row]
    return ["", fact.value, fact.unit, fact.year, fact.since, "", "", fact.file, fact.row]
