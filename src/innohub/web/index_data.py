"""What the page shows of one index, and whether the page may re-weight it."""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.chart.tables import varied
from innohub.study.index_section import IndexSection
from innohub.web.change_data import change_data
from innohub.web.gaps import GapRule
from innohub.web.method_data import effect_data, rule_data, stage_data
from innohub.web.preset_data import preset_data
from innohub.web.reading import describe, number, optional, plain, rows, text, whole
from innohub.web.rerank import pack_draws, rerank
from innohub.web.run_tables import RunTables
from innohub.web.schema import Alternative, Draws, Index, Node, Standing
from innohub.web.schema_basic import Text
from innohub.web.sensitivity_data import sensitivity_data

Matrix = NDArray[np.float64]
LEAST_DRAWS, MOST_DRAWS = 400, 2000
# Weighing a place takes a product for each leaf; ranking it costs about as much as this many more.
MOST_PRODUCTS, RANKING = 3_000_000, 15
MOST_PAIRS = 10_000


def index_data(run: RunTables, name: str) -> Index:
    """Return the page's data of one index; places follow their rank, leaves the framework."""
    section = run.settings.index[name]
    nodes = _nodes(run, name)
    leaves = [node["id"] for node in nodes if node["indicator"]]
    root = next(node["id"] for node in nodes if not node["parent"])
    scores = run.table("scores")
    scores = scores[(scores["index"] == name) & (scores["year"] == scores["year"].max())]
    standing = scores[scores["node"] == root].sort_values(["rank", "place"], kind="stable")
    places = [str(place) for place in standing["place"]]
    normalised = _normalised(run, name, places, leaves)
    wide = scores.pivot_table(index="place", columns="node", values="score", dropna=False).reindex(places)
    return Index(
        id=name,
        title=Text(
            zh=section.title.text("zh") or nodes[0]["name"]["zh"],
            en=section.title.text("en") or nodes[0]["name"]["en"],
        ),
        nodes=nodes,
        places=places,
        leaves=leaves,
        normalised=[[number(value) for value in row] for row in normalised],
        inner={str(node): [number(value) for value in wide[node]] for node in wide.columns},
        standings=[_standing(row) for row in rows(standing)],
        acceptability=_square(optional(run, "acceptability"), name, places, "rank"),
        wins=_square(optional(run, "wins"), name, places, "other"),
        alternatives=_alternatives(run, name, places),
        draws=_draws(run, name, section, leaves, len(places)),
        obstacle=_obstacle(section, nodes, normalised, standing["score"].to_numpy(dtype=float)),
        normalise=describe(section.normalise, "normalise"),
        weigh=describe(section.weights, "weights"),
        aggregate=describe(section.aggregate, "aggregate"),
        rules=rule_data(section),
        stages=stage_data(run, name, places, leaves),
        effects=effect_data(run, name),
        change=change_data(run, name, root, places),
        sensitivity=sensitivity_data(run, name, places),
        preset=preset_data(run, name),
    )


def _nodes(run: RunTables, name: str) -> list[Node]:
    framework, weights = run.table("framework"), run.table("weights")
    weights = weights[weights["index"] == name].set_index("node")
    return [
        Node(
            id=row["node"],
            parent=plain(row["parent"]),
            name=text(row, "name"),
            weight=number(row["weight"]),
            share=float(weights.loc[row["node"], "share"]),
            effective=float(weights.loc[row["node"], "effective"]),
            indicator=plain(row["indicator"]),
        )
        for row in rows(framework[framework["index"] == name])
    ]


def _normalised(run: RunTables, name: str, places: list[str], leaves: list[str]) -> Matrix:
    steps = run.table("steps")
    steps = steps[(steps["index"] == name) & (steps["step"] == "normalised")]
    steps = steps[steps["year"] == steps["year"].max()]
    wide = steps.pivot_table(index="place", columns="node", values="after", dropna=False)
    return np.asarray(wide.reindex(index=places, columns=leaves), dtype=np.float64)


