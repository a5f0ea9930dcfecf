"""Works of a study: three synergies, open innovation, openness and triple helix, in all and by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from innohub.ecosystem.cities import city_synergy
from innohub.ecosystem.helix import helix_table
from innohub.ecosystem.openness import COLUMNS as OPENNESS
from innohub.ecosystem.openness import openness, tie_kinds
from innohub.ecosystem.synergy import OPEN_KINDS, level_synergy, open_rates, subject_synergy, work_ties
from innohub.errors import Finding, ModelError
from innohub.index.dynamics import great_circle
from innohub.run.blocks import Tables
from innohub.run.ecosystem.merged import merged
from innohub.run.standing.ask import Ask, Found, at, joined
from innohub.study.flows_section import SynergySection
from innohub.study.report import some

KEY = "ecosystem.synergy"
_DRAWN = {"subjects": 21, "cities": 22, "levels": 23, "open": 24, "openness": 25, "helix": 26}
_OF = ["place", "year"]
_TIED = ["work", "place", "sector", "flow", "year"]


@dataclass(frozen=True)
class Works:
    """The members of works in a fixed order, with the settings and the places to look at."""

    ask: Ask
    section: SynergySection
    members: pd.DataFrame

    @cached_property
    def ties(self) -> pd.DataFrame:
        """The ties among the members of each work."""
        tied = work_ties(self.members[_TIED], self.section.counting)
        return tied.drop(columns="other_year")

    @cached_property
    def places(self) -> list[str]:
        """The places to look at, in the order of their table."""
        if self.section.places:
            return self.ask.members(self.section.places, f"{KEY}.places")
        used = set(self.members["place"])
        return [place for place in self.ask.study.places["place"] if place in used]

    def rng(self, what: str) -> np.random.Generator:
        """Return random numbers of an analysis of its own."""
        return np.random.default_rng([self.ask.study.settings.study.seed, _DRAWN[what]])

    def touching(
        self, frame: pd.DataFrame, columns: Sequence[str] = ("place", "other_place")
    ) -> pd.DataFrame:
        """Return the rows that touch each place, once for each, the place in the column ``of``."""
        parts = [
            frame[np.any([frame[column].eq(place) for column in columns], axis=0)].assign(of=place)
            for place in self.places
        ]
        return joined([frame.iloc[:0].assign(of=""), *parts])

    def whole_works(self) -> pd.DataFrame:
        """Return all members of the works of each place, the place in the column ``of``."""
        own = self.members
        parts = [own[own["work"].isin(own.loc[own["place"].eq(p), "work"])].assign(of=p) for p in self.places]
        return joined([own.iloc[:0].assign(of=""), *parts])


def synergies(ask: Ask) -> Found:
    """Return the tables synergy, synergy_pairs, level_pairs, open_innovation, openness and triple_helix."""
    section = ask.study.settings.ecosystem.synergy if ask.study.settings.ecosystem else None
    members = ask.study.flows.works
    if section is None or members is None or members.empty:
        return Found({})
    country = members["place"].map(ask.study.places.set_index("place")["country"]).fillna("")
    members = members.assign(country=members["country"].where(members["country"].ne(""), country))
    # A fixed order, so that the rows of the table may stand in any.
    members = members.sort_values(["work", "place", "sector", "level", "actor", "amount", "flow", "country"])
    members["year"] = members["year"].fillna(0).astype("int64") if section.by_year else 0
    works = Works(ask, section, members.reset_index(drop=True))
    parts = [_subjects(works), _cities(works), _levels(works), _open(works), _openness(works), _helix(works)]
    tables: Tables = {}
    for name in dict.fromkeys(name for part in parts for name in part.tables):
        made = joined([part.tables[name] for part in parts if name in part.tables])
        years = made["year"].astype("Int64")
        tables[name] = made.assign(year=years.where(years.gt(0)))
    return Found(tables, at(merged([finding for part in parts for finding in part.findings]), KEY))


def _synergy(kind: str, whole: pd.DataFrame, places: pd.DataFrame, null: str) -> pd.DataFrame:
    """Return both tables in the form of the result table."""
    both = joined([whole.assign(place=""), places.rename(columns={"of": "place"})])
    named = both.rename(columns={"value": "share", "low": "share_low", "high": "share_high"})
    columns = [
        *_OF, "kind", "share", "share_low", "share_high", "expected", "ratio", "ratio_low", "ratio_high",
        "null", "decay", "weight", "works",
    ]  # fmt: skip
    decay = named.get("decay", np.nan)
    return named.assign(kind=kind, null=null, decay=decay)[columns]


def _subjects(works: Works) -> Found:
    ties, section, rng = works.ties, works.section, works.rng("subjects")
    if not works.members["sector"].ne("").any():
        return Found({})
    whole, said = subject_synergy(ties, section.draws, rng, ["year"], section.level)
    places, also = subject_synergy(works.touching(ties), section.draws, rng, ["of", "year"], section.level)
    table = _synergy("subjects", whole, places, "mixing")
    return Found({"synergy": table}, (*said, *(finding for finding in also if finding.code != "N209")))


def _cities(works: Works) -> Found:
    """Compare ties between places of the study; members elsewhere have no distance and stay outside."""
    section, rng = works.section, works.rng("cities")
    placed = works.ties[works.ties["place"].ne("") & works.ties["other_place"].ne("")]
    if placed.empty:
        return Found({})
    distance = _distances(works, placed) if section.null == "gravity" else None
    parts: list[pd.DataFrame] = []
    pairs: list[pd.DataFrame] = []
    findings: list[Finding] = []
    for year, ties in placed.groupby("year", sort=True):
        found = city_synergy(
            ties, section.draws, rng, section.null, distance=distance, decay=section.decay, level=section.level
        )  # fmt: skip
        whole = pd.DataFrame({
            "value": [found.observed], "low": found.share_low, "high": found.share_high,
            "expected": found.expected, "ratio": found.ratio, "ratio_low": found.low, "ratio_high": found.high,
            "weight": ties["weight"].sum(), "works": found.works, "year": year, "decay": found.decay,
        })  # fmt: skip
        own = found.by_place[found.by_place["place"].isin(works.places)].assign(year=year, decay=found.decay)
        parts.append(_synergy("cities", whole, own, section.null))
        pairs.append(
            found.pairs.assign(year=year)[["place", "other", "year", "observed", "expected", "ratio"]]
        )
        findings += found.findings
    return Found({"synergy": joined(parts), "synergy_pairs": joined(pairs)}, tuple(findings))


def _distances(works: Works, ties: pd.DataFrame) -> pd.DataFrame:
    """Return distances between places in kilometres, the mean distance within each on the diagonal.

    Raises
    ------
    ModelError
        N350 for places without coordinates.
    """
    used = sorted(set(ties["place"]) | set(ties["other_place"]))
    table = works.ask.study.places.set_index("place").loc[used, ["lat", "lon"]].astype(float)
    if lost := table.index[table.isna().any(axis=1)].tolist():
        params = {"count": len(lost), "places": some(lost)}
        raise ModelError(Finding("N350", "error", "study.toml", column=f"{KEY}.null", params=params))
    within = works.section.within_km
    if isinstance(within, dict) and (missing := [place for place in used if place not in within]):
        params = {"count": len(missing), "places": some(missing)}
        raise ModelError(Finding("N354", "error", "study.toml", column=f"{KEY}.within_km", params=params))
    matrix = great_circle(table["lat"].to_numpy(), table["lon"].to_numpy())
    np.fill_diagonal(matrix, [within[place] if isinstance(within, dict) else within for place in used])
    return pd.DataFrame(matrix, index=used, columns=used)


def _levels(works: Works) -> Found:
    section, rng = works.section, works.rng("levels")
    found, findings = [], []
    for by, frame in (["year"], works.members), (["of", "year"], works.whole_works()):
        known = frame[frame["level"].ne("")]
        if known.empty:
            return Found({})
        if known["amount"].notna().any():
            lost = int(known["amount"].isna().sum())
            if lost and by == ["year"]:
                params = {"count": lost, "whole": len(known)}
                findings.append(Finding("N358", "warning", params=params))
            known = known.assign(amount=known["amount"].fillna(0.0))
        else:
            known = known.drop(columns="amount")
        table, pairs, said = level_synergy(known, section.draws, rng, by, section.level)
        findings += said
        found.append((table, pairs))
    (whole, shared), (places, by_place) = found
    pairs = joined([shared.assign(place=""), by_place.rename(columns={"of": "place"})])
    tables = {
        "synergy": _synergy("levels", whole, places, "shuffle"),
        "level_pairs": pairs[["place", "year", "level", "other", "share"]],
    }
    return Found(tables, tuple(findings))


def _open(works: Works) -> Found:
    """Return open-innovation rates; without a second place or a member elsewhere there is nothing to open to.

    Where no work tells the flow of knowledge, external ties are not told apart.
    """
    if not works.places or works.members["place"].nunique() < 2:
        return Found({})
    kinds = [tie_kinds(works.ties, place).assign(of=place) for place in works.places]
    section = works.section
    table, said = open_rates(joined(kinds), section.draws, works.rng("open"), ["of", "year"], section.level)
    if not works.members["flow"].ne("").any():
        apart = [str(name) for name in table if str(name).startswith(OPEN_KINDS)]
        table[apart] = np.nan
    return Found({"open_innovation": table.rename(columns={"of": "place"})}, said)


def _openness(works: Works) -> Found:
    if not works.places or works.members["place"].nunique() < 2:
        return Found({})
    section, rng = works.section, works.rng("openness")
    rows: list[pd.DataFrame] = []
    findings: list[Finding] = []
    for year, members in works.members.groupby("year", sort=True):
        here = set(members["place"])
        for place in works.places:
            if place in here:
                row, said = openness(members, place, section.draws, rng, section.level)
                rows.append(row.assign(place=place, year=year))
                findings += said
    table = joined(rows)[[*_OF, *OPENNESS]] if rows else pd.DataFrame()
    return Found({"openness": table} if rows else {}, tuple(findings))


def _helix(works: Works) -> Found:
    """Return the triple helix of all works, and of the members that each place has in them."""
    if not works.members["sector"].ne("").any():
        return Found({})
    section, rng = works.section, works.rng("helix")
    whole, said = helix_table(works.members, section.draws, rng, ["year"], level=section.level)
    own = works.touching(works.members, ["place"])
    places, also = helix_table(own, section.draws, rng, ["of", "year"], level=section.level)
    both = joined([whole.assign(place=""), places.rename(columns={"of": "place"})])
    columns = [*_OF, *(name for name in both if name not in _OF)]
    findings = (*said, *(finding for finding in also if finding.code != "N207"))
    return Found({"triple_helix": both[columns]}, findings)
