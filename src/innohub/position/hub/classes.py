"""Where places stand in a network of innovation: concentration of resources against control of ties."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.hub import HubClass, hub_classes
from innohub.errors import Finding, ScaleError
from innohub.words import Language, words

Vector = NDArray[np.float64]
DIMENSIONS = ("concentration", "control")


@dataclass(frozen=True)
class HubPosition:
    """Class of each place with the two percentiles behind it, all (places,); class "" where a value is missing."""

    concentration: Vector
    control: Vector
    net_percentile: Vector
    through_percentile: Vector
    assigned: tuple[str, ...]
    next_class: tuple[str, ...]
    distance: Vector
    lacks: tuple[str, ...]
    findings: tuple[Finding, ...]


def percentile(values: Vector) -> Vector:
    """Return the share of places below each value, ties counted by half; NaN stays and does not count.

    >>> percentile(np.array([1.0, 5.0, 5.0, 9.0, np.nan])).tolist()
    [0.125, 0.5, 0.5, 0.875, nan]
    """
    known = np.sort(values[np.isfinite(values)])
    if not len(known):
        return np.full(len(values), np.nan)
    below = np.searchsorted(known, values, "left") + np.searchsorted(known, values, "right")
    share: Vector = np.where(np.isfinite(values), below / (2 * len(known)), np.nan)
    return share


def hub_position(
    shares: Vector,
    net_strength: Vector | None,
    through: Vector,
    classes: tuple[HubClass, ...] | None = None,
) -> HubPosition:
    """Class places as centre, hub or node by concentration and control.

    Concentration is the percentile of a place's share of resources. Control is the mean of two percentiles: out
    minus in strength of its ties, and the share of others' ties that pass through it. Ties without direction have
    no net strength; then control is the latter alone, since a net strength of zero for everyone would only pull
    all places towards the middle. A place gets the highest class both of whose limits it reaches. ``distance`` is
    how many percentile points the place lacks for ``next_class``, in the dimension ``lacks`` where it lacks more;
    NaN in the highest class.

    Parameters
    ----------
    shares : (places,) of zero or above, of any sum; through : (places,) on 0-1.
    net_strength : (places,); None where ties have no direction.
    classes : highest first, the last without limits; those of the catalogue when None.

    Raises
    ------
    ScaleError
        N159 for a share below zero; N156 for a ``through`` outside 0-1.
    """
    classes = classes or hub_classes()
    if (wrong := shares[shares < 0]).size:
        raise ScaleError(Finding("N159", params={"number": float(wrong[0])}))
    if (wrong := through[(through < 0) | (through > 1)]).size:
        raise ScaleError(Finding("N156", params={"number": float(wrong[0])}))
    directed = net_strength is not None
    flow = net_strength if net_strength is not None else np.zeros(len(shares))
    whole = np.isfinite(shares) & np.isfinite(flow) & np.isfinite(through)
    concentration, net, passing = (
        percentile(np.where(whole, values, np.nan)) for values in (shares, flow, through)
    )
    control = (net + passing) / 2 if directed else passing
    short = np.array([[c.concentration - concentration, c.control - control] for c in classes])
    lacks = short.max(axis=1)
    # A percentile is a quotient: a place that reaches a limit exactly must not miss it by rounding.
    order = np.where(whole, (lacks <= 1e-12).argmax(axis=0), -1)
    names = ("", *(c.name for c in classes))
    above = np.where(order > 0, order - 1, -1)
    at = np.arange(len(shares))
    distance = np.where(above >= 0, lacks[above, at], np.nan)
    worse = np.where(above >= 0, short.argmax(axis=1)[above, at], -1)
    return HubPosition(
        concentration, control, net if directed else np.full(len(shares), np.nan), passing,
        tuple(names[i + 1] for i in order.tolist()), tuple(names[i + 1] for i in above.tolist()), distance,
        tuple(("", *DIMENSIONS)[i + 1] for i in worse.tolist()), _doubts(int(whole.sum()), classes),
    )  # fmt: skip


def _doubts(places: int, classes: tuple[HubClass, ...]) -> tuple[Finding, ...]:
    """Warn where so few places are compared that the first of them cannot reach a class."""
    top = 1 - 1 / (2 * places) if places else 0.0
    closed = tuple(c for c in classes if max(c.concentration, c.control) > top + 1e-12)
    if not closed:
        return ()
    told = {"places": places, "classes": partial(_names, closed), "top": top}
    return (Finding("N148", "warning", params=told),)


def _names(classes: tuple[HubClass, ...], language: Language) -> str:
    return words(language).say("where.list").join(c.label[language] for c in classes)


def hub_table(places: tuple[str, ...], found: HubPosition) -> pd.DataFrame:
    """Lay hub positions out as the table hub_position."""
    return pd.DataFrame(
        {
            "place": places,
            "concentration": found.concentration,
            "control": found.control,
            "net_percentile": found.net_percentile,
            "through_percentile": found.through_percentile,
            "class": found.assigned,
            "next_class": found.next_class,
            "distance": found.distance,
            "lacks": found.lacks,
        }
    )
