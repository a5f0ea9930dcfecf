"""Compute an index over COINr's two tables, data set by data set, with COINr's defaults.

A panel is treated within each year and normalised over all years together; units are aggregated and ranked within each
year (Becker et al. 2022, JOSS 7(78):4567).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog import parse_spec
from innohub.errors import Finding, InnohubError, ModelError
from innohub.index import Model, Nominal, build_tree, compute, unscored
from innohub.index.treat import treat
from innohub.panel import Division, Panel, Table, denominate, impute, screen
from innohub.run.coinr_findings import METHOD, placed
from innohub.study.coinr import Coinr
from innohub.study.coinr_limits import own_columns
from innohub.study.coinr_method import Method
from innohub.study.report import near, ordered, some

Matrix = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Pipeline:
    """What the steps gave.

    ``stages`` has a table by step, of ``raw denominated imputed screened treated normalised aggregated`` those that
    were taken: uCode, Time in a panel, then one column a code; ``scores`` and ``ranks`` have the aggregates, the index
    first. ``nominal`` is the index computed, with weights; ``findings`` are warnings and notes.
    """

    stages: Mapping[str, pd.DataFrame]
    scores: pd.DataFrame
    ranks: pd.DataFrame
    nominal: Nominal
    findings: tuple[Finding, ...]

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All tables by name."""
        return {**self.stages, "scores": self.scores, "ranks": self.ranks}


def run_coinr(coinr: Coinr, method: Method | None = None) -> Pipeline:
    """Take the steps that a method asks for, in COINr's order.

    Raises
    ------
    ModelError, PanelError, ScaleError, NoSolutionError
        When a step cannot be taken; the finding names indicator and unit.
    """
    try:
        return _Steps(coinr, method or Method()).run()
    except InnohubError as problem:
        raise type(problem)(placed(problem.findings, coinr, method or Method())) from None


