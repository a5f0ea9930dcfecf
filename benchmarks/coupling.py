"""Coupling of four subsystems under 10,000 weightings, 31 places and 14 years: the study's own step, and plain loops.

    python benchmarks/coupling.py [--row-draws 20] [--table-draws 10000]

A study folder with five random indicators a subsystem is written, read and its index drawn as any study's. Timed is
what stands on the draws: the scores of the subsystems in every place, year and draw, C, T and D, and their intervals.
The first peer is the formula row by row, as a script with a double loop computes it: few draws, scaled, and no
intervals. The second takes one weighting at a time for the whole table, as a careful user of numpy would, and reads
the intervals with numpy's quantile. Their D is compared with innohub's. CPU time of this process, each way run twice
and the second run counted, so that nobody pays for imports and for memory that is touched first.
"""

import argparse
import math
import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.coupling_table import coupling_table
from innohub.index import Index
from innohub.run.ecosystem.laid import Laid, lay_subsystems
from innohub.run.ecosystem_step import diagnose_ecosystem
from innohub.run.ground import Ground, lay_ground
from innohub.study import read_study

Matrix = NDArray[np.float64]
PLACES, YEARS, DRAWS = 31, range(2010, 2024), 10_000
SYSTEMS = ("subjects", "resources", "capability", "environment")
EACH = 5
STUDY = f"""[study]
id = "coupling"
title = "Coupling"
year = {YEARS[-1]}
years = {list(YEARS)}

[index.ecosystem]
normalise = "minmax(0, 1)"
uncertainty = {{ draws = {DRAWS} }}

[ecosystem]
index = "ecosystem"
scheme = "ccd-10"
"""


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--row-draws", type=int, default=20)
    parser.add_argument("--table-draws", type=int, default=DRAWS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        _write(Path(name))
        ground = lay_ground(read_study(name))
    index = ground.build("ecosystem", ground.study.settings.index["ecosystem"])
    laid = _laid(ground, index)
    first, low = _ours(laid)
    spent, low = _ours(laid)
    whole = time.process_time()
    diagnose_ecosystem(ground, index)
    whole = time.process_time() - whole
    rows = len(laid.rows)
    print(f"{PLACES} places × {len(YEARS)} years × {len(SYSTEMS)} subsystems, {rows:,} rows\n")
    print("| way | draws run | CPU s for all draws | ratio |")
    print("|---|---:|---:|---:|")
    print(f"| innohub: scores, C, T, D, intervals | {DRAWS:,} | {spent:.2f} | 1 |")
    for name, way, draws in (
        ("a loop over rows and draws: scores, C, T, D", _by_row, asked.row_draws),
        ("a loop over draws, numpy inside: scores, C, T, D, intervals", _by_table, asked.table_draws),
    ):
        way(laid, draws)
        start = time.process_time()
        found = way(laid, draws)
        scaled = (time.process_time() - start) / draws * DRAWS
        np.testing.assert_allclose(found, _first(laid, draws), atol=1e-12)
        print(f"| {name} | {draws:,} | {scaled:.2f} | {scaled / spent:.1f} |")
    print(
        f"| innohub: the whole step (two variants, all pairs, classes, lags, changes, drivers, obstacles) | {DRAWS:,} |"
        f" {whole:.2f} | |"
    )
    tracemalloc.start()
    _ours(laid)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    print(
        f"\nPeak memory of the first row: {peak:.0f} MB. First run: {first:.2f} s. Mean lower end of D: {low:.4f}"
    )


def _write(folder: Path) -> None:
    """Write a study of random values, from 0.05 to 1."""
    values = np.random.default_rng(7).uniform(0.05, 1.0, (PLACES, len(YEARS), len(SYSTEMS) * EACH)).tolist()
    leaves = [f"{system}_{number}" for system in SYSTEMS for number in range(EACH)]
    places = [f"p{place}" for place in range(PLACES)]
    cells = [
        f"{place},{leaf},{year},{values[i][j][k]!r}"
        for i, place in enumerate(places)
        for j, year in enumerate(YEARS)
        for k, leaf in enumerate(leaves)
    ]
    nodes = [f"{system},ecosystem,1," for system in SYSTEMS]
    nodes += [f"n_{leaf},{leaf.rpartition('_')[0]},1,{leaf}" for leaf in leaves]
    texts = {
        "study.toml": STUDY,
        "places.csv": "\n".join(["place", *places]),
        "indicators.csv": "\n".join(["indicator,unit,direction", *(f"{leaf},count,1" for leaf in leaves)]),
        "framework.csv": "\n".join(["node,parent,weight,indicator", "ecosystem,,,", *nodes]),
        "panel.csv": "\n".join(["place,indicator,year,value", *cells]),
    }
    for name, text in texts.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")


def _laid(ground: Ground, index: Index) -> Laid:
    section = ground.study.settings.ecosystem
    if section is None:
        raise ValueError
    return lay_subsystems(index, section, SYSTEMS)


def _ours(laid: Laid) -> tuple[float, float]:
    """Return the seconds for scores and coupling of all draws, and the mean lower end of D."""
    start = time.process_time()
    table = pd.concat(
        coupling_table(laid.take(some), draws=laid.draws(some), pairs=False, keep=()).table
        for some in laid.batches(1)
    )
    return time.process_time() - start, float(table["coordination_low"].mean())


def _first(laid: Laid, draws: int) -> Matrix:
    """Return D of the first draws, (draws, rows), in the order of the index's panel."""
    every = np.arange(len(laid.rows))
    scores = laid.draws(every)[:draws]
    coupling = 4 * scores.prod(axis=2) ** 0.25 / scores.sum(axis=2)
    found = np.empty((draws, len(every)))
    found[:, laid.rows] = np.sqrt(coupling * scores.mean(axis=2))
    return found


def _by_row(laid: Laid, draws: int) -> Matrix:
    """Compute D draw by draw and row by row, in plain Python."""
    values = laid.index.history.normalised.tolist()
    found = np.empty((draws, len(values)))
    for draw, weights in enumerate(laid.index.draws.weights[:draws].tolist()):
        for row, x in enumerate(values):
            u = []
            for system in range(len(SYSTEMS)):
                own = range(system * EACH, (system + 1) * EACH)
                mass = sum(weights[leaf] for leaf in own)
                u.append(sum(weights[leaf] * x[leaf] for leaf in own) / mass)
            c = len(u) * math.prod(u) ** (1 / len(u)) / sum(u)
            t = sum(u) / len(u)
            found[draw, row] = math.sqrt(c * t)
    return found


def _by_table(laid: Laid, draws: int) -> Matrix:
    """Compute C, T and D draw by draw for the whole table at once, then their intervals; return D."""
    values = laid.index.history.normalised.reshape(-1, len(SYSTEMS), EACH)
    found = np.empty((3, draws, len(values)))
    for draw in range(draws):
        weights = laid.index.draws.weights[draw].reshape(len(SYSTEMS), EACH)
        shares = weights / weights.sum(axis=1, keepdims=True)
        u = (values * shares).sum(axis=2)
        c = u.shape[1] * u.prod(axis=1) ** (1 / u.shape[1]) / u.sum(axis=1)
        t = u.mean(axis=1)
        found[:, draw] = c, t, np.sqrt(c * t)
    np.quantile(found, [0.05, 0.95], axis=1)
    coordination: Matrix = found[2]
    return coordination


if __name__ == "__main__":
    main()