def _obstacle(
    section: IndexSection, nodes: list[Node], normalised: Matrix, scores: Matrix
) -> Literal["", "geometric", "other"]:
    """Say why the page cannot build the scores from the normalised values; an empty text when it can."""
    named = [node.aggregate for node in section.nodes.values() if node.aggregate]
    if any(describe(spec, "aggregate")["spec"] != "arithmetic" for spec in [section.aggregate, *named]):
        return "geometric"
    effective = np.array([node["effective"] for node in nodes if node["indicator"]])
    again = rerank(normalised, effective, effective[None, :], effective, (), rule=gap_rule(section, nodes))
    same = again is not None and np.allclose(again.scores, scores, rtol=1e-6, atol=1e-9, equal_nan=True)
    return "" if same else "other"


def gap_rule(section: IndexSection, nodes: list[Node]) -> GapRule:
    """Return the framework of an index, parents before children, with its rule for missing values."""
    order = [node for node in nodes if not node["parent"]]
    for above in order:
        order += [node for node in nodes if node["parent"] == above["id"]]
    at = {node["id"]: position for position, node in enumerate(order)}
    leaves = [node["id"] for node in nodes if node["indicator"]]
    return GapRule(
        parent=tuple(at.get(node["parent"], -1) for node in order),
        leaf=tuple(leaves.index(node["id"]) if node["indicator"] else -1 for node in order),
        min_share=section.missing.min_share,
        by_weight=section.missing.by == "weight",
    )


def _standing(row: dict[str, object]) -> Standing:
    return Standing(
        score=number(row["score"]),
        score_low=number(row["score_low"]),
        score_high=number(row["score_high"]),
        rank=whole(row["rank"]),
        rank_low=whole(row["rank_low"]),
        rank_high=whole(row["rank_high"]),
    )


def _square(table: pd.DataFrame, name: str, places: list[str], columns: str) -> list[list[float]]:
    """Return (places, ranks) or (places, places) probabilities; nothing for very many places."""
    if table.empty or len(places) ** 2 > MOST_PAIRS:
        return []
    wide = table[table["index"] == name].pivot_table(index="place", columns=columns, values="probability")
    wide = wide.reindex(index=places, columns=places if columns == "other" else range(1, len(places) + 1))
    return [[round(float(value), 5) for value in row] for row in wide.fillna(0.0).to_numpy()]


def _alternatives(run: RunTables, name: str, places: list[str]) -> list[Alternative]:
    table = optional(run, "alternatives")
    if table.empty:
        return []
    found: list[Alternative] = []
    for key, part in table[table["index"] == name].groupby("alternative", sort=False):
        ordered = rows(part.set_index("place").reindex(places))
        first = ordered[0]
        found.append(
            Alternative(
                id=str(key),
                title=text(first, "title"),
                method=plain(first["method"]),
                score=[number(row["score"]) for row in ordered],
                rank=[whole(row["rank"]) for row in ordered],
                tier=[plain(row["tier"]) for row in ordered],
            )
        )
    return found


def _draws(run: RunTables, name: str, section: IndexSection, leaves: list[str], places: int) -> Draws:
    """Keep as many of the first draws as the page can weigh within the blink of an eye."""
    total, level = section.uncertainty.draws, section.uncertainty.level
    keep = max(LEAST_DRAWS, min(MOST_DRAWS, MOST_PRODUCTS // (places * (len(leaves) + RANKING))))
    table = optional(run, "draws")
    table = table[(table["index"] == name) & (table["draw"] < keep)] if not table.empty else table
    kept = 0 if table.empty else table["draw"].nunique()
    rows = ""
    if kept:
        wide = (
            table.pivot_table(index="draw", columns="node", values="weight")
            .reindex(columns=leaves)
            .fillna(0.0)
        )
        rows = pack_draws(wide.to_numpy(dtype=float))
    methods = set(varied(section, optional(run, "indicators"))) > {"weights"}
    return Draws(
        count=kept,
        total=total,
        level=level,
        spec=section.uncertainty.vary.weights,
        methods=methods,
        rows=rows,
    )
