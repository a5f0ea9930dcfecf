"""A design of 2,000 combinations of methods on COINr's own example: innohub's enumeration and a plain loop.

    python benchmarks/design.py [--loop-models 100]

The example (51 units, 49 indicators, 11 groups of them) is read from COINr's two tables in ``tests/reference/asem``.
Every combination of two imputations, five treatments of outliers, five normalisers, four weightings and ten
aggregations is computed, the units are ranked, and exact first-order and total Sobol indices are read off for the rank
of every unit and for the mean rank shift. The loop computes the same models one at a time, as any program does that has
a function for one index. COINr itself is written in R and is not run. One process, CPU time of this process; ranks of
loop and enumeration are compared.
"""

import argparse
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd

from innohub import index
from innohub.index.model import build_alternative
from innohub.panel import Panel
from innohub.study.coinr import read_coinr
from innohub.study.index_section import Alternative, DesignSection, IndexSection

Example = tuple[Panel, index.Model, IndexSection, dict[str, dict[str, str]]]
FOLDER = Path(__file__).parent.parent / "tests" / "reference" / "asem"
DESIGN = DesignSection(
    impute=("group_mean(EurAsia_group)", "column_median"),
    treat=("none", "skew_kurt(winmax = 1)", "skew_kurt(winmax = 3)", "skew_kurt(winmax = 5)", "winsorise(2)"),
    normalise=("minmax(1, 100)", "minmax(10, 100)", "rank", "zscore(100, 10)", "minmax(50, 100)"),
    weights=("equal", "given", "entropy", "critic"),
    aggregate=(
        "arithmetic", "geometric", "harmonic", "power(2)", "power(3)", "power(0.5)", "power(-0.5)", "power(-3)",
        "power(1.5)", "power(-2)",
    ),
)  # fmt: skip


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--loop-models", type=int, default=100)
    asked = parser.parse_args()
    example = panel, model, section, groups = _example()
    first = index.compute(model, index.prepare(panel, model.tree, section, groups).panel).now
    nominal = pd.Series(first.ranks[:, 0], index=list(first.panel.places))
    start = time.process_time()
    design = index.build_design(model, section, panel, nominal, groups)
    tables = index.design_tables("asem", design, [])
    spent = time.process_time() - start
    runs = len(design.runs)
    looped = _loop(example, design, asked.loop_models)
    scaled = looped / asked.loop_models * runs
    print(f"{runs:,} models of {len(nominal)} units and {len(model.tree.indicators)} indicators\n")
    print("| way | models run | CPU s for all models | ratio |")
    print("|---|---:|---:|---:|")
    print(f"| innohub: design, ranks, exact Sobol indices | {runs:,} | {spent:.2f} | 1 |")
    print(
        f"| loop over innohub's one-model function | {asked.loop_models:,} | {scaled:.2f} | {scaled / spent:.0f} |"
    )
    print(f"\nPeak memory of the design: {_peak(example, nominal) / 1e6:.0f} MB")
    print(f"Rows of the tables: {len(tables['design']):,} ranks, {len(tables['sensitivity']):,} indices")


def _example() -> Example:
    """Read COINr's example as the panel, model and groups of an index."""
    coinr = read_coinr(FOLDER / "ASEM_iData.csv", FOLDER / "ASEM_iMeta.csv")
    section = IndexSection(
        impute=DESIGN.impute[0], normalise="minmax(1, 100)", weights="given", design=DESIGN
    )
    codes = tuple(coinr.indicators["code"])
    panel = Panel(
        year=0,
        places=coinr.units,
        years=np.zeros(len(coinr.units), dtype=np.int64),
        indicators=codes,
        matrix=coinr.values.to_numpy(dtype=float),
        flags=np.full(coinr.values.shape, "", dtype=object),
        directions=coinr.indicators["direction"].to_numpy(dtype=float),
        cells=pd.DataFrame(),
    )
    groups = {name: dict(zip(coinr.units, labels, strict=True)) for name, labels in coinr.groups.items()}
    return panel, index.build_model("asem", section, coinr.framework), section, groups


def _loop(example: Example, design: index.Design, count: int) -> float:
    """Compute some models one at a time, spread over the design; return CPU seconds."""
    panel, model, section, groups = example
    chosen = np.linspace(0, len(design.runs) - 1, count).astype(int)
    prepared = {}
    spent = 0.0
    for number in chosen:
        levels = zip(design.factors, design.levels, design.runs[number], strict=True)
        choice = {factor: names[level] for factor, names, level in levels}
        before = (choice["impute"], choice["treat"])
        start = time.process_time()
        if before not in prepared:
            steps = section.model_copy(update={"impute": before[0], "treat": before[1]})
            prepared[before] = index.prepare(panel, model.tree, steps, groups).panel
        after = {factor: choice[factor] for factor in ("normalise", "weights", "aggregate")}
        changed = build_alternative(model, Alternative.model_validate(after))
        ranks = index.compute(changed, prepared[before]).now.ranks[:, 0]
        spent += time.process_time() - start
        if not np.array_equal(ranks, design.ranks[number]):
            message = f"the loop ranks otherwise under {choice}"
            raise SystemExit(message)
    return spent


def _peak(example: Example, nominal: pd.Series) -> int:
    """Return the most memory that the enumeration holds, in bytes."""
    panel, model, section, groups = example
    tracemalloc.start()
    index.build_design(model, section, panel, nominal, groups)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
