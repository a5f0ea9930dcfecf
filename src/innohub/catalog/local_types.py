"""Types of local centres and their tests."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class LocalTest:
    """One test of a type: a measure, a relation, and a bar that is a number or a quantile over the places."""

    measure: str
    label: Mapping[str, str]
    relation: str
    against: str
    bar: float


@dataclass(frozen=True)
class LocalType:
    """A type of local centre: its names, a note, and the tests that must all be passed."""

    id: str
    label: Mapping[str, str]
    note: Mapping[str, str]
    tests: tuple[LocalTest, ...]


@cache
def local_types() -> Mapping[str, LocalType]:
    """Return the types of local centres by name.

    >>> list(local_types())
    ['receiver', 'cluster', 'liveable']
    """
    text = files("innohub.catalog").joinpath("local_types.toml").read_text(encoding="utf-8")
    return {
        name: LocalType(
            id=name,
            label={"zh": entry["zh"], "en": entry["en"]},
            note={"zh": entry["note_zh"], "en": entry["note_en"]},
            tests=tuple(
                LocalTest(
                    measure=test["measure"],
                    label={"zh": test["zh"], "en": test["en"]},
                    relation=test["relation"],
                    against=test["against"],
                    bar=float(test["bar"]),
                )
                for test in entry["test"]
            ),
        )
        for name, entry in tomllib.loads(text).items()
    }
