"""The states between two sides of a comparison: an index computed with some of its causes changed, others not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, InnohubError
from innohub.index import compute, prepare
from innohub.panel import Panel
from innohub.panel.blend import blend
from innohub.run.compare_sides import Side

# The causes of a change, in the order of the axes of the states.
CAUSES: Final = ("own_data", "others_data", "method", "membership")
Result = Mapping[str, tuple[float, float]]
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Failure:
    """Why a state has no value: whose data met whose method, and what was found."""

    data: tuple[str, ...]
    method: str
    findings: tuple[Finding, ...]


@dataclass
class States:
    """Every state between two sides, computed by the index's own functions, each distinct one once.

    A state says of the place in question, of all others, of the method and of the membership which side they come
    from (0 or 1). ``failures`` gathers why states could not be computed.
    """

    sides: tuple[Side, Side]
    failures: dict[tuple[int, ...], Failure] = field(default_factory=dict)
    _known: dict[tuple[object, ...], Result] = field(default_factory=dict)
    _panels: dict[tuple[int, int], Panel | tuple[Finding, ...]] = field(default_factory=dict)
    _same: dict[tuple[str, int], bool] = field(default_factory=dict)
    _having: dict[int, frozenset[str]] = field(default_factory=dict)

    def of(self, place: str) -> tuple[Vector, Vector]:
        """Return the ranks and the scores of a place in every state, (2, 2, 2, 2) each, NaN where there is none."""
        ranks, scores = np.full((2,) * 4, np.nan), np.full((2,) * 4, np.nan)
        for state in product((0, 1), repeat=4):
            ranks[state], scores[state] = self._result(place, state).get(place, (np.nan, np.nan))
        return ranks, scores

    def _result(self, place: str, state: tuple[int, ...]) -> Result:
        """Compute a state, or remember it: what is the same on both sides makes no state of its own."""
        own, others, method, membership = self._plain(state)
        if own != others and self._unmoved(place, method):
            own = others
        alone = place if own != others else ""
        key = (alone, own, others, method, membership)
        if key not in self._known:
            self._known[key] = self._compute(place, (own, others, method, membership))
        return self._known[key]

    def _plain(self, state: tuple[int, ...]) -> tuple[int, ...]:
        """Return the state that stands for one: a cause that is the same on both sides counts as before."""
        own, others, method, membership = state
        method = method if self.sides[0].method != self.sides[1].method else 0
        membership = membership if set(self.sides[0].members) != set(self.sides[1].members) else 0
        return own, others, method, membership

    def failed_end(self) -> Failure | None:
        """Return why one of the two sides itself could not be computed, if so."""
        ends = (self._plain((at,) * 4) for at in (0, 1))
        return next((self.failures[end] for end in ends if end in self.failures), None)

    def _unmoved(self, place: str, method: int) -> bool:
        """Say whether both sides have the same data of a place, in the terms of a method."""
        if (place, method) not in self._same:
            panels = [self._panel(data, method) for data in (0, 1)]
            rows = [
                np.column_stack([panel.years, panel.matrix])[
                    np.array([name == place for name in panel.places])
                ]
                for panel in panels
                if isinstance(panel, Panel)
            ]
            self._same[place, method] = len(rows) == 2 and np.array_equal(rows[0], rows[1], equal_nan=True)
        return self._same[place, method]

    def _panel(self, data: int, method: int) -> Panel | tuple[Finding, ...]:
        """Return the data of one side as the method of one side needs them, or why that cannot be."""
        if (data, method) not in self._panels:
            try:
                found: Panel | tuple[Finding, ...] = self.sides[data].panel_for(
                    self.sides[method], self.sides[1].year
                )
            except InnohubError as problem:
                found = problem.findings
            self._panels[data, method] = found
        return self._panels[data, method]

    def _compute(self, place: str, state: tuple[int, ...]) -> Result:
        own, others, method, membership = state
        side, members = self.sides[method], self.sides[membership].members
        used = self._data_used(place, state)
        panels = {data: self._panel(data, method) for data in sorted(used)}
        for panel in panels.values():
            if not isinstance(panel, Panel):
                return self._failed(state, used, panel)
        whole = {data: panel for data, panel in panels.items() if isinstance(panel, Panel)}
        one, other = (whole.get(data) or next(iter(whole.values())) for data in (0, 1))
        from_other = {name for name in members if (own if name == place else others)}
        try:
            blended = blend(one, other, from_other, members)
            prepared = prepare(blended, side.model.tree, side.section, side.ground.groups)
            now = compute(side.model, prepared.panel).now
        except InnohubError as problem:
            return self._failed(state, used, problem.findings)
        told = zip(now.panel.places, now.ranks[:, 0].tolist(), now.index_scores.tolist(), strict=True)
        return {name: (rank, score) for name, rank, score in told}

    def _data_used(self, place: str, state: tuple[int, ...]) -> set[int]:
        """Return whose data a state reads; places that only one side ranks bring the data that they have."""
        own, others, _, membership = state
        used = set()
        for name in self.sides[membership].members:
            wanted = own if name == place else others
            used.add(wanted if self._has(name, wanted) else 1 - wanted)
        return used

    def _has(self, place: str, data: int) -> bool:
        """Say whether a side has any value of a place that an index of either side may use."""
        if data not in self._having:
            side, used = self.sides[data], {*self.sides[0].indicators, *self.sides[1].indicators}
            values = side.values[side.values["year"].eq(side.year) & side.values["indicator"].isin(used)]
            self._having[data] = frozenset(values.loc[values["value"].notna(), "place"])
        return place in self._having[data]

    def _failed(self, state: tuple[int, ...], used: set[int], findings: tuple[Finding, ...]) -> Result:
        labels = tuple(self.sides[data].label for data in sorted(used))
        self.failures[state] = Failure(labels, self.sides[state[2]].label, findings)
        return {}
