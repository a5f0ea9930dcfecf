"""Thresholds of stages of development, those of the catalogue and those of a user's own table."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any

from innohub.errors import Finding, ModelError


@dataclass(frozen=True)
class Stage:
    """A stage of development and the threshold from which it holds.

    ``threshold`` is in single units of ``currency`` a person at the prices of ``base_year``; with ``closed``
    "left" a value on it belongs to the stage, with "right" it does not.
    """

    scheme: str
    measure: str
    stage: str
    zh: str
    en: str
    threshold: float
    closed: str
    currency: str
    base_year: int
    base_year_stated: bool
    source: str


@cache
def _declared() -> Mapping[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("stages.toml").read_text(encoding="utf-8"))


@cache
def stages(scheme: str = "porter") -> tuple[Stage, ...]:
    """Return the declared stages of a scheme, thresholds rising within each measure.

    >>> [(stage.measure, stage.threshold) for stage in stages("porter")]
    [('gdp_per_capita', 18000.0), ('labour_productivity', 40000.0)]
    """
    return read_stages((row for row in _declared()["stage"] if row["scheme"] == scheme), "stages.toml")


def technology_state_labels() -> Mapping[str, Mapping[str, str]]:
    """Return the zh and en names of the three states of a technology, the best first."""
    named: Mapping[str, Mapping[str, str]] = _declared()["state"]
    return named


def read_stages(rows: Iterable[Mapping[str, Any]], file: str = "stages.csv") -> tuple[Stage, ...]:
    """Read a table of stages, checked: every cell given, thresholds above zero, distinct within a measure.

    Parameters
    ----------
    rows : scheme, measure, stage, zh, en (or name_zh, name_en), threshold, closed, currency, base_year, source
        and, if wished, base_year_stated (true unless it says otherwise).
    file : name of the table, for messages.

    Returns
    -------
    Stages by scheme and measure, thresholds rising.

    Raises
    ------
    ModelError
        N123 for every cell that cannot be used.
    """
    findings: list[Finding] = []
    read = [_read(row, number, file, findings) for number, row in enumerate(rows, 2)]
    found = sorted(
        (stage for stage in read if stage), key=lambda stage: (stage.scheme, stage.measure, stage.threshold)
    )
    for (_, measure), same in groupby(found, key=lambda stage: (stage.scheme, stage.measure)):
        ladder = list(same)
        for lower, upper in pairwise(ladder):
            if lower.threshold == upper.threshold or lower.currency != upper.currency:
                value = f"{measure}: {lower.stage}, {upper.stage}"
                findings.append(Finding("N123", file=file, column="threshold", value=value))
    if findings:
        raise ModelError(findings)
    return tuple(found)


def _read(row: Mapping[str, Any], number: int, file: str, findings: list[Finding]) -> Stage | None:
    """Read one row; what cannot be read is added to the findings."""
    values = {name: row.get(name, row.get(f"name_{name}", "")) for name in ("zh", "en")}
    names = ("scheme", "measure", "stage", "closed", "currency", "source", "threshold", "base_year")
    values |= {name: row.get(name, "") for name in names}
    bad = [name for name, value in values.items() if str(value).strip() in {"", "nan", "None"}]
    if values["closed"] not in {"left", "right"}:
        bad.append("closed")
    threshold, year = _number(values["threshold"]), _number(values["base_year"])
    bad += ["threshold"] if not 0 < threshold < float("inf") else []
    bad += ["base_year"] if not (abs(year) < 10_000 and year == round(year)) else []
    if bad:
        findings.extend(
            Finding("N123", file=file, row=number, column=column, value=str(values[column]))
            for column in dict.fromkeys(bad)
        )
        return None
    text = {name: str(values[name]).strip() for name in (*names[:6], "zh", "en")}
    stated = str(row.get("base_year_stated", True)).strip().lower() not in {"false", "0", "no"}
    return Stage(**text, threshold=threshold, base_year=int(year), base_year_stated=stated)


def _number(value: object) -> float:
    """Return a number; NaN where the cell holds none."""
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return float("nan")
