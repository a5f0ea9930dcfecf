"""Names of tiers in both languages."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _labels() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("innohub.catalog").joinpath("tiers.toml").read_text(encoding="utf-8"))


def tier_label(tier: str) -> dict[str, str]:
    """Return the zh and en names of a tier; a name that the catalogue does not know stands for itself.

    >>> tier_label("national")["zh"]
    '国家级'
    """
    return _labels().get(tier, {"zh": tier, "en": tier})
