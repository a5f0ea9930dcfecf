"""Check what indices take from the table of indicators: denominators, and numbers of an indicator's own."""

from collections.abc import Iterable, Mapping

import pandas as pd

from innohub.catalog import parse_spec
from innohub.errors import Finding, ModelError
from innohub.study.choices import index_specs
from innohub.study.index_section import IndexSection
from innohub.study.lines import line_of
from innohub.study.report import shown

_FILE = "study.toml"
_COLUMNS = ("low", "high", "target")


def divided(sections: Mapping[str, IndexSection], frameworks: Mapping[str, pd.DataFrame]) -> set[str]:
    """Return the indicators of those indices that divide."""
    frames = [
        frameworks[name] for name, section in sections.items() if section.denominate and name in frameworks
    ]
    return {key for frame in frames for key in frame["indicator"] if key}


def denominators(
    indicators: pd.DataFrame, sections: Mapping[str, IndexSection], frameworks: Mapping[str, pd.DataFrame]
) -> list[str]:
    """Return what the indices that divide divide by, in the order of the table of indicators."""
    used = indicators["indicator"].isin(divided(sections, frameworks)) & indicators["denominator"].ne("")
    return list(dict.fromkeys(indicators.loc[used, "denominator"]))


def check_divisions(
    indicators: pd.DataFrame,
    sections: Mapping[str, IndexSection],
    frameworks: Mapping[str, pd.DataFrame],
    lines: Mapping[tuple[str, ...], int],
    found: list[Finding],
) -> None:
    """Compare ``denominate`` with the denominators that the table of indicators names."""
    named = indicators[indicators["denominator"].ne("")]
    for name, section in sections.items():
        if name not in frameworks or not section.denominate:
            continue
        if not named["indicator"].isin(frameworks[name]["indicator"]).any():
            row = line_of(lines, ("index", name, "denominate"))
            params = {"index": name}
            found.append(Finding("P045", "warning", _FILE, row, f"index.{name}.denominate", "true", params))
    if len(named) and not any(section.denominate for section in sections.values()):
        first = named.iloc[0]
        about: dict[str, object] = {"count": len(named), "first": shown(first["indicator"])}
        file, row = str(first["file"]), int(first["row"])
        found.append(Finding("P043", "note", file, row, "denominator", shown(first["denominator"]), about))


def check_own(
    indicators: pd.DataFrame,
    sections: Mapping[str, IndexSection],
    frameworks: Mapping[str, pd.DataFrame],
    lines: Mapping[tuple[str, ...], int],
    found: list[Finding],
) -> None:
    """Name the indicators that lack a number which a normaliser takes from them."""
    for name, section in sections.items():
        if name not in frameworks:
            continue
        used = indicators[indicators["indicator"].isin(frameworks[name]["indicator"])]
        for key, text, family in index_specs(section):
            if family == "normalise":
                row = line_of(lines, ("index", name, *key))
                found += _lacking(text, used, ".".join(("index", name, *key)), row)


def _lacking(text: str, used: pd.DataFrame, column: str, row: int | None) -> Iterable[Finding]:
    try:
        spec = parse_spec(text, "normalise")
    except ModelError:
        # A spec that cannot be read was refused where it stands.
        return
    for parameter, key in spec.own.items():
        params: dict[str, object] = {"method": spec.name, "parameter": parameter, "column": key}
        if key not in _COLUMNS:
            yield Finding("M043", "error", _FILE, row, column, shown(text), params)
            continue
        lacks = used[used[key].isna()]
        if len(lacks):
            params |= {"indicators": tuple(map(shown, lacks["indicator"])), "count": len(lacks)}
            file, at = str(lacks["file"].iloc[0]), int(lacks["row"].iloc[0])
            yield Finding("M042", "error", file, at, key, shown(text), params)
