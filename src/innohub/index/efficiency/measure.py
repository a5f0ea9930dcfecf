"""The models of efficiency that a study may name, each reached by its spec."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same
from innohub.index.efficiency.production import Efficiency, Matrix, Returns, Vector
from innohub.index.efficiency.radial import radial, scale_efficiency
from innohub.index.efficiency.slacks import sbm, super_sbm


@dataclass(frozen=True)
class Measured:
    """Efficiency by a model, and for radial models what size has to do with it.

    ``pure`` (units,) the BCC score, ``scale`` (units,) CCR / BCC, ``regime`` (units,) "constant", "increasing"
    or "decreasing" returns; NaN and "" for models that measure slacks.
    """

    efficiency: Efficiency
    pure: Vector
    scale: Vector
    regime: NDArray[np.str_]


Model = Callable[[Spec, Matrix, Matrix, Matrix | None, Sequence[str]], Measured]


def _radial(returns: Returns, *, leave_out: bool) -> Model:
    def model(
        spec: Spec,
        x: Matrix,
        y: Matrix,
        bad: Matrix | None,
        units: Sequence[str],
    ) -> Measured:
        scale = scale_efficiency(x, y, spec["orientation"], units=units)
        plain = scale.constant if returns == "constant" else scale.variable
        own = radial(x, y, returns, spec["orientation"], leave_out=True, units=units) if leave_out else plain
        return Measured(own, scale.variable.score, scale.score, scale.regime)

    return model


def _slacks(spec: Spec, x: Matrix, y: Matrix, bad: Matrix | None, units: Sequence[str]) -> Measured:
    return _unscaled(sbm(x, y, bad, spec["returns"], spec["orientation"], units=units))


def _super_slacks(
    spec: Spec,
    x: Matrix,
    y: Matrix,
    bad: Matrix | None,
    units: Sequence[str],
) -> Measured:
    return _unscaled(super_sbm(x, y, spec["returns"], spec["orientation"], units=units))


def _unscaled(efficiency: Efficiency) -> Measured:
    unknown = np.full(len(efficiency.score), np.nan)
    return Measured(efficiency, unknown, unknown, np.full(len(unknown), ""))


MODELS: Mapping[str, Model] = {
    "ccr": _radial("constant", leave_out=False),
    "bcc": _radial("variable", leave_out=False),
    "super_ccr": _radial("constant", leave_out=True),
    "super_bcc": _radial("variable", leave_out=True),
    "sbm": _slacks,
    "super_sbm": _super_slacks,
}
require_same("efficiency", MODELS)


def measure(
    spec: Spec, x: Matrix, y: Matrix, bad: Matrix | None = None, *, units: Sequence[str] = ()
) -> Measured:
    """Measure the efficiency of every unit by the model that a spec names.

    Parameters
    ----------
    x : (units, inputs); y : (units, outputs); bad : (units, undesirable outputs), read by ``sbm`` alone.
    units : names of the units, for messages.

    Raises
    ------
    ScaleError
        S180 for values of zero or below, S181 for missing values.
    """
    return MODELS[spec.name](spec, x, y, bad, units)
