"""What the page shows of the tiers."""

import pandas as pd

from innohub.position.tier.definitions import definitions, own_definition
from innohub.web.reading import describe, number, optional, plain, rows
from innohub.web.run_tables import RunTables
from innohub.web.schema import Index, Limit, Sizes, TierName, Tiers
from innohub.web.schema_basic import Text


def tier_data(run: RunTables, indices: list[Index]) -> Tiers | None:
    """Return tiers, their probabilities and their stability; ``None`` where the study has no tiers."""
    section, table = run.settings.tiers, optional(run, "tiers")
    index = next((index for index in indices if section and index["id"] == section.index), None)
    if section is None or index is None or table.empty:
        return None
    names = [name.id for name in section.names]
    kinds = definitions(section, table)
    used = own_definition(section, kinds) or section.definition
    assigned = _assigned(table, used, index["places"])
    return Tiers(
        index=section.index,
        names=[TierName(id=name.id, name=Text(zh=name.zh, en=name.en)) for name in section.names],
        method=describe(section.method, "tiers"),
        scale=section.scale,
        definition=used,
        firm=section.firm,
        sizes=[assigned.count(name) for name in names],
        assigned=assigned,
        probability={kind: _probability(table, kind, index["places"], names) for kind in kinds},
        stability=[
            Sizes(sizes=plain(row["sizes"]), probability=float(row["probability"]))
            for row in rows(optional(run, "tier_sizes"))
        ],
        limits=[
            Limit(
                scale=plain(row["scale"]),
                tier=plain(row["tier"]),
                lower=number(row["lower"]),
                size=int(row["size"]),
                fit=number(row["fit"]),
            )
            for row in rows(optional(run, "tier_limits"))
        ],
    )


def _assigned(table: pd.DataFrame, used: str, places: list[str]) -> list[str]:
    own = table[(table["definition"] == used) & table["assigned"]].set_index("place")["tier"]
    return [plain(tier) for tier in own.reindex(places)]


def _probability(table: pd.DataFrame, kind: str, places: list[str], names: list[str]) -> list[list[float]]:
    wide = table[table["definition"] == kind].pivot_table(index="place", columns="tier", values="probability")
    wide = wide.reindex(index=places, columns=names).fillna(0.0)
    return [[round(float(value), 5) for value in row] for row in wide.to_numpy()]
