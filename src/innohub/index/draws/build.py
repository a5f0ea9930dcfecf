"""The draws of a study's index: its random streams, what they vary, and whether they fit into memory."""

import zlib
from collections.abc import Callable, Mapping

import numpy as np

from innohub.errors import Finding, ModelError
from innohub.index.compute import Nominal
from innohub.index.draws.sample import SETS, draw_sample, every_combination, factor_widths, quasi_sample
from innohub.index.draws.simulate import Bench, Draws, evaluate
from innohub.index.draws.vary import Varied, build_varied
from innohub.index.model import Model
from innohub.index.prepare import Prepared, prepare
from innohub.index.sensitivity import require_balance
from innohub.panel import Panel
from innohub.study.index_section import IndexSection

Stream = Callable[[int], np.random.Generator]
MOST_SCORES = 100_000_000
_SHOWN = 12


def streams(seed: int, name: str) -> Stream:
    """Return the random streams of an index by number; they depend on the study's seed and its name alone."""
    key = [seed, zlib.crc32(name.encode())]
    return lambda number: np.random.default_rng([*key, number] if number else key)


def vary_index(
    nominal: Nominal,
    prepared: Prepared,
    section: IndexSection,
    panel: Panel,
    *,
    groups: Mapping[str, Mapping[str, str]],
    stream: Stream,
) -> Varied:
    """Lay out what the draws of an index vary; see :func:`build_varied`."""
    tree = nominal.model.tree
    return build_varied(
        nominal,
        prepared,
        section,
        panel,
        prepare=lambda values, rules: prepare(values, tree, rules, groups),
        rng=stream(SETS),
    )


def draw_index(varied: Varied, section: IndexSection, stream: Stream) -> Draws:
    """Draw as ``[index.<name>.uncertainty]`` says.

    Every combination that leaves an indicator out is tried once before, so that one that fails is named whether or
    not a draw meets it.

    Raises
    ------
    ModelError
        M112 too many draws, M142 combinations that cannot be computed.
    """
    plan = section.uncertainty
    bench = Bench(varied)
    if varied.leave_out:
        evaluate(bench, every_combination(varied))
    if plan.sampling == "quasi-random":
        return evaluate(bench, quasi_sample(varied, plan.draws, stream))
    return evaluate(bench, draw_sample(varied, plan.draws, stream(0), stream))


def require_draws(model: Model, section: IndexSection, places: int) -> None:
    """Refuse draws that do not fit into memory: scores, weights and points are held for all of them."""
    leaves = len(model.tree.leaves)
    plan = section.uncertainty
    copies = 1 + plan.vary.leave_out + (plan.sampling == "quasi-random")
    require_memory(model.name, plan.draws, places + copies * leaves)


def require_sensitivity(varied: Varied, section: IndexSection, places: int) -> None:
    """Refuse base points that are no power of two (S201), or do not fit into memory: a replicate is held whole."""
    if section.sensitivity is None:
        return
    where = f"index.{varied.nominal.model.name}.sensitivity.size"
    require_balance(section.sensitivity.size, "study.toml", where)
    runs = len(factor_widths(varied)) + 2
    width = runs * (3 * places + 3 * len(varied.noise))
    require_memory(varied.nominal.model.name, section.sensitivity.size, width, key="sensitivity.size")


def require_memory(name: str, draws: int, width: int, key: str = "uncertainty.draws") -> None:
    """Refuse more draws than memory holds.

    Parameters
    ----------
    name : of the index.
    draws : how many.
    width : numbers held for each.
    key : the key of ``[index.<name>]`` that says how many.

    Raises
    ------
    ModelError
        M112 with the largest number that is allowed.
    """
    if draws * width > MOST_SCORES:
        params = {"draws": draws, "width": width, "most": MOST_SCORES // width, "key": key}
        raise ModelError(Finding("M112", file="study.toml", column=f"index.{name}.{key}", params=params))


def draw_notes(varied: Varied) -> tuple[Finding, ...]:
    """Say by what rule values are given errors, and whose."""
    if not len(varied.noisy):
        return ()
    codes = varied.nominal.model.tree.indicators
    told = [f"{codes[leaf]} {varied.noise[leaf]:.3g}" for leaf in varied.noisy]
    shown = (*told[:_SHOWN], *(["…"] if len(told) > _SHOWN else []))
    params = {"index": varied.nominal.model.name, "count": len(told), "which": shown}
    return (Finding("M145", "note", params=params),)
