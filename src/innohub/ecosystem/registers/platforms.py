"""Platforms 2+2+N: which classes a place has, and whether it is the only one that has them all."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from innohub.catalog.registers import word_list

Answer = Literal["holds", "not refuted", "refuted", "not shown", "not tested"]


def national_classes() -> tuple[str, ...]:
    """Return the four national classes of platforms; whatever is not one of them counts among the N.

    >>> len(national_classes())
    4
    """
    return tuple(word for word in word_list("platform-class") if word != "other")


def completeness(platforms: pd.DataFrame) -> pd.DataFrame:
    """Return the completeness vector of platforms 2+2+N of each place.

    Parameters
    ----------
    platforms : columns place, class (ids of the register of platforms; "" where not told).

    Returns
    -------
    Table place, one count for each of the four national classes, other (the N), unclassed (class not told), platforms
    (all), present (0-4 classes), missing (classes without a platform, joined by ";"). The split of the four into 2+2
    is our reading.
    """
    classes = [*national_classes(), "other"]
    every = pd.crosstab(platforms["place"], platforms["class"])
    counts = every.reindex(columns=classes, fill_value=0)
    national = counts[list(national_classes())]
    told = counts.assign(
        unclassed=every.sum(axis=1) - counts.sum(axis=1),
        platforms=every.sum(axis=1),
        present=(national > 0).sum(axis=1),
        missing=[
            ";".join(name for name, number in zip(national_classes(), row, strict=True) if number == 0)
            for row in national.to_numpy()
        ],
    )
    told.columns.name = None
    return told.reset_index()


@dataclass(frozen=True)
class SetAnswer:
    """The answer to "the only place that has all of these".

    ``holds`` is only said where the register is complete; else nothing is refuted. ``refuted`` names the other
    places that have all. ``not shown``: the place itself lacks some in the register. ``not tested``: no other
    place is in the register. ``nearest`` are the other places that come closest, with what they lack.
    """

    place: str
    wanted: tuple[str, ...]
    verdict: Answer
    others: tuple[str, ...]
    lacking: tuple[str, ...]
    compared: int
    nearest: tuple[tuple[str, tuple[str, ...]], ...]


def only_place_with(
    register: pd.DataFrame,
    place: str,
    wanted: Collection[str],
    column: str = "class",
    *,
    complete: bool = False,
    among: Collection[str] | None = None,
) -> SetAnswer:
    """Test over all places of a register whether one is the only one that has everything wanted.

    Parameters
    ----------
    register : columns place and ``column``.
    wanted : values of the column that the place should have, all of them.
    complete : whether the register holds every entry of every place; only then can the claim be true.
    among : places to compare with; all of the register when None. With ``complete``, a place among them without
        any row has nothing.

    Examples
    --------
    >>> table = pd.DataFrame({"place": ["a", "a", "b"], "class": ["x", "y", "x"]})
    >>> only_place_with(table, "a", ["x", "y"]).verdict
    'not refuted'
    """
    names = tuple(dict.fromkeys(wanted))
    have = {str(key): set(part[column]) for key, part in register.groupby("place")}
    absent = {key: tuple(name for name in names if name not in held) for key, held in have.items()}
    lacking = absent.get(place, names)
    scope = set(among) if among is not None else set(have)
    rivals = sorted((scope if complete else scope & set(have)) - {place})
    others = tuple(key for key in rivals if not absent.get(key, names))
    least = min((len(absent.get(key, names)) for key in rivals), default=0)
    nearest = tuple((key, absent.get(key, names)) for key in rivals if len(absent.get(key, names)) == least)
    verdict: Answer
    if others:
        verdict = "refuted"
    elif lacking:
        verdict = "refuted" if complete else "not shown"
    elif not rivals:
        verdict = "not tested"
    else:
        verdict = "holds" if complete else "not refuted"
    return SetAnswer(place, names, verdict, others, lacking, len(rivals), nearest)
