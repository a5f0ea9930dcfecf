"""Turn an amount from one unit of money into another at a stated rate."""

import math
from collections.abc import Callable

from innohub.catalog.money import read_money
from innohub.errors import Finding, InnohubError, ModelError, ScaleError
from innohub.words import Language, words


def convert(value: float, unit: str, to: str, rate: float | None = None, place: str = "") -> float:
    """Convert an amount of money, or leave it where the units are the same.

    Parameters
    ----------
    value : in ``unit``; NaN stays NaN.
    unit, to : units such as "100 million CNY", "万美元/人", "USD per person".
    rate : units of the first currency for one of the second, the average of the value's year.
    place : for messages.

    Returns
    -------
    The amount in ``to``.

    Raises
    ------
    ModelError
        N120 where the units cannot be converted, or another currency comes without a rate.
    ScaleError
        N121 for a rate of zero or below.

    Examples
    --------
    >>> round(convert(72812.55, "100 million CNY", "100 million USD", 6.2270), 1)
    11693.0
    """
    if unit == to:
        return value
    first, second = read_money(unit), read_money(to)
    if first is None or second is None or first.per_person != second.per_person:
        raise _unlike(unit, to, place)
    own = value * first.factor / second.factor
    if first.currency == second.currency:
        return own
    if rate is None or math.isnan(rate):
        raise _unlike(unit, to, place)
    require_above(rate, "rate", place)
    return own / rate


def _unlike(unit: str, to: str, place: str) -> InnohubError:
    return ModelError(
        Finding("N120", value=unit, params={"where": _where(place), "unit": unit, "wanted": to})
    )


def require_above(number: float, quantity: str, place: str = "", limit: float = 0.0) -> None:
    """Refuse a number at or below a limit; NaN passes.

    Raises
    ------
    ScaleError
        N121, which names the quantity (a key below ``finding.N121.of``) and the place.
    """
    if number <= limit:
        params = {
            "quantity": lambda language: words(language).say(f"finding.N121.of.{quantity}"),
            "where": _where(place),
            "number": number,
            "limit": limit,
        }
        raise ScaleError(Finding("N121", value=f"{number:g}", params=params))


def _where(place: str) -> Callable[[Language], str]:
    """Return what tells the place within a message, nothing where no place is known."""
    return lambda language: words(language).say("finding.N121.at", place=place) if place else ""
