"""The analytic hierarchy process: priorities from pairwise judgements, with their consistency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.weight.judgements import require_judgements

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Priority = Literal["eigenvector", "geometric_mean"]
Group = Literal["aij", "aip"]

# Saaty (1980), The Analytic Hierarchy Process: mean consistency index of random matrices, by number of items.
RANDOM_INDEX: Mapping[int, float] = {
    1: 0.0,
    2: 0.0,
    3: 0.58,
    4: 0.90,
    5: 1.12,
    6: 1.24,
    7: 1.32,
    8: 1.41,
    9: 1.45,
    10: 1.49,
}
TOLERABLE = 0.10


@dataclass(frozen=True)
class Triple:
    """Three items whose judgements contradict each other: ``direct`` a_ik beside the ``implied`` a_ij · a_jk."""

    items: tuple[str, str, str]
    direct: float
    implied: float


@dataclass(frozen=True)
class Priorities:
    """What one matrix of judgements says.

    ``shares`` (items,) sum to one. ``consistency_index`` = (λmax - n)/(n - 1), ``consistency_ratio`` is that over
    ``random_index[n]``. ``worst`` is the most inconsistent triple, None for fewer than three items.
    """

    items: tuple[str, ...]
    shares: Vector
    method: Priority
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    random_index: Mapping[int, float]
    worst: Triple | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class GroupPriorities:
    """What several experts say together.

    ``shares`` (items,); ``spread`` (experts, items) are the shares of each, for draws; ``group`` is the matrix of
    mean judgements' own result under ``aij``, None under ``aip``.
    """

    items: tuple[str, ...]
    shares: Vector
    how: Group
    group: Priorities | None
    experts: tuple[Priorities, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def spread(self) -> Matrix:
        """The shares of each expert, (experts, items)."""
        return np.array([expert.shares for expert in self.experts])


def priorities(
    judgements: Matrix,
    method: Priority = "eigenvector",
    *,
    items: Sequence[str] | None = None,
    random_index: Mapping[int, float] | None = None,
    expert: str = "",
) -> Priorities:
    """Priorities of items from a reciprocal matrix of pairwise judgements (Saaty 1980).

    Parameters
    ----------
    judgements : (items, items); [i, j] says how many times more i matters than j, so [j, i] is its reciprocal.
    method : the principal ``eigenvector``, or the ``geometric_mean`` of rows (Crawford & Williams 1985).
        Consistency is a property of the matrix and the same under both.
    items : names; numbered from one if left out.
    random_index : a table of one's own by number of items, needed above ten.
    expert : whose judgements these are, for messages.

    Returns
    -------
    Shares and consistency; warning N005 with the most inconsistent triple when the ratio is 0.10 or more.

    Raises
    ------
    ModelError
        S147 not reciprocal, S148 not positive, S149 no random index for so many items.

    Examples
    --------
    >>> found = priorities(np.array([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]]))
    >>> found.shares.round(6).tolist(), round(found.lambda_max, 6), round(found.consistency_ratio, 6)
    ([0.648329, 0.229651, 0.12202], 3.003695, 0.003185)
    """
    a = np.asarray(judgements, dtype=float)
    names = tuple(items) if items is not None else tuple(str(i + 1) for i in range(len(a)))
    require_judgements(a, names, expert)
    table = dict(random_index if random_index is not None else RANDOM_INDEX)
    n = len(a)
    if n > 2 and n not in table:
        raise ModelError(Finding("S149", params={"size": n, "known": max(table, default=0), "node": "–"}))
    largest, vector = _principal(a)
    index = max(largest - n, 0.0) / (n - 1) if n > 2 else 0.0
    ratio = index / table[n] if n > 2 else 0.0
    found = Priorities(
        items=names,
        shares=vector if method == "eigenvector" else _row_means(a),
        method=method,
        lambda_max=largest,
        consistency_index=index,
        consistency_ratio=ratio,
        random_index=table,
        worst=_worst(a, names) if n > 2 else None,
    )
    return replace(found, findings=_inconsistent(found, expert))


def _principal(a: Matrix) -> tuple[float, Vector]:
    """Return the largest eigenvalue and its eigenvector, which Perron's theorem makes real and positive."""
    values, vectors = np.linalg.eig(a)
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    return float(values[first].real), vector / vector.sum()


def _row_means(a: Matrix) -> Vector:
    means = np.exp(np.log(a).mean(axis=1))
    return np.asarray(means / means.sum())


def _worst(a: Matrix, names: tuple[str, ...]) -> Triple:
    """Return the triple in which the direct judgement differs by the largest factor from the implied one."""
    log = np.log(a)
    gap = np.abs(log[:, :, None] + log[None, :, :] - log[:, None, :])
    order = np.arange(len(a))
    gap[~((order[:, None, None] < order[:, None]) & (order[:, None] < order))] = -1.0
    i, j, k = np.unravel_index(int(gap.argmax()), gap.shape)
    return Triple((names[i], names[j], names[k]), float(a[i, k]), float(a[i, j] * a[j, k]))


def _inconsistent(found: Priorities, expert: str) -> tuple[Finding, ...]:
    if found.consistency_ratio < TOLERABLE or found.worst is None:
        return ()
    first, second, third = found.worst.items
    params = {
        "expert": expert or "-",
        "ratio": found.consistency_ratio,
        "first": first,
        "second": second,
        "third": third,
        "direct": found.worst.direct,
        "implied": found.worst.implied,
        "node": "–",
    }
    return (Finding("N005" if expert else "N013", "warning", params=params),)


def group_priorities(
    judgements: Mapping[str, Matrix],
    how: Group = "aij",
    method: Priority = "eigenvector",
    *,
    items: Sequence[str] | None = None,
    random_index: Mapping[int, float] | None = None,
) -> GroupPriorities:
    """Priorities of several experts together.

    ``aij`` takes the geometric mean of their judgements and then priorities; ``aip`` takes priorities and then
    their geometric mean, scaled to one (Aczel & Saaty 1983; Forman & Peniwati 1998).

    Parameters
    ----------
    judgements : by expert, (items, items) in the same order of items.
    method, items, random_index : as in :func:`priorities`.

    Examples
    --------
    >>> one = np.array([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])
    >>> two = np.array([[1, 5, 3], [1 / 5, 1, 1 / 2], [1 / 3, 2, 1]])
    >>> group_priorities({"one": one, "two": two}).shares.round(6).tolist()
    [0.659458, 0.170271, 0.170271]
    """
    experts = tuple(
        priorities(matrix, method, items=items, random_index=random_index, expert=name)
        for name, matrix in judgements.items()
    )
    warnings = tuple(finding for expert in experts for finding in expert.findings)
    names = experts[0].items
    if how == "aip":
        mean = np.exp(np.log([expert.shares for expert in experts]).mean(axis=0))
        return GroupPriorities(names, mean / mean.sum(), how, None, experts, warnings)
    together = np.exp(np.log(np.array(list(judgements.values()), dtype=float)).mean(axis=0))
    group = priorities(together, method, items=items, random_index=random_index)
    joint = group.findings if len(experts) > 1 else ()
    return GroupPriorities(names, group.shares, how, group, experts, (*joint, *warnings))
