"""Check ``[efficiency.<name>]`` of ``study.toml``: what its keys say together, and what the panel can carry."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from innohub.errors import Finding
from innohub.study.efficiency_section import EfficiencySection
from innohub.study.lines import line_of
from innohub.study.names import Names
from innohub.study.report import near, shown
from innohub.study.schema import Settings

Lines = Mapping[tuple[str, ...], int]
_FILE = "study.toml"
_SIDES = ("inputs", "outputs", "undesirable")


def check_efficiency(name: str, section: EfficiencySection, lines: Lines, found: list[Finding]) -> None:
    """Compare the keys of a measure of efficiency with each other; ``method`` has been parsed elsewhere."""

    def say(code: str, key: str, value: str, **params: object) -> None:
        row, column = line_of(lines, ("efficiency", name, key)), f"efficiency.{name}.{key}"
        found.append(Finding(code, "error", _FILE, row, column, shown(value), params))

    for code, count in Counter(section.codes).items():
        if count > 1:
            sides = tuple(side for side in _SIDES if code in getattr(section, side))
            say("M230", sides[-1], code, sides=sides)
    model = section.method.partition("(")[0].strip().replace("-", "_")
    if section.undesirable and model != "sbm":
        say("M231", "undesirable", ", ".join(section.undesirable), method=shown(section.method))
    if section.undesirable and section.malmquist != "none":
        say("M232", "malmquist", section.malmquist)


def check_production(
    settings: Settings, indicators: Names, values: pd.DataFrame, lines: Lines, found: list[Finding]
) -> None:
    """Compare every measure of efficiency with the indicators and the years of the panel.

    Unknown indicators are M233, each with the nearest ones; M234 when no year has inputs and outputs at the distance
    of the lag, M235 when Malmquist indices are wanted of a single year.
    """
    for name, section in settings.efficiency.items():
        unknown = False
        for side in _SIDES:
            for code in getattr(section, side):
                if code not in indicators.ids:
                    unknown = True
                    params = {"near": near(code, indicators.ids)}
                    found.append(_finding("M233", (name, side), code, lines, params))
        if not unknown:
            found += _check_years(name, section, settings, values, lines)


def _check_years(
    name: str, section: EfficiencySection, settings: Settings, values: pd.DataFrame, lines: Lines
) -> list[Finding]:
    chosen = settings.study.years
    years = values["year"].dropna().unique().tolist() if chosen == "all" else [*chosen, settings.study.year]
    paired = paired_years(section, values, years)
    if not paired:
        key = "lag" if section.lag else "inputs"
        params = {"lag": section.lag, "inputs": _span(section.inputs, values)}
        params["outputs"] = _span((*section.outputs, *section.undesirable), values)
        return [_finding("M234", (name, key), str(section.lag), lines, params)]
    if section.malmquist != "none" and not section.undesirable and len(paired) == 1:
        return [_finding("M235", (name, "malmquist"), section.malmquist, lines, {"year": paired[0]})]
    return []


def paired_years(section: EfficiencySection, values: pd.DataFrame, years: Sequence[int]) -> tuple[int, ...]:
    """Return the years in which every output has values and every input had some ``lag`` years before.

    Parameters
    ----------
    values : long table: indicator, year, value.
    years : the years of the study; inputs may stand outside of them.
    """
    inputs = _common((*section.inputs,), values)
    outputs = _common((*section.outputs, *section.undesirable), values)
    return tuple(year for year in sorted(set(years)) if year in outputs and year - section.lag in inputs)


def _common(codes: Sequence[str], values: pd.DataFrame) -> set[int]:
    """Return the years in which each of some indicators has a value."""
    filled = values[values["value"].notna()]
    years = [set(filled.loc[filled["indicator"].eq(code), "year"].astype(int)) for code in codes]
    return set.intersection(*years)


def _span(codes: Sequence[str], values: pd.DataFrame) -> str:
    years = sorted(_common(codes, values))
    return f"{years[0]}–{years[-1]}" if years else "–"


def _finding(
    code: str, key: tuple[str, str], value: str, lines: Lines, params: Mapping[str, object]
) -> Finding:
    path = ("efficiency", *key)
    return Finding(code, "error", _FILE, line_of(lines, path), ".".join(path), shown(value), params)
