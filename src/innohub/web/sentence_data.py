"""The evidence sentences of every cell, as the one writer of evidence puts them, with the row behind each number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from innohub.brief.facts import Facts
from innohub.brief.position.values import Values
from innohub.position.evidence.gather import Evidence, Share
from innohub.position.evidence.sentence import compose
from innohub.position.evidence.writer import Pieces
from innohub.position.function.relation import Value
from innohub.web.reading import optional
from innohub.web.run_tables import RunTables
from innohub.web.schema_position import PanelRow, PeerSet, Sentence, SentencePart

_TABLES = ("evidence", "relations", "panel", "places", "indicators")


def sentence_data(
    run: RunTables, pairs: Iterable[tuple[str, str]], sets: Sequence[PeerSet], panel: Sequence[PanelRow]
) -> list[Sentence]:
    """Return the sentence of each place, indicator and peer set; one without a set where no peer has a value.

    Parameters
    ----------
    pairs : places and functions that the grid has.
    panel : the rows that parts of sentences point to, by position.
    """
    values = Values(Facts(run.settings, run.manifest, "", {name: optional(run, name) for name in _TABLES}))
    found: dict[tuple[str, str, str, str], Sentence] = {}
    for place, function in pairs:
        for one in values.evidence(place, function):
            for scope, name, told in _by_set(one, sets):
                key = (place, one.own.indicator, scope, name)
                found.setdefault(key, _sentence(key, told, panel))
    return list(found.values())


def _by_set(one: Evidence, sets: Sequence[PeerSet]) -> Iterator[tuple[str, str, Evidence]]:
    """Give the evidence once a peer set with a value, each with the comparisons of that set only."""
    yield "", "", replace(one, relations=())
    for group in sets:
        relations = tuple(r for r in one.relations if r.peer.place in group["places"])
        if relations:
            yield group["scope"], group["id"], replace(one, relations=relations)


def _sentence(key: tuple[str, str, str, str], one: Evidence, panel: Sequence[PanelRow]) -> Sentence:
    place, indicator, scope, name = key
    return Sentence(
        place=place,
        indicator=indicator,
        scope=scope,
        set=name,
        zh=_parts(compose(one, "zh"), one, panel),
        en=_parts(compose(one, "en"), one, panel),
    )


def _parts(pieces: Pieces, one: Evidence, panel: Sequence[PanelRow]) -> list[SentencePart]:
    """Join the words between numbers; a number without a row of the panel counts as words."""
    found: list[SentencePart] = []
    for piece in pieces:
        row = None if piece.fact is None else _row(piece.fact, one, panel)
        if row is None and found and found[-1]["row"] is None:
            found[-1]["text"] += piece.text
        else:
            found.append(SentencePart(text=piece.text, row=row))
    return found


def _row(fact: Value | Share, one: Evidence, panel: Sequence[PanelRow]) -> int | None:
    """Return the position of the row that a number was read from; in a wide table, of its own cell."""
    near = [n for n, row in enumerate(panel) if (row["file"], row["row"]) == (fact.file, fact.row)]
    place, indicator = (fact.place, fact.indicator) if isinstance(fact, Value) else ("", one.own.indicator)
    near.sort(key=lambda n: (panel[n]["place"] != place, panel[n]["indicator"] != indicator))
    return near[0] if near else None
