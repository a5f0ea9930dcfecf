"""Call places and indicators in findings as a reader does, not by their ids."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from innohub.errors import Finding
from innohub.study import Study
from innohub.words import Language, words

_KIND_OF = {
    "place": "place",
    "places": "place",
    "peers": "place",
    "indicator": "indicator",
    "indicators": "indicator",
    "variables": "indicator",
}
Rows = Mapping[str, Mapping[Hashable, Any]]


def named(study: Study, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings that call places and indicators by their names; what is no known id stays as it is."""
    tables = {"place": study.places, "indicator": study.indicators}
    names: dict[str, Rows] = {
        kind: {str(row[kind]): row for row in table[[kind, "name_zh", "name_en"]].to_dict("records")}
        for kind, table in tables.items()
    }
    return tuple(
        replace(
            finding,
            params={
                key: _call(value, names[_KIND_OF[key]]) if key in _KIND_OF else value
                for key, value in finding.params.items()
            },
        )
        for finding in findings
    )


def _call(value: object, names: Rows) -> object:
    """Return how a reader calls one id or several, by language."""

    def text(code: object, language: Language) -> str:
        return str(names.get(str(code), {}).get(f"name_{language}") or code)

    def several(language: Language) -> str:
        codes = value if isinstance(value, tuple) else (value,)
        return words(language).say("where.list").join(text(code, language) for code in codes)

    return several if isinstance(value, tuple) or value in names else value
