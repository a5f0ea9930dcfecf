"""What follows from the registers of a study, each register by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from innohub.catalog.registers import word_list
from innohub.ecosystem.barriers import barrier_matrix
from innohub.ecosystem.registers import (
    chain_links,
    completeness,
    coverage_matrix,
    finance_ratios,
    five_ones,
    institution_coverage,
    policy_stacks,
    rank_series,
    strategy_cards,
    talent_pyramid,
)
from innohub.ecosystem.registers.platforms import national_classes
from innohub.ecosystem.shares import platform_overlap, platform_pull
from innohub.errors import Finding
from innohub.study import Study
from innohub.study.columns import fold
from innohub.study.stated import area_of_kind

Tables = dict[str, pd.DataFrame]
_NAMES = ["name_zh", "name_en"]
_SPOT = ["file", "row"]


@dataclass(frozen=True)
class Derived:
    """The tables that follow from a register, and what was noticed."""

    tables: Tables
    findings: tuple[Finding, ...] = ()


def derive(study: Study, tables: Mapping[str, pd.DataFrame], complete: tuple[str, ...]) -> Derived:
    """Return everything that follows from single registers; ``complete`` names those that hold every entry."""
    makers: Mapping[str, Callable[[pd.DataFrame], Derived]] = {
        "platforms": lambda table: _platforms(table, complete="platforms" in complete),
        "policies": _policies,
        "transfer": lambda table: _transfer(study, table),
        "finance": _finance,
        "talent": lambda table: Derived({"talent_pyramid": _talent(table)}),
        "chains": lambda table: Derived({"chain_links": chain_links(table)}),
        "firsts": lambda table: Derived({"firsts_by_scope": _firsts(table)}),
        "ranks": _ranks,
        "strategies": lambda table: Derived({"strategy_cards": _strategies(table)}),
        "barriers": lambda table: Derived({"barrier_matrix": barrier_matrix(table)}),
    }
    found = [makers[name](table) for name, table in tables.items() if name in makers]
    whole = {name: table for each in found for name, table in each.tables.items()}
    return Derived(whole, tuple(finding for each in found for finding in each.findings))


def _platforms(table: pd.DataFrame, *, complete: bool) -> Derived:
    told = completeness(table)
    national = len(national_classes())
    head = ["place", "platforms", "present", "wanted", "missing", "other", "unclassed", "complete"]
    tables = {
        "platform_classes": _classes(table),
        "register_completeness": told.assign(wanted=national, complete=complete)[head],
        "platform_overlap": _overlap(table),
    }
    if table["partners"].ne("").any():
        ties = table[["id", "partners"]].assign(other=table["partners"].str.split(";")).explode("other")
        ties = ties[ties["other"].ne("")].rename(columns={"id": "platform"})[["platform", "other"]]
        levels = table.loc[table["level"].ne(""), ["id", "level"]].rename(columns={"id": "platform"})
        pull = platform_pull(levels, ties).rename(columns={"platform": "entry"})
        place = pull["entry"].map(table.set_index("id")["place"]).fillna("")
        pull.insert(0, "place", place)
        tables["platform_pull"] = pull
    return Derived(tables)


def _classes(table: pd.DataFrame) -> pd.DataFrame:
    labels = {**word_list("platform-class"), "": {"zh": "", "en": ""}}
    entries = table.groupby(["place", "class"])["id"].agg(entries="size", ids=";".join)
    grid = pd.MultiIndex.from_product([pd.unique(table["place"]), list(labels)], names=["place", "class"])
    found = entries.reindex(grid).reset_index()
    found["entries"] = found["entries"].fillna(0).astype("int64")
    found["ids"] = found["ids"].fillna("")
    for language in ("zh", "en"):
        found[f"class_{language}"] = [labels[key][language] for key in found["class"]]
    kept = found["class"].ne("") | found["entries"].gt(0)
    return found.loc[kept, ["place", "class", "class_zh", "class_en", "entries", "ids"]].reset_index(
        drop=True
    )


def _overlap(table: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of platforms that share a field, every field of a platform counting the same."""
    own = table[table["field"].ne("")]
    vectors = own["field"].str.get_dummies(sep=";").to_numpy(float)
    pairs, _ = platform_overlap(vectors, own["id"].tolist())
    place = table.set_index("id")["place"]
    pairs = pairs[pairs["overlap"].gt(0)].rename(columns={"platform": "entry"})
    pairs = pairs.assign(place=pairs["entry"].map(place), other_place=pairs["other"].map(place))
    return pairs[["place", "entry", "other", "other_place", "overlap"]].reset_index(drop=True)


