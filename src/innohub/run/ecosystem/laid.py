"""The subsystems of an index laid out by place and year, on 0-1, with what its draws make of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.coupling import weight_shares
from innohub.ecosystem.subsystems import Subsystems, read_subsystems
from innohub.errors import Finding
from innohub.index import Index
from innohub.index.draws.nodes import leaves_below, score_nodes
from innohub.run.ecosystem.scale import leaf_top, node_top
from innohub.study.ecosystem_section import EcosystemSection
from innohub.study.index_section import IndexSection
from innohub.words import Language, words

Array = NDArray[np.float64]
Vector = NDArray[np.float64]
Rows = NDArray[np.intp]

# What rounding may add to the ends of a scale.
_SLACK = 1e-9
# Numbers held at a time, of draws of scores and of what is kept of their coupling.
MOST = 40_000_000
_CARRIED = ("weights", "leave_out")


@dataclass(frozen=True)
class Laid:
    """The subsystems of an index.

    ``nodes`` (systems,) are their positions in the tree, ``tops`` (systems,) the best possible scores by which they are
    divided; ``rows`` (rows,) stand for the rows of ``found`` in the index's panel.
    """

    index: Index
    section: EcosystemSection
    nodes: tuple[int, ...]
    tops: tuple[float, ...]
    found: Subsystems
    rows: Rows
    findings: tuple[Finding, ...]

    @property
    def shares(self) -> Vector:
        """The weights of the subsystems in the level T, (systems,), of the sum one."""
        return weight_shares(self.section.weights or None, len(self.nodes))

    @property
    def leaves(self) -> tuple[Rows, ...]:
        """The positions of the leaves of each subsystem that carry weight."""
        history = self.index.history
        tree = history.model.tree
        below = (leaves_below(tree, node) for node in self.nodes)
        return tuple(own[history.effective[tree.leaves[own]] > 0] for own in below)

    @cached_property
    def factors(self) -> Vector:
        """F of every leaf, (leaves,): its share within its subsystem times that of the subsystem in T."""
        tree = self.index.history.model.tree
        factors: Vector = self._factors(self.index.history.effective[tree.leaves][None])[0]
        return factors

    @property
    def drawn_factors(self) -> Array:
        """F of every leaf in every draw, (draws, leaves); a subsystem without weight in a draw has none."""
        return self._factors(self.index.draws.weights)

    def _factors(self, weights: Array) -> Array:
        factors = np.zeros(weights.shape)
        for own, share in zip(self.leaves, self.shares, strict=True):
            mass = weights[:, own].sum(axis=1, keepdims=True)
            factors[:, own] = share * weights[:, own] / np.where(mass > 0, mass, 1.0)
        return factors

    @cached_property
    def normalised(self) -> Array | None:
        """Values of the leaves (rows, leaves) on 0-1, 1 the best; None where they have no such scale."""
        history = self.index.history
        top = leaf_top(history.model.normaliser)
        if top is None:
            return None
        values = history.normalised[self.rows] / top
        used = values[:, self.factors > 0]
        if ((used < -_SLACK) | (used > 1 + _SLACK)).any():
            return None
        return np.clip(values, 0.0, 1.0)

    def draws(self, some: Rows) -> Array:
        """Return the scores of some rows of ``found`` in every draw, (draws, some, systems)."""
        history, weights = self.index.history, self.index.draws.weights
        drawn = score_nodes(history, weights, self.nodes, self.rows[some], scale=self.tops)
        for part in np.moveaxis(drawn, -1, 0):
            np.clip(part, 0.0, 1.0, out=part)
        return drawn

    def batches(self, parts: int) -> list[Rows]:
        """Cut the rows into groups of whole places whose draws fit into memory; ``parts`` are kept of each row."""
        places = np.array(self.found.places, dtype=object)
        width = len(self.index.draws.weights) * (len(self.nodes) + parts)
        most = max(1, MOST // width)
        batches: list[Rows] = []
        held: list[Rows] = []
        for place in dict.fromkeys(self.found.places):
            own = np.flatnonzero(places == place)
            if held and sum(map(len, held)) + len(own) > most:
                batches.append(np.concatenate(held))
                held = []
            held.append(own)
        return [*batches, np.concatenate(held)]

    def take(self, some: Rows) -> Subsystems:
        """Return the scores of some rows."""
        found = self.found
        return Subsystems(
            tuple(found.places[row] for row in some),
            tuple(found.years[row] for row in some),
            found.names,
            found.values[some],
        )


def lay_subsystems(index: Index, section: EcosystemSection, nodes: Sequence[str]) -> Laid:
    """Lay out the scores of the subsystems of an index in all its places and years.

    Raises
    ------
    ModelError, ScaleError
        S371, S372 a scale that is not known; S330, S331, S334 scores that do not carry coupling.
    """
    history = index.history
    at = tuple(history.model.tree.nodes.index(node) for node in nodes)
    tops = tuple(node_top(history.model, node) for node in at)
    scores = history.scores[:, at] / np.array(tops)
    near = (scores > -_SLACK) & (scores < 1 + _SLACK)
    scores = np.where(near, np.clip(scores, 0.0, 1.0), scores)
    table = pd.DataFrame(
        {
            "place": np.tile(np.array(history.panel.places, dtype=object), len(nodes)),
            "year": np.tile(history.panel.years, len(nodes)),
            "subsystem": np.repeat(np.array(nodes, dtype=object), len(scores)),
            "score": scores.T.ravel(),
        }
    )
    found, findings = read_subsystems(table, nodes)
    place = {
        key: row
        for row, key in enumerate(zip(history.panel.places, history.panel.years.tolist(), strict=True))
    }
    rows = np.array([place[key] for key in zip(found.places, found.years, strict=True)], dtype=np.intp)
    return Laid(index, section, at, tops, found, rows, findings)


def scale_notes(laid: Laid, whole: IndexSection) -> tuple[Finding, ...]:
    """Tell what the draws carry and what they do not, and where T weighs otherwise than the index."""
    history, column = laid.index.history, "ecosystem.index"
    varied = whole.varied(errors=bool((history.panel.noise > 0).any()))
    left = tuple(name for name in varied if name not in _CARRIED)
    carried = tuple(name for name in varied if name in _CARRIED)
    found = []
    if left:
        params = {"index": history.model.name, "carried": _factors(carried), "left": _factors(left)}
        found.append(Finding("S381", "note", "study.toml", column=column, params=params))
    if not carried or max(map(len, laid.leaves)) < 2:
        params = {"index": history.model.name}
        found.append(Finding("S382", "warning", "study.toml", column=column, params=params))
    if history.model.pool == "each-year" and len(history.panel.calendar) > 1:
        found.append(
            Finding("S380", "warning", "study.toml", column=column, params={"index": history.model.name})
        )
    own = history.effective[list(laid.nodes)]
    if not laid.section.weights and np.ptp(own) > _SLACK:
        shares = tuple(
            f"{name} {share:.3g}" for name, share in zip(laid.found.names, own / own.sum(), strict=True)
        )
        params = {"index": history.model.name, "shares": shares}
        found.append(Finding("S383", "note", "study.toml", column="ecosystem.weights", params=params))
    return tuple(found)


def _factors(names: Sequence[str]) -> object:
    """Return what varies, as a list of the language."""

    def text(language: Language) -> str:
        book = words(language)
        told = [book.say(f"ecosystem.varied.{name}") for name in names or ("nothing",)]
        return book.say("where.list").join(told)

    return text
