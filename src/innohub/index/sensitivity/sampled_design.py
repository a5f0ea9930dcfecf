"""Which uncertain choice moves the ranks? Sobol indices by sampling over all that the draws of an index vary."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.draws.sample import factor_widths, sample_at
from innohub.index.draws.simulate import Bench, evaluate
from innohub.index.draws.vary import Varied
from innohub.index.sensitivity import Estimate, output_names, rank_outputs, sobol_sampled
from innohub.study.index_section import SensitivitySection

Matrix = NDArray[np.float64]
COARSE = 0.05
# The largest size that study.toml takes.
_MOST = 65_536


@dataclass(frozen=True)
class Sensitivity:
    """Sampled Sobol indices of the ranks: ``factors`` that vary, ``outputs`` (kind, place), and their ``estimate``."""

    index: str
    factors: tuple[str, ...]
    outputs: tuple[tuple[str, str], ...]
    estimate: Estimate

    @property
    def findings(self) -> tuple[Finding, ...]:
        """S204, a warning, when the largest standard error is above 0.05."""
        errors = np.concatenate([self.estimate.first_error.ravel(), self.estimate.total_error.ravel()])
        largest = float(np.nanmax(errors)) if not np.isnan(errors).all() else 0.0
        if largest <= COARSE:
            return ()
        size = int(self.estimate.sizes[-1])
        params = {
            "index": self.index,
            "error": largest,
            "most": COARSE,
            "size": size,
            "more": min(4 * size, _MOST),
        }
        where = f"index.{self.index}.sensitivity.size"
        return (Finding("S204", "warning", file="study.toml", column=where, params=params),)


def sample_sensitivity(
    varied: Varied, section: SensitivitySection, boundaries: Sequence[int], rng: np.random.Generator
) -> Sensitivity:
    """Share out the variance of the ranks among the choices that vary.

    A factor is all of one kind: the weights together, the errors of all values together, the imputation, the
    normaliser, the aggregation, the indicator left out.

    Parameters
    ----------
    varied : what varies.
    section : how many points, how often.
    boundaries : number of places above each tier boundary, from the top; empty without tiers.
    rng : scrambles the points.

    Raises
    ------
    ModelError
        M144 when nothing varies; M142 when combinations of methods cannot be computed; S201 a size that is no power
        of two.
    """
    name, widths = varied.nominal.model.name, factor_widths(varied)
    if not widths:
        raise ModelError(
            Finding("M144", file="study.toml", column=f"index.{name}.sensitivity", params={"index": name})
        )
    bench = Bench(varied)
    now = varied.nominal.now
    own = now.ranks[bench.scored, 0]

    def outcome(points: Matrix) -> Matrix:
        ranks = evaluate(bench, sample_at(varied, points)).ranks.astype(float)
        return rank_outputs(ranks, own, boundaries)

    estimate = sobol_sampled(outcome, list(widths.values()), section.size, rng, section.replicates)
    return Sensitivity(name, tuple(widths), tuple(output_names(bench.places, boundaries)), estimate)


def sensitivity_tables(found: Sensitivity) -> dict[str, pd.DataFrame]:
    """Lay sampled indices out as the result tables sensitivity (``method`` sampled) and sensitivity_path.

    Returns
    -------
    ``sensitivity`` as of the exact design, with standard errors; ``sensitivity_path`` (index, output, place, factor,
    size, first, total): the indices from the first points alone.
    """
    done = found.estimate
    keys = [(found.index, *output, factor) for output in found.outputs for factor in found.factors]
    table = pd.DataFrame(keys, columns=["index", "output", "place", "factor"])
    whole = table.assign(
        first=done.first.T.ravel(),
        total=done.total.T.ravel(),
        variance=np.repeat(done.variance, len(found.factors)),
        method="sampled",
        first_error=done.first_error.T.ravel(),
        total_error=done.total_error.T.ravel(),
    )
    steps = [
        table.assign(size=size, first=done.first_path[step].T.ravel(), total=done.total_path[step].T.ravel())
        for step, size in enumerate(done.sizes.tolist())
    ]
    return {"sensitivity": whole, "sensitivity_path": pd.concat(steps, ignore_index=True)}
