"""Names of the roles that a centre may have grown out of, and of kinds of laboratories."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from innohub.words import Language


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("centres.toml").read_text(encoding="utf-8"))


def centre_source(language: Language) -> str:
    """Return the text from which roles and laboratories were read."""
    return str(_declared()["source"][language])


def role_label(role: str) -> dict[str, str]:
    """Return the zh and en names of a role; a role that the catalogue does not know stands for itself.

    >>> role_label("finance")["zh"]
    '金融中心'
    """
    return _label("role", role)


def laboratory_label(kind: str) -> dict[str, str]:
    """Return the zh and en names of a kind of laboratory, told by its id or by one of these names.

    >>> laboratory_label("国家重点实验室")["en"], laboratory_label("observatory")["en"]
    ('state key laboratory', 'observatory')
    """
    return _label("laboratory", _kinds().get(kind.casefold(), kind))


@cache
def _kinds() -> Mapping[str, str]:
    kinds = _declared()["laboratory"].items()
    return {entry[language].casefold(): name for name, entry in kinds for language in ("zh", "en")}


def _label(family: str, name: str) -> dict[str, str]:
    entry = _declared()[family].get(name)
    return {"zh": entry["zh"], "en": entry["en"]} if entry else {"zh": name, "en": name}
