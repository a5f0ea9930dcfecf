"""The results of a run, read from its folder: tables, settings, and the chain behind a number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import Any

import pandas as pd

from innohub.errors import Finding, StoreError
from innohub.run import store
from innohub.run.chain import build_chain
from innohub.run.coupling_chain import NAMES, build_coupling_chain
from innohub.run.ecosystem.flow_trace import NAMES as FLOWS
from innohub.run.ecosystem.flow_trace import build_flow_chain
from innohub.run.position_chain import build_position_chain, knows_function
from innohub.run.register_chain import build_register_chain, knows_register
from innohub.study.schema import Settings
from innohub.trace import Link


@dataclass(frozen=True)
class IndexView:
    """The tables of one index."""

    run: "Run"
    name: str

    def table(self, name: str) -> pd.DataFrame:
        """Return the rows of a result table that belong to this index."""
        table = self.run.table(name)
        return table[table["index"].eq(self.name)].drop(columns="index").reset_index(drop=True)

    @property
    def scores(self) -> pd.DataFrame:
        """Scores and ranks of every node with intervals: node, place, year, score, …, rank_high."""
        return self.table("scores")

    @property
    def history(self) -> pd.DataFrame:
        """Scores and ranks of every node in every year of the study: node, place, year, score, rank."""
        return self.table("history")

    @property
    def weights(self) -> pd.DataFrame:
        """Weights as given, as shares, and effective: node, weight, share, effective, method."""
        return self.table("weights")

    @property
    def acceptability(self) -> pd.DataFrame:
        """Rank acceptability: place, rank, probability."""
        return self.table("acceptability")

    @property
    def wins(self) -> pd.DataFrame:
        """Win probability: place, other, probability."""
        return self.table("wins")

    @property
    def sensitivity(self) -> pd.DataFrame:
        """Exact Sobol indices of the design: output, place, factor, first, total, variance."""
        return self.table("sensitivity")

    @property
    def effects(self) -> pd.DataFrame:
        """What each step changed: step, method, neutral, values, places, unranked, mean_shift, …, reason."""
        return self.table("effects")

    @property
    def alternatives(self) -> pd.DataFrame:
        """Scores, ranks and tiers by other methods."""
        return self.table("alternatives")


@dataclass(frozen=True)
class TiersView:
    """The tables of the tiers."""

    run: "Run"

    @property
    def probabilities(self) -> pd.DataFrame:
        """Tier probabilities under the study's definition, places by tiers."""
        table = self.run.table("tiers")
        chosen = table[table["definition"].eq(self.definition)]
        wide = chosen.pivot_table(index="place", columns="tier", values="probability", sort=False)
        return wide.reset_index().rename_axis(columns=None)

    @property
    def definition(self) -> str:
        """The definition of probability that the study gives: places, thresholds or refitted."""
        section = self.run.settings.tiers
        return section.definition if section else "refitted"

    @property
    def table(self) -> pd.DataFrame:
        """Probabilities under all three definitions: place, tier, definition, probability, assigned."""
        return self.run.table("tiers")

    @property
    def sizes(self) -> pd.DataFrame:
        """How often each vector of tier sizes came out when the tiers were cut anew in each draw."""
        return self.run.table("tier_sizes")

    @property
    def limits(self) -> pd.DataFrame:
        """Cut scores, sizes and fit by scale."""
        return self.run.table("tier_limits")

    @property
    def plan(self) -> pd.DataFrame:
        """The tiers beside those of a published plan."""
        return self.run.table("plan_comparison")


@dataclass(frozen=True)
class Run:
    """A finished run: ``folder`` holds its tables, ``manifest`` says what they are and what they came from."""

    folder: Path
    manifest: Mapping[str, Any]
    _read: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def open(cls, folder: Path) -> "Run":
        """Open a finished run by its folder."""
        return cls(folder, store.read_manifest(folder))

    @property
    def table_names(self) -> tuple[str, ...]:
        """The names of the result tables."""
        return tuple(Path(resource["path"]).stem for resource in self.manifest["resources"])

    def table(self, name: str) -> pd.DataFrame:
        """Return a result table; ``KeyError`` for a name that the run does not have."""
        if name not in self._read:
            if name not in self.table_names:
                raise KeyError(name)
            try:
                self._read[name] = pd.read_parquet(self.folder / f"{name}.parquet")
            except (OSError, ValueError) as problem:
                finding = Finding(
                    "F112", file=str(self.folder / f"{name}.parquet"), params={"problem": str(problem)}
                )
                raise StoreError(finding) from None
        return self._read[name].copy()

    @cached_property
    def settings(self) -> Settings:
        """The study's settings as they were at the run."""
        return Settings.model_validate(self.manifest["innohub:settings"])

    @property
    def index(self) -> Mapping[str, IndexView]:
        """The indices by name."""
        return {name: IndexView(self, name) for name in self.settings.index}

    @property
    def tiers(self) -> TiersView | None:
        """The tiers, when the study has them."""
        return TiersView(self) if "tiers" in self.table_names else None

    def trace(self, place: str, index: str | None = None, node: str | None = None) -> Link:
        """Walk from a score to its children, weights, normalised and raw values, source, file and row.

        In a positioning study, from a function to its scopes, comparisons, and the rows of both sides.

        Parameters
        ----------
        place : id or name of a place.
        index : name of an index; the first of the study if not given. Of a function, or of an indicator that measures
            one, where the study has no such index; all functions of a study without an index if not given. ``coupling``
            for the coordination of the subsystems, where the study computes it. Of a pillar, a register or an entry
            of one, where the study has registers; all pillars if it has nothing else and none is given. ``chains`` for
            the four chains, where the study has them.
        node : a node or indicator of its framework, or an indicator of the function; the root, or all, if not given.

        Raises
        ------
        PlaceError, ModelError
            L110, M130, M131, N182 or N183 for an unknown place, index, node or function; the nearest are offered.
        """
        if index is not None and index.casefold() in FLOWS and "chain_fusion" in self.table_names:
            return build_flow_chain(self.table, place, node)
        positions = "positions" in self.table_names
        named = index is not None and index not in self.settings.index
        section = self.settings.ecosystem
        if named and str(index).casefold() in NAMES and section and "coupling" in self.table_names:
            if node:
                return build_chain(self.table, place, section.index, node)
            year = self.settings.study.year
            return build_coupling_chain(self.table, place, section.index, year, weights=section.weights)
        if "pillars" in self.table_names and (not self.settings.index or named):
            alone = not (positions or self.settings.index)
            if alone or (index is not None and knows_register(self.table, index)):
                return build_register_chain(self.table, place, index)
        if positions and (not self.settings.index or (named and knows_function(self.table, str(index)))):
            return build_position_chain(self.table, place, index, node)
        return build_chain(self.table, place, index or next(iter(self.settings.index)), node)


def open_run(folder: Path | str) -> Run:
    """Open the current run of a study folder, or a run folder itself.

    Raises
    ------
    StoreError
        F113 when the study has not been run.
    """
    path = Path(folder)
    if (path / store.MANIFEST).is_file():
        return Run.open(path)
    now = store.current(path / "results") or store.current(path)
    if now is None:
        raise StoreError(
            Finding("F113", file=str(path), params={"folder": str(path), "path": quote(str(path))})
        )
    return Run.open(now)
