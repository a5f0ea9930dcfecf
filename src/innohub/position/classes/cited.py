"""Classes as a source lists them, kept beside computed ones."""

from collections.abc import Mapping
from math import nan

import pandas as pd

from innohub.catalog.scheme import Scheme, rule_text
from innohub.errors import Finding, ModelError
from innohub.position.classes.standing import Standing, standing_table


def place_as_cited(cited: Mapping[str, str], found: Scheme, *, source: str = "") -> pd.DataFrame:
    """Lay out classes that a source lists, such as the nexus, hub and node cities of a published index.

    Nothing is computed: there is no value, no limit and no distance. This is the only honest use of a scheme of
    which just names are published, unless the user brings limits.

    Parameters
    ----------
    cited : place to the id of its class.
    source : who lists them; the source of the scheme by default.

    Raises
    ------
    ModelError
        N179 for every class that the scheme does not have.

    Examples
    --------
    >>> from innohub.catalog.scheme import scheme
    >>> place_as_cited({"guangzhou": "node"}, scheme("2thinknow-5"))["class_zh"].item()
    '节点城市'
    """
    ids = [grade.id for grade in found.grades]
    wrong = [
        Finding("N179", value=name, params={"name": place, "given": name, "wanted": ", ".join(ids)})
        for place, name in cited.items()
        if name not in ids
    ]
    if wrong:
        raise ModelError(wrong)
    told = source or found.source
    return standing_table(
        found,
        [
            Standing(
                place=place,
                value=nan,
                index=ids.index(name),
                rule=told,
                rule_zh=rule_text("cited", "zh", source=told),
                rule_en=rule_text("cited", "en", source=told),
            )
            for place, name in cited.items()
        ],
    )
