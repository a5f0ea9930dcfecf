"""Choose and apply a method of the family ``normalise``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same
from innohub.errors import Finding, ModelError
from innohub.index.normalise import bounds, order, spread
from innohub.index.normalise.own import take_own
from innohub.index.scale import named

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Normaliser = Callable[[Matrix, Vector, Mapping[str, Any]], Matrix]


def normalise(
    x: Matrix,
    direction: Vector,
    spec: Spec,
    *,
    places: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    own: Mapping[str, Vector] | None = None,
) -> Matrix:
    """Normalise indicators after turning them so that more is better.

    Parameters
    ----------
    x : (places, indicators) raw values, NaN for missing.
    direction : (indicators,) of 1 and -1; ``interval`` and ``middle`` do not use it.
    spec : a spec of the family ``normalise``.
    places : ids of the rows, needed by ``dist_ref``, which looks its reference place up.
    indicators : ids of the columns, for messages; without them columns are numbered from 1.
    own : (indicators,) numbers by name for parameters that say ``own``: ``low``, ``high`` and ``target`` in the
        indicator's unit.

    Returns
    -------
    (places, indicators); a column on which a method is not defined (a constant one under min–max, z-score, logistic or
    a distance) is all NaN: see :func:`undefined_columns`.

    Raises
    ------
    ScaleError
        S165 the largest value of ``frac_max`` is not positive; S167 the reference place has no value; S169 a target
        or reference is no better than the worst value.
    ModelError
        S166 the reference place is unknown or stands in several rows; S168 bounds in the wrong order;
        M042, M043 indicators without a number of their own.
    """
    arguments = take_own(spec, own or {}, indicators)
    if spec.name == "dist_ref":
        arguments["row"] = _reference(arguments["place"], places)
    with named(indicators):
        return _METHODS[spec.name](x, direction, arguments)


def undefined_columns(x: Matrix, z: Matrix) -> NDArray[np.intp]:
    """Return the columns that have values but lost all of them in normalising."""
    return np.flatnonzero(~np.isnan(x).all(axis=0) & np.isnan(z).all(axis=0))


def _reference(place: str, places: Sequence[str] | None) -> int:
    rows = [row for row, name in enumerate(places or ()) if name == place]
    if len(rows) != 1:
        raise ModelError(Finding("S166", value=place, params={"place": place, "count": len(rows)}))
    return rows[0]


_METHODS: Mapping[str, Normaliser] = {**spread.METHODS, **order.METHODS, **bounds.METHODS}
require_same("normalise", _METHODS)
