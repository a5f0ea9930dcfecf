"""How sure a comparison is: values drawn anew within their spread and what their qualifiers leave open."""

from collections.abc import Mapping
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from innohub.position.function.relation import ABOUT, NEARLY, Relation, Value

Array = NDArray[np.float64]
# Half a unit of the tenth digit: rounding a hundred million draws would take longer than drawing them.
_SAME = 5e-11


def has_spread(value: Value, spread: float = 0.0) -> bool:
    """Say whether anything is known of how far a value may be off."""
    told = value.spread if np.isfinite(value.spread) else spread
    return bool(value.qualifier) or told > 0


def stream(seed: int, place: str, indicator: str) -> np.random.Generator:
    """Return random numbers that depend on a seed, a place and an indicator alone."""
    return np.random.default_rng([seed, crc32(f"{indicator}\0{place}".encode())])


def draw_value(value: Value, draws: int, seed: int, spread: float = 0.0) -> Array:
    """Draw a value within its relative spread and its qualifier.

    Plain values are normal around the value. ``>`` moves upwards only (by up to a tenth, and by the spread), ``<``
    downwards only; ``~`` is uniform within 5 % to both sides, with the spread on top; ``~<`` is uniform in
    [.9 x, x). The stream depends on the seed, the place and the indicator alone, so that neither the order of
    rows nor another peer changes it.

    Parameters
    ----------
    value : with its own ``spread``, else the ``spread`` given here (relative standard deviation).

    Returns
    -------
    (draws,) values.
    """
    rng = stream(seed, value.place, value.indicator)
    told = value.spread if np.isfinite(value.spread) else spread
    noise, even = told * rng.standard_normal(draws), rng.random(draws)
    if value.qualifier == ">":
        move = NEARLY * even + np.abs(noise)
    elif value.qualifier == "<":
        move = -NEARLY * even - np.abs(noise)
    elif value.qualifier == "~":
        move = ABOUT * (2 * even - 1) + noise
    elif value.qualifier == "~<":
        move = NEARLY * (even - 1)
    else:
        move = noise
    return np.asarray(value.value + abs(value.value) * move)


def points(own: Array, peer: Array, direction: int) -> Array:
    """Return 1 where a peer is passed, .5 for a tie in ten digits, else 0; arrays of one shape."""
    lead, slack = direction * (own - peer), _SAME * np.abs(peer)
    return np.asarray(0.5 * (lead > slack) + 0.5 * (lead >= -slack))


def draw_points(relations: Mapping[str, Relation], draws: int, seed: int, spread: float = 0.0) -> Array:
    """Draw the points of one place against peers of one indicator: 1 passed, .5 tied, 0 not passed.

    Parameters
    ----------
    relations : by peer, all of one place and indicator.

    Returns
    -------
    (draws, peers) points, peers in the order of ``relations``.
    """
    told = list(relations.values())
    own = draw_value(told[0].own, draws, seed, spread)
    drawn = [draw_value(relation.peer, draws, seed, spread) for relation in told]
    return np.stack([points(own, peer, told[0].direction) for peer in drawn], axis=1)
