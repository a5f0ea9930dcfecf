"""Who is like a place, and how places compare side by side."""

import pandas as pd

from innohub.position.standing.compare import compare
from innohub.position.standing.similar import similar_peers
from innohub.run.standing.ask import Ask, Found, at, joined
from innohub.study.standing_section import CompareSection


def similar(ask: Ask) -> Found:
    """Return the tables similar and similar_parts; what an index measures may not be a variable."""
    section = ask.section.similar
    if section is None:
        return Found({})
    key = "position.similar"
    outcomes = {
        *section.outcomes,
        *(code for frame in ask.study.frameworks.values() for code in frame["indicator"]),
    }
    found = []
    for place in ask.places(section.places, f"{key}.places"):
        among = ask.members(section.among, f"{key}.among") if section.among else ask.alike([place])
        table = pd.DataFrame(
            {code: ask.column(code, among, section.year, section.max_gap) for code in section.variables}
        )
        table = table.loc[table.notna().any(axis=1) | (table.index == place)]
        found.append(
            similar_peers(
                table, place, k=section.k, metric=section.metric, shrinkage=section.shrinkage,
                logs=section.logs, outcomes=outcomes - {""},
            )
        )  # fmt: skip
    tables = {
        "similar": joined(
            [each.table.assign(metric=each.metric, shrinkage=each.shrinkage) for each in found]
        ),
        "similar_parts": joined([each.parts for each in found]),
    }
    return Found(tables, at((finding for each in found for finding in each.findings), key))


def comparison(ask: Ask) -> Found:
    """Return the table comparison: places side by side on the nodes of an index, or on indicators."""
    section = ask.section.compare
    if section is None:
        return Found({})
    places = ask.members(section.places, "position.compare.places")
    if section.index or not section.indicators:
        values, frame = _nodes(ask, ask.index_of(section.index))
    else:
        values, frame = _listed(ask, section, places)
    return Found({"comparison": compare(values, places, frame)})


def _nodes(ask: Ask, index: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the scores of inner nodes and the values below them, with the framework in its order."""
    scores = ask.indices[index]["scores"]
    frame = ask.study.frameworks[index]
    inner = scores.loc[:, ["node", "place", "year"]].assign(value=scores["score"], direction=1, unit="")
    leaves = frame.loc[frame["indicator"].ne(""), ["node", "indicator"]]
    own = ask.values.loc[ask.values["year"].eq(ask.year) & ask.values["place"].isin(set(scores["place"]))]
    below = leaves.merge(own, on="indicator")
    below = below.assign(direction=below["indicator"].map(ask.direction))
    columns = ["node", "place", "year", "value", "direction", "unit"]
    return pd.concat([inner[columns], below[columns]], ignore_index=True), _deepened(frame)


def _deepened(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a framework with the depth of each node."""
    parent = dict(zip(frame["node"], frame["parent"], strict=True))

    def depth(node: str) -> int:
        return 0 if not parent[node] else 1 + depth(parent[node])

    return frame.assign(depth=frame["node"].map(depth))


def _listed(ask: Ask, section: CompareSection, places: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the values of indicators for all places of the kinds that are compared."""
    field = ask.alike(places)
    parts = []
    for code in section.indicators:
        near = ask.nearest(code, section.year, section.max_gap).reset_index()
        near = near.loc[near["place"].isin(field)]
        parts.append(near.assign(node=code, direction=ask.direction(code)))
    columns = ["node", "place", "year", "value", "direction", "unit"]
    about = ask.study.indicators.set_index("indicator").loc[list(section.indicators), ["name_zh", "name_en"]]
    frame = about.reset_index(names="node").assign(parent="", depth=0)
    return pd.concat(parts, ignore_index=True)[columns], frame
