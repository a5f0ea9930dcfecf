"""Set queries over registers: which places have everything wanted, and whether one alone has."""

from collections.abc import Mapping

import pandas as pd

from innohub.ecosystem.registers import only_place_with
from innohub.study.registers.asked import Query


def query_tables(
    queries: Mapping[str, Query], tables: Mapping[str, pd.DataFrame], complete: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Return what each place has of what is wanted, and the test of "the only one".

    Returns
    -------
    Tables register_sets (a row for each query and place) and register_only (a row for each query and place tested).
    """
    sets, only = [], []
    for name, query in queries.items():
        about = {
            "query": name, "title_zh": query.title["zh"] or name, "title_en": query.title["en"] or name,
            "register": query.register, "column": query.column,
        }  # fmt: skip
        table = tables[query.register]
        single = table.assign(_part=table[query.column].str.split(";")).explode("_part")
        kept = single[single["_part"].isin(query.wanted)]
        sets += [
            {"place": place, **about, **_held(kept[kept["place"].eq(place)], query)}
            for place in dict.fromkeys([*table["place"], *query.among])
        ]
        holders = [row["place"] for row in sets if row["query"] == name and row["all"]]
        only += [
            {"place": place, **about, **_answer(single, place, query, query.register in complete)}
            for place in ([query.place] if query.place else holders)
        ]
    head = ["place", "query", "title_zh", "title_en", "register", "column"]
    return {
        "register_sets": pd.DataFrame(sets, columns=[*head, "wanted", "have", "lacking", "all", "ids"]),
        "register_only": pd.DataFrame(
            only,
            columns=[
                *head,
                "verdict",
                "complete",
                "compared",
                "others",
                "lacking",
                "nearest",
                "nearest_lacking",
            ],
        ),
    }


def _held(own: pd.DataFrame, query: Query) -> dict[str, object]:
    held = set(own["_part"])
    return {
        "wanted": ";".join(query.wanted),
        "have": ";".join(word for word in query.wanted if word in held),
        "lacking": ";".join(word for word in query.wanted if word not in held),
        "all": held.issuperset(query.wanted),
        "ids": ";".join(dict.fromkeys(own["id"])),
    }


def _answer(table: pd.DataFrame, place: str, query: Query, complete: bool) -> dict[str, object]:
    among = query.among or None
    found = only_place_with(table, place, query.wanted, "_part", complete=complete, among=among)
    return {
        "verdict": found.verdict,
        "complete": complete,
        "compared": found.compared,
        "others": ";".join(found.others),
        "lacking": ";".join(found.lacking),
        "nearest": ";".join(name for name, _ in found.nearest),
        "nearest_lacking": "|".join(";".join(lacking) for _, lacking in found.nearest),
    }
