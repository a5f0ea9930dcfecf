"""Weights from many sets of values at once, where a method has such a form."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec

Array = NDArray[np.float64]
Matrix = NDArray[np.float64]

# Values beyond this, or indicators whose spread is lost in rounding, are left to the careful form.
_LARGE, _FLAT = 1e100, 1e-9
_SURE = 1e-12


def shares_of_many(values: Array, spec: Spec) -> Matrix | None:
    """Return the shares that each of many sets of values gives to the children of a node.

    Parameters
    ----------
    values : (sets, rows, children), more is better.
    spec : a spec of the family ``weights``.

    Returns
    -------
    (sets, children), those of :func:`weigh` set by set; None for a method or for values that need it one by one.
    """
    weigh = _METHODS.get(spec.name)
    if (
        weigh is None
        or values.shape[-1] < 2
        or values.shape[-2] < 2
        or spec.arguments.get("variant", "limit") != "limit"
    ):
        return None
    size = np.abs(values).max(axis=-2)
    low, high = values.min(axis=-2), values.max(axis=-2)
    # A comparison with a missing value is False, so that gaps fail here too.
    if not ((size < _LARGE) & (high - low > _FLAT * size)).all():
        return None
    shares = weigh((values - low[:, None]) / (high - low)[:, None])
    return shares if np.isfinite(shares).all() else None


def _entropy(z: Array) -> Matrix:
    """Entropy weights of min–max values, 0 · ln 0 = 0; see :func:`entropy_weights`."""
    p = z / z.sum(axis=-2, keepdims=True)
    terms = p * np.log(np.where(p > 0, p, 1.0))
    spare = np.maximum(1 + terms.sum(axis=-2) / np.log(z.shape[-2]), 0.0)
    return _scaled(spare)


def _critic(z: Array) -> Matrix:
    """CRITIC weights of min–max values; see :func:`critic_weights`."""
    spread = z.std(axis=-2)
    unit = (z - z.mean(axis=-2, keepdims=True)) / (spread[:, None] * np.sqrt(z.shape[-2]))
    r = np.clip(np.swapaxes(unit, -1, -2) @ unit, -1.0, 1.0)
    return _scaled(spread * (r.shape[-1] - r.sum(axis=-1)))


def _scaled(information: Matrix) -> Matrix:
    """Scale to one; sets in which nothing is told apart are left to the careful form."""
    total = information.sum(axis=-1, keepdims=True)
    return np.where(total > _SURE, information, np.nan) / np.where(total > _SURE, total, 1.0)


_METHODS: Mapping[str, Callable[[Array], Matrix]] = {"entropy": _entropy, "critic": _critic}
