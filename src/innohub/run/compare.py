"""Why ranks changed between two runs, studies, editions or years: each place's change split between its causes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from innohub.errors import Finding, ModelError, PlaceError
from innohub.index.shapley import Split, split
from innohub.run.compare_sides import Side, open_side
from innohub.run.compare_states import Failure, States
from innohub.run.compare_words import block_name
from innohub.study.report import near, shown, some
from innohub.words import Language, words

Status = Literal["split", "joined", "unsplit", "entered", "left", "unranked"]


@dataclass(frozen=True)
class Change:
    """What became of one place: ranks and scores before and after (NaN where it has none), and how they split.

    ``ranks`` splits the places gained (rank before less rank after, so that up is positive), ``scores`` the change of
    the score. ``status`` is ``split``; ``joined`` where some causes could not be told apart; ``unsplit`` where no
    state in between has a value; ``entered``, ``left`` or ``unranked`` where one or both sides do not rank the place.
    """

    place: str
    status: Status
    rank_before: float
    rank_after: float
    score_before: float
    score_after: float
    ranks: Split
    scores: Split

    @property
    def gained(self) -> float:
        """How many places were gained; negative where they were lost."""
        return self.rank_before - self.rank_after


@dataclass(frozen=True)
class ChangeSet:
    """The changes of all places between two sides, the best ranked after first, and what could not be told apart."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    failures: tuple[Failure, ...]
    findings: tuple[Finding, ...]

    def change(self, place: str) -> Change:
        """Return the change of a place by its id or name.

        Raises
        ------
        PlaceError
            C173 for a place that neither side knows; the nearest are offered.
        """
        names = self.names("zh"), self.names("en")
        for one in self.changes:
            if place in (one.place, *(known.get(one.place) for known in names)):
                return one
        offer = near(place, [text for known in names for text in (*known, *known.values())])
        raise PlaceError(Finding("C173", value=shown(place), params={"near": offer}))

    def names(self, language: Language) -> dict[str, str]:
        """Return the names of places by id, as the later side has them first."""
        found: dict[str, str] = {}
        for side in (self.before, self.after):
            table = side.study.places
            named = zip(table["place"], table[f"name_{language}"].fillna(""), strict=True)
            found |= {str(key): str(name) or str(key) for key, name in named}
        return found

    def most(self) -> Change | None:
        """Return the place that moved most, of several the best ranked; None where no change could be split."""
        told = [one for one in self.changes if one.ranks.blocks]
        return max(told, key=lambda one: abs(one.gained), default=None)


def compare(
    before: Path | str,
    after: Path | str | None = None,
    *,
    years: tuple[int, int] | None = None,
    index: str | None = None,
) -> ChangeSet:
    """Split the change of every place's rank and score between data, method and membership.

    Four causes: ``own_data``, the place's own values while all others keep theirs; ``others_data``, the values of all
    other places while its own stay (the movement of others); ``method``, everything that makes an index of values
    (framework, directions, limits, treatment, normalising, weights, aggregation, the missing rule); ``membership``,
    which places are ranked. Each of the 16 states in which some have changed and others not is computed by the
    index's own functions, and each cause gets the mean of what it adds over all 24 orders of change (Shapley), so
    that the four parts sum to the change. A place that only one side ranks brings the data that this side has of it.

    Parameters
    ----------
    before, after : study folders, or folders of finished runs.
    years : two years of one study, in place of ``after``.
    index : the index; the first of each if not given.

    Raises
    ------
    StudyError, StoreError, ModelError
        When a side cannot be read, or has no such index or year.
    PlaceError
        C172 when no place is ranked on both sides.
    """
    first, last = years or (None, None)
    one = open_side(Path(before), index, first)
    other = open_side(Path(before if after is None else after), index, last)
    if one.label == other.label:
        one, other = (_labelled(side, Path(path)) for side, path in ((one, before), (other, after or before)))
    if not set(one.members) & set(other.members):
        params = {"before": some(one.members), "after": some(other.members)}
        raise PlaceError(Finding("C172", params=params))
    states = States((one, other))
    everyone = list(dict.fromkeys([*one.members, *other.members]))
    changes = [_change(place, states) for place in everyone]
    if failure := states.failed_end():
        raise ModelError(failure.findings)
    changes.sort(key=lambda each: (np.nan_to_num(each.rank_after, nan=np.inf), each.rank_before))
    failures = tuple(states.failures.values())
    return ChangeSet(one, other, tuple(changes), failures, tuple(_joined(changes, one, other, failures)))


def _labelled(side: Side, path: Path) -> Side:
    """Name two sides of the same name by the folders that they lie in, too."""
    return Side(f"{path.resolve().parent.name}/{side.label}", side.study, side.index, side.members)


def _change(place: str, states: States) -> Change:
    one, other = states.sides
    ranks, scores = states.of(place)
    here = place in one.members, place in other.members
    ends = (0,) * 4, (1,) * 4
    before, after = ranks[ends[0]], ranks[ends[1]]
    known = here[0] and bool(np.isfinite(before)), here[1] and bool(np.isfinite(after))
    values = (
        before if known[0] else np.nan, after if known[1] else np.nan,
        scores[ends[0]] if known[0] else np.nan, scores[ends[1]] if known[1] else np.nan,
    )  # fmt: skip
    if not all(known):
        status: Status = "entered" if known[1] else "left" if known[0] else "unranked"
        return Change(place, status, *values, Split((), ()), Split((), ()))
    by_rank, by_score = split(-ranks), split(scores)
    status = "split" if by_rank.whole else "joined" if len(by_rank.blocks) > 1 else "unsplit"
    return Change(place, status, *values, by_rank, by_score)


def _joined(changes: list[Change], one: Side, other: Side, failures: tuple[Failure, ...]) -> list[Finding]:
    """Say which causes could not be told apart, for how many places, and which states are to blame."""
    found = []
    kinds = dict.fromkeys(each.ranks.blocks for each in changes if each.status in ("joined", "unsplit"))
    for blocks in kinds:
        together = [block for block in blocks if len(block) > 1]
        count = sum(each.ranks.blocks == blocks for each in changes)
        params = {
            "causes": _Said(together),
            "count": count,
            "before": one.label,
            "after": other.label,
            "why": _Why(failures),
        }
        found.append(Finding("C175", "warning", params=params))
    return found


@dataclass(frozen=True)
class _Said:
    """The causes of joint blocks, in the language asked for."""

    blocks: list[tuple[int, ...]]

    def __call__(self, language: Language) -> str:
        return block_name(self.blocks[0], language) if self.blocks else ""


@dataclass(frozen=True)
class _Why:
    """Why states could not be computed, in the language asked for."""

    failures: tuple[Failure, ...]

    def __call__(self, language: Language) -> str:
        text = words(language)
        lines = dict.fromkeys(
            text.say(
                "compare.failed",
                data=text.say("compare.and").join(failure.data),
                method=failure.method,
                why=text.say("compare.semicolon").join(
                    dict.fromkeys(finding.text("title", language) for finding in failure.findings)
                ),
            )
            for failure in self.failures
        )
        return "\n".join(lines) or text.say("compare.unscored")