class _Steps:
    """The values on their way through the steps; ``rows`` are the rows of the data that remain."""

    def __init__(self, coinr: Coinr, method: Method) -> None:
        self.coinr, self.method = coinr, method
        self.codes = tuple(coinr.indicators["code"])
        self.direction = coinr.indicators["direction"].to_numpy(dtype=float)
        self.rows: Rows = np.arange(len(coinr.units))
        self.values: Matrix = coinr.values.to_numpy(dtype=float)
        self.stages: dict[str, pd.DataFrame] = {}
        self.transformed: Rows = np.zeros(len(self.codes), dtype=np.intp)
        self.findings: list[Finding] = list(coinr.findings)

    def run(self) -> Pipeline:
        """Take all steps."""
        model = self._model()
        self._keep("raw")
        if self.method.denominate:
            self._denominate()
        if self.method.impute is not None:
            self._impute(self.method.impute)
        if self.method.screen is not None:
            self._screen()
        if self.method.treat is not None:
            self._treat(self.method.treat.text)
        done = compute(model, self._panel())
        self.findings += [*done.findings, *self._unscored(done)]
        return self._results(done)

    def _keep(self, stage: str) -> None:
        self.stages[stage] = self._table(self.codes, self.values)

    def _table(self, codes: Iterable[str], values: Matrix) -> pd.DataFrame:
        """Lay out values under their codes, units first."""
        units = {"uCode": [self.coinr.units[row] for row in self.rows]}
        time = {"Time": self.coinr.years[self.rows]} if self.coinr.has_time else {}
        ids = pd.DataFrame({**units, **time})
        return pd.concat([ids, pd.DataFrame(values, columns=list(codes))], axis=1)

    @property
    def _names(self) -> list[str]:
        return [self.coinr.row_names[row] for row in self.rows]

    def _denominate(self) -> None:
        """Divide by the denominators of the meta table; a value without one is set aside with a warning."""
        told = self.coinr.indicators[["denominator", "ScaleFactor"]].fillna({"ScaleFactor": 1.0})
        divisions = {
            code: Division(below, float(factor))
            for code, below, factor in zip(self.codes, told["denominator"], told["ScaleFactor"], strict=True)
            if below
        }
        below = {name: column.to_numpy(dtype=float) for name, column in self.coinr.denominators.items()}
        values = self.values.copy()
        for code, division in divisions.items():
            column = self.codes.index(code)
            lost = ~np.isnan(values[:, column]) & np.isnan(below[division.denominator])
            if lost.any():
                units = some(np.array(self._names)[lost].tolist())
                params = {"indicator": code, "denominator": division.denominator, "units": units}
                self.findings.append(Finding("R206", "warning", self.coinr.file, column=code, params=params))
                values[lost, column] = np.nan
        done = denominate(
            values,
            self.codes,
            {str(name): column for name, column in below.items()},
            divisions,
            rows=self._names,
        )
        self.values = done.values
        self.findings += done.findings
        self._keep("denominated")

    def _impute(self, text: str) -> None:
        table = Table(
            self.values,
            [self.coinr.units[row] for row in self.rows],
            self.codes,
            years=self.coinr.years[self.rows] if len(np.unique(self.coinr.years)) > 1 else None,
            groups={name: [labels[row] for row in self.rows] for name, labels in self.coinr.groups.items()},
            parents=self.coinr.indicators["parent"].tolist(),
            direction=self.direction,
        )
        done = impute(table, parse_spec(text, "impute", where=METHOD, key="impute"), by_year=True)
        self.values = done.values
        self.findings += done.findings
        self._keep("imputed")

    def _screen(self) -> None:
        """Leave out the units, in a panel the units of a year, that lack too much."""
        rule = self.method.screen
        if rule is None:
            return
        looked = self.coinr.values.to_numpy(dtype=float) if rule.of == "raw" else self.values
        done = screen(looked, self._names, min_available=rule.min_available, min_nonzero=rule.min_nonzero)
        self.rows, self.values = self.rows[done.kept], self.values[done.kept]
        self.findings += done.findings
        self._keep("screened")

    def _treat(self, text: str) -> None:
        """Treat each year by itself."""
        spec = parse_spec(text, "treat", where=METHOD, key="treat")
        values, years = self.values.copy(), self.coinr.years[self.rows]
        for year in np.unique(years):
            rows = np.flatnonzero(years == year)
            names = [self._names[row] for row in rows]
            done = treat(self.values[rows], spec, places=names, indicators=self.codes)
            values[rows] = done.values
            self.transformed |= [record.transform not in ("", "winsorise") for record in done.columns]
            self.findings += done.findings
        self.values = values
        self._keep("treated")

    def _model(self) -> Model:
        method = self.method
        framework = self.coinr.framework.assign(
            indicator=self.coinr.framework["indicator"].fillna(""),
        )
        aggregates = framework.loc[framework["indicator"] == "", "node"].tolist()
        wrong = [node for node in method.nodes if node not in aggregates]
        if wrong:
            raise ModelError(
                [
                    Finding("M223", file=METHOD, column=f"nodes.{node}", value=node,
                            params={"node": node, "near": near(node, aggregates)})
                    for node in wrong
                ]
            )  # fmt: skip
        tree = build_tree(framework)
        nodes = method.nodes.items()
        return Model(
            name=tree.root,
            tree=tree,
            normaliser=method.normaliser,
            default_weights=parse_spec(method.weights, "weights"),
            default_aggregate=parse_spec(method.aggregate, "aggregate"),
            own_weights={node: parse_spec(rule.weights, "weights") for node, rule in nodes if rule.weights},
            own_aggregates={
                node: parse_spec(rule.aggregate, "aggregate") for node, rule in nodes if rule.aggregate
            },
            min_share=method.missing.min_share,
            by=method.missing.by,
        )

    def _panel(self) -> Panel:
        years = self.coinr.years[self.rows]
        flag = np.where(self.transformed > 0, "transformed", "").astype(object)
        return Panel(
            year=int(years.max()),
            places=tuple(self.coinr.units[row] for row in self.rows),
            years=years,
            indicators=self.codes,
            matrix=self.values,
            flags=np.broadcast_to(flag, self.values.shape),
            directions=self.direction,
            cells=pd.DataFrame(),
            limits=own_columns(self.coinr.indicators, self.method.normaliser),
        )

    def _unscored(self, done: Nominal) -> list[Finding]:
        """Warn of units without a score in the years before the last, which the computation names by itself."""
        earlier = (done.panel.years < done.panel.year) & np.isnan(done.index_scores)
        lost = tuple(self._names[row] for row in np.flatnonzero(earlier))
        return [unscored(done.model, lost)] if lost else []

    def _results(self, done: Nominal) -> Pipeline:
        nodes = list(done.model.tree.nodes)
        framework = self.coinr.framework.sort_values("level", kind="stable")
        order = [nodes.index(node) for node in framework["node"]]
        leaves = [nodes.index(code) for code in self.codes]
        self.stages["normalised"] = self._table(self.codes, done.scores[:, leaves])
        self.stages["aggregated"] = self._table(framework["node"], done.scores[:, order])
        downward = framework.sort_values("level", ascending=False, kind="stable")
        inner = [nodes.index(node) for node in downward["node"] if node not in self.codes]
        names = [nodes[node] for node in inner]
        ranks = self._table(names, done.ranks[:, inner]).astype(dict.fromkeys(names, "Int64"))
        scores = self._table(names, done.scores[:, inner])
        return Pipeline(
            self.stages, scores, ranks, done, tuple(ordered(placed(self.findings, self.coinr, self.method)))
        )