def _policies(table: pd.DataFrame) -> Derived:
    stacks, findings = policy_stacks(table)
    names = table.set_index("id")[_NAMES].reindex(stacks["general"]).fillna("").reset_index(drop=True)
    for at, name in enumerate(_NAMES):
        stacks.insert(2 + at, name, names[name])
    # A reference that leads nowhere has been named when the register was read.
    known = set(table["id"])
    named = {
        entry["id"]
        for entry in table.to_dict("records")
        if entry["part_of"] and entry["part_of"] not in known
    }
    kept = tuple(found for found in findings if not (found.code == "S365" and found.value in named))
    return Derived({"policy_stack": stacks}, kept)


def _transfer(study: Study, table: pd.DataFrame) -> Derived:
    parts = [
        five_ones(table, by).rename(columns={by: "name"}).assign(by=by) for by in ("project", "district")
    ]
    ones = pd.concat(parts, ignore_index=True)
    ones.insert(1, "by", ones.pop("by"))
    return Derived({"five_ones": ones, "district_coverage": _districts(study.places, table)})


def _districts(places: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the coverage by district of each place; without districts among the places there is no share."""
    rows = []
    for place, own in table.groupby("place", sort=False):
        inside = places["part_of"].fillna("").str.split(";").map(lambda parts, key=place: key in parts)
        kept = places[inside & places["kind"].fillna("").map(area_of_kind).eq("district")]
        ids = {
            fold(name): str(row["place"])
            for row in kept.to_dict("records")
            for name in (row["name_en"], row["name_zh"], row["place"])
        }
        known = own.assign(district=own["district"].map(lambda text, ids=ids: ids.get(fold(text), text)))
        share, without = institution_coverage(known, kept["place"])
        served = known.loc[known["element"].eq("institution") & known["district"].ne(""), "district"].unique()
        count = len(kept) or pd.NA
        rows.append((place, count, len(served), share, ";".join(served), ";".join(without)))
    head = ["place", "districts", "served", "share", "served_names", "without"]
    return pd.DataFrame(rows, columns=head).astype({"districts": "Int64", "share": np.float64})


def _finance(table: pd.DataFrame) -> Derived:
    ratios = finance_ratios(table).rename(columns={"id": "entry"})
    about = table.set_index("id")[[*_NAMES, *_SPOT]].reindex(ratios["entry"]).reset_index(drop=True)
    ratios = pd.concat([ratios, about], axis=1)
    head = [
        "place",
        "entry",
        *_NAMES,
        "slot",
        "measure",
        "value",
        "unit",
        "qualifier",
        "above",
        "below",
        *_SPOT,
    ]
    return Derived({"finance_coverage": coverage_matrix(table), "finance_ratios": ratios[head]})


def _talent(table: pd.DataFrame) -> pd.DataFrame:
    keys = ["place", "year", "rung"]
    entries = table.groupby(keys, dropna=False).size().rename("entries").reset_index()
    told = talent_pyramid(table).merge(entries, how="left", on=keys)
    return told.assign(entries=told["entries"].fillna(0).astype("int64"))


def _firsts(table: pd.DataFrame) -> pd.DataFrame:
    undated = table["year"].isna() & table["start"].eq("")
    grouped = table.assign(undated=undated).groupby(["place", "scope"])["undated"]
    return grouped.agg(entries="size", undated="sum").reset_index()


def _ranks(table: pd.DataFrame) -> Derived:
    series, findings = rank_series(table)
    lead = ["place", "index", "boundary", "series"]
    rest = [name for name in series.columns if name not in (*lead, "id", *_SPOT)]
    series = series.rename(columns={"id": "entry"})
    return Derived({"rank_series": series[[*lead, *rest, "entry", *_SPOT]]}, findings)


def _strategies(table: pd.DataFrame) -> pd.DataFrame:
    cards = strategy_cards(table).rename(columns={"id": "entry"})
    about = table[[*_NAMES, "instrument", "goal_zh", "goal_en", *_SPOT]].reset_index(drop=True)
    cards = pd.concat([cards.reset_index(drop=True), about], axis=1)
    head = [
        "place", "entry", *_NAMES, "start", "end", "years", "budget", "currency", "budget_a_year", "field", "fields",
        "instrument", "goal_zh", "goal_en", "dated", "sourced", *_SPOT,
    ]  # fmt: skip
    return cards[head]
