"""Read a class scheme of the study's own: every wrong key, gap and overlap with its line."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from innohub.catalog.scheme import Scheme, read_scheme
from innohub.errors import Finding, ModelError

_NUMBERS = ("low", "high", "breadth", "balance")
_SIDES = ("closed_below", "closed_above")


def read_own_scheme(
    name: str, declared: Mapping[str, Any], text: str, file: str, found: list[Finding]
) -> Scheme | None:
    """Return the scheme that a TOML text declares under the name that the study gives it; None when it is wrong."""
    if wrong := _wrong_classes(declared, text, file):
        found += wrong
        return None
    try:
        return replace(read_scheme({**declared, "scheme": name}, file=file), id=name)
    except ModelError as problem:
        found += [replace(finding, row=_line(finding, declared, text)) for finding in problem.findings]
        return None


def _wrong_classes(declared: Mapping[str, Any], text: str, file: str) -> list[Finding]:
    """Name the keys of classes and of the scheme that have a wrong type; they could not be read further."""
    classes = declared.get("class", [])
    if not isinstance(classes, list) or not all(isinstance(entry, dict) for entry in classes):
        return [_wrong(file, "class", text)]
    found = [
        _wrong(file, f"class.{key}", text, number)
        for number, entry in enumerate(classes)
        for key in _bad_keys(entry)
    ]
    domain = declared.get("domain", [0, 1])
    if not (isinstance(domain, list) and len(domain) == 2 and all(map(_is_number, domain))):
        found.append(_wrong(file, "domain", text))
    texts = ("kind", "zh", "en", "status", "source", "unknown_zh", "unknown_en", "closed", "symbol")
    found += [_wrong(file, key, text) for key in texts if not isinstance(declared.get(key, ""), str)]
    if not isinstance(declared.get("parameters", {}), dict):
        found.append(_wrong(file, "parameters", text))
    return found


def _bad_keys(entry: Mapping[str, Any]) -> list[str]:
    bad = [key for key in ("id", "zh", "en") if not (isinstance(entry.get(key), str) and entry[key])]
    bad += [key for key in _NUMBERS if key in entry and not _is_number(entry[key])]
    return bad + [key for key in _SIDES if key in entry and not isinstance(entry[key], bool)]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124


def _wrong(file: str, key: str, text: str, number: int | None = None) -> Finding:
    head, _, last = key.rpartition(".")
    lines = text.splitlines()
    starts = [at for at, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*class\s*\]\]", line)]
    row = starts[number] if number is not None and number < len(starts) else None
    if row is None:
        row = next((at for at, line in enumerate(lines, 1) if re.match(rf"\s*{last}\s*=", line)), None)
    return Finding(
        "N167", file=file, row=row, column=f"{head}.{last}" if head else last, params={"key": last}
    )


def _line(finding: Finding, declared: Mapping[str, Any], text: str) -> int | None:
    """Return the line of the class below which a gap or an overlap begins, of the key that is wrong else."""
    lines = text.splitlines()
    upper = finding.params.get("upper")
    if callable(upper):
        title = upper("zh")
        name = next((entry["id"] for entry in declared["class"] if entry["zh"] == title), None)
        wanted = rf"\s*id\s*=\s*[\"']{re.escape(str(name))}[\"']"
    else:
        wanted = rf"\s*{re.escape(str(finding.params.get('key', '')))}\s*="
    return next((at for at, line in enumerate(lines, 1) if re.match(wanted, line)), None)
