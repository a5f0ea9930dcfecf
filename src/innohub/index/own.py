"""The numbers of the indicators' own that a normaliser takes from a panel."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.errors import Finding, ScaleError
from innohub.panel import LIMITS, Panel

Vector = NDArray[np.float64]


def own_numbers(normaliser: Spec, panel: Panel, indicators: Sequence[str]) -> Mapping[str, Vector]:
    """Return the numbers that a normaliser may take from some indicators, by name, each (indicators,).

    Parameters
    ----------
    normaliser : a spec of the family ``normalise``.
    panel : the values to be normalised, their flags saying what was transformed.
    indicators : the columns to be normalised.

    Raises
    ------
    ScaleError
        S171 the normaliser takes bounds in the unit of indicators that the treatment turned into another scale.
    """
    if not normaliser.own:
        return {}
    where = [panel.indicators.index(name) for name in indicators]
    if set(normaliser.own.values()) & set(LIMITS):
        flags = panel.flags[:, where].astype(str)
        turned = np.flatnonzero((np.char.find(flags, "transformed") >= 0).any(axis=0))
        names = tuple(indicators[column] for column in turned.tolist())
        if names:
            params = {"normaliser": str(normaliser), "indicators": names, "count": len(names)}
            raise ScaleError(Finding("S171", column=names[0], params=params))
    return {key: numbers[where] for key, numbers in panel.limits.items()}
