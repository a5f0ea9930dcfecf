"""The numbers that the word ``own`` stands for: one for each indicator."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.errors import Finding, ModelError

Vector = NDArray[np.float64]


def take_own(
    spec: Spec, own: Mapping[str, Vector], indicators: Sequence[str] | None = None
) -> dict[str, Any]:
    """Return the arguments of a normaliser, a number for each indicator where the spec says ``own``.

    Parameters
    ----------
    spec : a spec of the family ``normalise``.
    own : (indicators,) numbers by their names in the catalogue, such as ``low``, NaN where not given.
    indicators : ids of the columns, for messages; without them columns are numbered from 1.

    Raises
    ------
    ModelError
        M042 indicators without the number, all named; M043 a parameter for which the data offer no numbers.

    Examples
    --------
    >>> from innohub.catalog import parse_spec
    >>> take_own(parse_spec("dist_target(own)", "normalise"), {"target": np.array([8.0, 3.0])})["target"]
    array([8., 3.])
    """
    arguments = dict(spec.arguments)
    findings: list[Finding] = []
    for parameter, key in spec.own.items():
        params = {"method": spec.name, "parameter": parameter, "column": key}
        if key not in own:
            findings.append(Finding("M043", value=str(spec), params=params))
            continue
        numbers = own[key]
        lacking = np.flatnonzero(np.isnan(numbers)).tolist()
        if lacking:
            names = tuple(indicators[j] if indicators else str(j + 1) for j in lacking)
            more = {**params, "indicators": names, "count": len(names)}
            findings.append(Finding("M042", column=key, value=str(spec), params=more))
        arguments[parameter] = numbers
    if findings:
        raise ModelError(findings)
    return arguments
