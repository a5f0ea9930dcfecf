"""The words that a table of works may use for sectors, levels and flows of knowledge."""

from collections.abc import Mapping

from innohub.catalog.flows import flow_words

SIDES = ("university", "institute", "firm", "government", "other")


def sector_of(own: Mapping[str, str]) -> dict[str, str]:
    """Return what each word for a sector means, in lower case; the study's own words come before the catalogue's.

    >>> sector_of({"HES": "university"})["hes"], sector_of({})["企业"]
    ('university', 'firm')
    """
    return _folded(flow_words("sector"), own)


def level_of(own: Mapping[str, str]) -> dict[str, str]:
    """Return what each word for a level means.

    >>> level_of({})["省级"]
    'provincial'
    """
    return _folded(flow_words("level"), own)


def flow_of() -> dict[str, str]:
    """Return what each word for a flow means.

    >>> flow_of()["输出"]
    'out'
    """
    return _folded(flow_words("flow"), {})


def _folded(known: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    return {word.strip().casefold(): meaning for word, meaning in (*known.items(), *own.items())}
