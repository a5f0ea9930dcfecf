"""Monte-Carlo uncertainty of a ranking: innohub against loops over pymcdm and scikit-criteria.

    python benchmarks/uncertainty.py [--draws 10000] [--places 200] [--indicators 40] [--peer-draws 300]

innohub does all draws: weights, scores, ranks, score and rank intervals, rank acceptability. The peers
score and rank one weighting at a time, as their users write it; they get weights and normalised values
ready made and do ``--peer-draws`` draws, and their time is scaled to all draws. One process, one table
of values, CPU time of this process.
"""

import argparse
import time
import tracemalloc
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pymcdm.helpers
import pymcdm.methods
import skcriteria
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.agg.topsis import TOPSIS
from skcriteria.pipelines import SKCPipeline, mkpipe
from skcriteria.preprocessing.scalers import MinMaxScaler, SumScaler

from innohub import index
from innohub.catalog import parse_spec
from innohub.panel import build_panel
from innohub.study.index_section import IndexSection

Ranking = Callable[[np.ndarray, np.ndarray], np.ndarray]


def main() -> None:
    """Measure and print a Markdown table."""
    asked = _arguments()
    values = np.random.default_rng(1).lognormal(size=(asked.places, asked.indicators))
    nominal = _nominal(values)
    whole, core, weights = _innohub(nominal, asked.draws)
    print(f"{asked.draws:,} draws, {asked.places} places, {asked.indicators} indicators\n")
    print("| program | draws run | CPU s for all draws | times innohub, all | times innohub, same work |")
    print("|---|---:|---:|---:|---:|")
    print(
        f"| innohub: weights, scores, ranks, intervals, acceptability | {asked.draws:,} | {whole:.3f} | 1 | |"
    )
    print(f"| innohub: scores and ranks | {asked.draws:,} | {core:.3f} | | 1 |")
    tracemalloc.start()
    _innohub(nominal, asked.draws)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    for name, rank in PEERS.items():
        some = weights[: asked.peer_draws]
        spent, ranks = _loop(rank, nominal.normalised, some)
        if "sum" in name:
            _agree(ranks, nominal, some)
        scaled = spent * asked.draws / asked.peer_draws
        print(f"| {name} | {len(some):,} | {scaled:.2f} | {scaled / whole:,.0f} | {scaled / core:,.0f} |")
    print(f"\nPeak memory of innohub: {peak / 1e6:.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("draws", 10_000), ("places", 200), ("indicators", 40), ("peer-draws", 300)):
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def _nominal(values: np.ndarray) -> index.Nominal:
    """Compute the index once, as any study does before its draws."""
    places = [f"p{row}" for row in range(values.shape[0])]
    names = [f"i{column}" for column in range(values.shape[1])]
    long = pd.DataFrame(values, places, names).rename_axis("place").reset_index()
    long = long.melt("place", var_name="indicator").assign(year=2020)
    panel = build_panel(long, pd.DataFrame({"indicator": names, "direction": 1}), places, names, 2020)
    leaves = [(name, "root", 1.0, name) for name in names]
    framework = pd.DataFrame(
        [("root", "", 1.0, ""), *leaves], columns=["node", "parent", "weight", "indicator"]
    )
    return index.compute(index.build_model("bench", IndexSection(), framework), panel)


def _innohub(nominal: index.Nominal, draws: int) -> tuple[float, float, np.ndarray]:
    """Return the least CPU time of three runs, whole and scores and ranks alone, and the weights."""
    spec = parse_spec("dirichlet(1)", "draws")
    whole: list[float] = []
    core: list[float] = []
    for _ in range(3):
        rng = np.random.default_rng(7)
        with _clock(whole):
            weights = index.draw_weights(nominal.model.tree, nominal.shares, spec, draws, rng)
            with _clock(core):
                drawn = index.simulate(nominal, weights, rng)
            index.rank_intervals(index.acceptability(drawn.ranks), 0.9)
            index.score_intervals(drawn.scores, 0.9)
    return min(whole), min(core), weights


@contextmanager
def _clock(times: list[float]) -> Iterator[None]:
    start = time.process_time()
    yield
    times.append(time.process_time() - start)


def _loop(rank: Ranking, normalised: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    times: list[float] = []
    rank(normalised, weights[0])
    with _clock(times), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ranks = np.array([rank(normalised, row) for row in weights])
    return times[0], ranks


def _agree(ranks: np.ndarray, nominal: index.Nominal, weights: np.ndarray) -> None:
    """Stop if a peer's weighted sum ranks the places otherwise: it would then be different work."""
    ours = index.simulate(nominal, weights, np.random.default_rng(7)).ranks
    share = (ranks == ours).mean()
    if share < 0.999:
        message = f"ranks agree in only {share:.2%} of cells"
        raise SystemExit(message)


def _pymcdm(method: pymcdm.methods.mcda_method.MCDA_method) -> Ranking:
    def rank(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return pymcdm.helpers.rrankdata(method(values, weights, np.ones(len(weights))))

    return rank


def _as_it_is(values: np.ndarray, cost: bool = False) -> np.ndarray:
    return values


def _skcriteria(method: WeightedSumModel | TOPSIS | SKCPipeline) -> Ranking:
    def rank(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        matrix = skcriteria.mkdm(values, [max] * len(weights), weights=weights)
        return method.evaluate(matrix).rank_

    return rank


PEERS: dict[str, Ranking] = {
    "pymcdm, weighted sum": _pymcdm(pymcdm.methods.WSM(normalization_function=_as_it_is)),
    "pymcdm, TOPSIS": _pymcdm(pymcdm.methods.TOPSIS()),
    "scikit-criteria, weighted sum": _skcriteria(WeightedSumModel()),
    "scikit-criteria, TOPSIS": _skcriteria(TOPSIS()),
    "scikit-criteria, pipeline of min–max and weighted sum": _skcriteria(
        mkpipe(MinMaxScaler("matrix"), SumScaler("weights"), WeightedSumModel())
    ),
}

if __name__ == "__main__":
    main()
