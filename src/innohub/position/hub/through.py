"""What a network of ties says of each place: strength out and in, and the share of others' ties passing through."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, eye_array
from scipy.sparse.csgraph import dijkstra
from scipy.sparse.linalg import spsolve_triangular

Vector = NDArray[np.float64]

_BLOCK = 4_000_000
# Lengths are sums of floats: two ways of the same length may differ in the last digits.
_SAME = 1e-10


@dataclass(frozen=True)
class Control:
    """Strength of ties and the share of others' ties that pass through, all (places,).

    ``out_strength``, ``in_strength`` and ``net_strength`` are NaN where no tie has a direction.
    """

    places: tuple[str, ...]
    strength: Vector
    out_strength: Vector
    in_strength: Vector
    net_strength: Vector
    through: Vector

    @property
    def has_net(self) -> bool:
        """Whether any tie has a direction, so that there is a net strength."""
        return bool(np.isfinite(self.net_strength).any())


def tie_control(ties: pd.DataFrame, *, alpha: float = 1.0) -> Control:
    """Measure the places of a network by the ties between them.

    A tie without direction runs both ways and counts in full both out and in, so that it leaves the net strength
    as it is. Ties of weight zero are none.

    Parameters
    ----------
    ties : columns place, other, weight (zero or above), directed (bool); several rows of one pair add up.
    alpha : a tie is (1 / weight) ** alpha long; see :func:`passing_share`.
    """
    places = tuple(dict.fromkeys([*ties["place"], *ties["other"]]))
    number = {place: at for at, place in enumerate(places)}
    start, end = (ties[column].map(number).to_numpy(np.intp) for column in ("place", "other"))
    weight, both = ties["weight"].to_numpy(float), ~ties["directed"].to_numpy(bool)
    shape = (len(places), len(places))
    rows, columns = np.concatenate([start, end[both]]), np.concatenate([end, start[both]])
    network = coo_array((np.concatenate([weight, weight[both]]), (rows, columns)), shape=shape).tocsr()
    network.eliminate_zeros()
    strength = np.bincount(np.concatenate([start, end]), np.tile(weight, 2), len(places)).astype(float)
    unknown = np.full(len(places), np.nan)
    out, into, net = unknown, unknown, unknown
    if not both.all():
        out, into = network.sum(axis=1), network.sum(axis=0)
        # Sums of the same weights in another order must not differ in rank.
        scale = max(strength.max(), np.finfo(float).tiny)
        net = np.round((out - into) / scale, 12) * scale
    return Control(places, strength, out, into, net, passing_share(network, alpha=alpha))


def passing_share(network: "csr_array[np.float64]", *, alpha: float = 1.0) -> Vector:
    """Return for each place the share of the ways between all other places that pass through it.

    This is betweenness centrality (Freeman 1977, doi 10.2307/3033543) over the shortest ways, divided by the
    (n - 1)(n - 2) ordered pairs of others; of several shortest ways each counts in proportion. Strong ties are
    short: a tie is (1 / weight) ** alpha long (Newman 2001, doi 10.1103/PhysRevE.64.016132, for alpha = 1; Opsahl,
    Agneessens and Skvoretz 2010, doi 10.1016/j.socnet.2010.03.006, for others); with alpha = 0 every tie is one
    step. Dependencies are summed as in Brandes 2001, doi 10.1080/0022250X.2001.9990249.

    Parameters
    ----------
    network : (places, places) weights above zero, a tie from row to column; a tie both ways stands twice.

    Returns
    -------
    (places,) on 0-1; NaN for fewer than three places, where nothing can pass through.

    Examples
    --------
    >>> line = csr_array(np.array([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    >>> passing_share(line).tolist()
    [0.0, 1.0, 0.0]
    """
    count = network.shape[0]
    if count < 3:
        return np.full(count, np.nan)
    arcs = network.tocoo()
    strongest = arcs.data.max(initial=1e-300)
    length = (strongest / arcs.data) ** alpha
    start, end = (np.asarray(side, dtype=np.intp) for side in arcs.coords)
    lengths = csr_array((length, (start, end)), shape=network.shape)
    through = np.zeros(count)
    step = max(1, _BLOCK // count)
    for first in range(0, count, step):
        sources = np.arange(first, min(first + step, count))
        for source, away in zip(sources, dijkstra(lengths, indices=sources), strict=True):
            through += _dependency(start, end, length, away, int(source))
    share: Vector = np.round(through / ((count - 1) * (count - 2)), 12)
    return share


def _dependency(
    start: NDArray[np.intp], end: NDArray[np.intp], length: Vector, away: Vector, source: int
) -> Vector:
    """Return, for one source, how much of its shortest ways to all others passes through each place.

    Ordered by distance, the ties on shortest ways form a triangular matrix: the numbers of shortest ways and the
    dependencies are the solutions of two triangular systems.
    """
    on = away[start] < away[end]
    on[on] = away[start[on]] + length[on] <= away[end[on]] * (1 + _SAME)
    count = len(away)
    position = np.empty(count, dtype=np.intp)
    position[np.argsort(away, kind="stable")] = np.arange(count)
    tail, head = position[start[on]], position[end[on]]
    ways = coo_array((np.ones(len(tail)), (head, tail)), shape=(count, count))
    unit = eye_array(count, format="csr")
    origin = np.zeros(count)
    origin[position[source]] = 1.0
    paths = spsolve_triangular((unit - ways).tocsr(), origin, lower=True)
    parts = coo_array((paths[tail] / paths[head], (tail, head)), shape=(count, count)).tocsr()
    passed = spsolve_triangular((unit - parts).tocsr(), parts.sum(axis=1), lower=False)
    passed[position[source]] = 0.0
    return np.asarray(passed[position], dtype=float)
