"""Sums of ratings on a few criteria, as Wired scored 46 hubs of technological innovation in 2000."""

from math import nan

import pandas as pd

from innohub.catalog.scheme import Scheme, rule_text
from innohub.errors import Finding, ModelError, ScaleError
from innohub.position.classes.standing import Standing, standing_table


def place_by_ratings(ratings: pd.DataFrame, found: Scheme) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Add up the ratings of each place on the criteria of the scheme.

    The source has no classes, only totals from 4 to 16: the total is the class, and the next class up is one
    point more.

    Parameters
    ----------
    ratings : (places, criteria) whole numbers from 1 to 4, columns named as the criteria, index = places.

    Returns
    -------
    The table of :func:`standing_table`, and warnings N169 for places without a rating on some criterion.

    Raises
    ------
    ModelError
        N179 when the columns are not the criteria.
    ScaleError
        N170 for every rating that is not a whole number in the range.
    """
    criteria = [criterion["id"] for criterion in found.parameters["criteria"]]
    if set(ratings.columns) != set(criteria):
        told = {
            "name": "ratings",
            "given": ", ".join(map(str, ratings.columns)),
            "wanted": ", ".join(criteria),
        }
        raise ModelError(Finding("N179", params=told))
    least, most = found.parameters["least"], found.parameters["most"]
    if wrong := _wrong(ratings, least, most):
        raise ScaleError(wrong)
    rows, findings = [], []
    for place, given in ratings[criteria].iterrows():
        if given.isna().any():
            gaps = tuple(map(str, given.index[given.isna()]))
            findings.append(Finding("N169", "warning", params={"place": str(place), "segments": gaps}))
            rows.append(Standing(str(place), nan, None))
        else:
            rows.append(_stand(str(place), [int(x) for x in given], most * len(criteria)))
    return _totals(standing_table(found, rows), most * len(criteria)), tuple(findings)


def _wrong(ratings: pd.DataFrame, least: int, most: int) -> list[Finding]:
    told = {"least": least, "most": most}
    return [
        Finding("N170", value=f"{x:g}", params={**told, "place": str(place), "criterion": str(criterion)})
        for place, row in ratings.iterrows()
        for criterion, x in row.items()
        if not pd.isna(x) and (x < least or x > most or x % 1)
    ]


def _stand(place: str, given: list[int], most: int) -> Standing:
    total, added = sum(given), " + ".join(map(str, given))
    told = {"sum": added, "total": total, "most": most}
    return Standing(
        place=place,
        value=float(total),
        index=0,
        rule=f"{added} = {total}",
        closed="left",
        distance=1.0 if total < most else nan,
        distance_in="points" if total < most else "",
        lower=float(total),
        upper=float(total),
        rule_zh=rule_text("ratings", "zh", **told),
        rule_en=rule_text("ratings", "en", **told),
    )


def _totals(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """Write the total as the class, and one point more as the next."""
    total = [None if pd.isna(x) else int(x) for x in table["value"]]
    shown = ["" if x is None else str(x) for x in total]
    above = ["" if x is None or x >= most else str(x + 1) for x in total]
    label = ["" if x is None else f"{x}/{most}" for x in total]
    return table.assign(**{"class": shown, "next_class": above, "class_zh": label, "class_en": label})
