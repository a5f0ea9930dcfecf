"""Weights from what experts said of the children of one node."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.errors import Finding, ModelError
from innohub.index.weight.ahp import GroupPriorities, group_priorities
from innohub.index.weight.budget import Budget, budget
from innohub.index.weight.weighing import Weighing

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Pair = tuple[str, str, str]

METHODS = ("ahp", "budget")


@dataclass(frozen=True)
class Opinion:
    """What experts said of the children of one node.

    ``items`` are the children; ``judgements`` by expert, (items, items); ``points`` by expert, (items,);
    ``random_index`` by number of items. ``rows`` says where a judgement (expert, first, second) stands, as file and
    row.
    """

    node: str
    items: tuple[str, ...]
    judgements: Mapping[str, Matrix] = field(default_factory=dict)
    points: Mapping[str, Vector] = field(default_factory=dict)
    random_index: Mapping[int, float] | None = None
    rows: Mapping[Pair, tuple[str, int]] = field(default_factory=dict)

    def has(self, method: str) -> bool:
        """Say whether experts gave what a method needs, for a node that needs it."""
        return len(self.items) < 2 or bool(self.judgements if method == "ahp" else self.points)

    def of(self, expert: str) -> "Opinion":
        """Return what one expert said."""
        own = {name: each for name, each in self.judgements.items() if name == expert}
        shared = {name: each for name, each in self.points.items() if name == expert}
        return replace(self, judgements=own, points=shared)


def consult(opinion: Opinion, spec: Spec) -> GroupPriorities | Budget:
    """Return the shares of a node's children, of the group and of each expert, by AHP or budget allocation.

    Raises
    ------
    ModelError
        S149 too many items for the random indices known; those of the tables' content.
    """
    if spec.name == "budget":
        experts = list(opinion.points)
        return budget(np.array([opinion.points[name] for name in experts]), opinion.items, experts)
    return group_priorities(
        opinion.judgements,
        spec["group"],
        spec["variant"],
        items=opinion.items,
        random_index=opinion.random_index,
    )


def weigh_by_experts(
    opinion: Opinion | None, spec: Spec, names: Sequence[str] | None, count: int
) -> Weighing:
    """Weigh the children of a node that carry any value by what experts said of all of them.

    Shares of children without any value are set aside and the rest scaled to one; consistency is that of all
    judgements.

    Parameters
    ----------
    names : the children that carry values; all if left out.
    count : their number.

    Raises
    ------
    ModelError
        M150, M151 when no expert has judged, or given points to, the children.
    """
    if opinion is None or not opinion.has(spec.name):
        items = opinion.items if opinion else tuple(names or (str(k + 1) for k in range(count)))
        raise ModelError(lacking(opinion.node if opinion else "–", items, spec.name))
    found = consult(opinion, spec)
    where = range(count) if names is None else [opinion.items.index(name) for name in names]
    shares = found.shares[list(where)]
    total = shares.sum()
    told = found.findings if isinstance(found, GroupPriorities) else ()
    findings = tuple(_placed(finding, opinion) for finding in told)
    # Nothing left to share out is told by compute, which names the index.
    return Weighing(shares / total if total > 0 else np.full(count, np.nan), findings)


def lacking(node: str, items: Sequence[str], method: str) -> Finding:
    """Return the finding about a node that is to be weighed by experts who have said nothing of it."""
    if method == "budget":
        return Finding("M151", file="points.csv", params={"node": node, "items": tuple(items)})
    pairs = [f"{a} – {b}" for k, a in enumerate(items) for b in items[k + 1 :]]
    shown = (*pairs[:_MOST], *(["…"] if len(pairs) > _MOST else []))
    return Finding("M150", file="judgements.csv", params={"node": node, "pairs": shown, "count": len(pairs)})


_MOST = 12


def _placed(finding: Finding, opinion: Opinion) -> Finding:
    """Say of which node a warning speaks, and where the judgement stands that contradicts most."""
    params = {**finding.params, "node": opinion.node}
    expert, first, third = (str(params.get(key, "")) for key in ("expert", "first", "third"))
    either = opinion.rows.get((expert, first, third)) or opinion.rows.get((expert, third, first))
    file, row = either or (next(iter(opinion.rows.values()), ("judgements.csv", 0))[0], None)
    return replace(finding, file=file, row=row, column="value", params=params)
