"""Normalised values under random errors of the data, many draws at once."""

import numpy as np
from numpy.typing import NDArray

from innohub.index.compute import Nominal
from innohub.index.draws.sample import Numbers
from innohub.index.draws.vary import Completed, Varied
from innohub.index.normalise import normalise
from innohub.index.own import own_numbers
from innohub.index.treat.declared import transform_columns
from innohub.index.treat.many import treat_many

Array = NDArray[np.float64]


def perturbed(varied: Varied, completed: Completed, part: Nominal, numbers: Numbers) -> Array:
    """Return the normalised values of the study's year, by draw, when every value has an error.

    A value x becomes x (1 + e N), e the error of its indicator and N a standard normal number of its own in every
    draw; zero stays zero. It is then treated and normalised as the index says, which is where its neighbours' errors
    meet it: with pooled years the values of all years have errors, since all of them set the scale. Values that
    imputation filled have them too. Weights do not follow the errors.

    Treatments and normalisers look at one column at a time, so that draws stand side by side as further columns.

    Parameters
    ----------
    varied : what varies.
    completed : the data set of these draws.
    part : the index computed from it, by the methods of these draws, in the study's year.
    numbers : (draws, rows, noisy leaves), standard normal.

    Returns
    -------
    (draws, places, leaves).

    Raises
    ------
    ScaleError, ModelError
        When a treatment or the normaliser refuses a value.
    """
    rows, noisy, panel = varied.noisy_rows, varied.noisy, completed.panel
    draws = len(numbers)
    factor = numbers * varied.noise[noisy]
    factor += 1.0
    factor *= completed.untreated[np.ix_(rows, noisy)]
    columns = factor.transpose(1, 0, 2).reshape(len(rows), -1)
    codes, places = [panel.indicators[leaf] for leaf in noisy], [panel.places[row] for row in rows]
    kinds = [panel.transforms.get(code, "") for code in codes] * draws
    columns = transform_columns(columns, kinds, indicators=codes * draws, places=places)
    columns = treat_many(columns, varied.treat, places=places, indicators=codes * draws)
    here = panel.years[rows] == panel.year
    columns = normalise(
        columns,
        np.tile(panel.directions[noisy], draws),
        part.model.normaliser,
        places=[place if now else "" for place, now in zip(places, here.tolist(), strict=True)],
        indicators=codes * draws,
        own={
            key: np.tile(numbers, draws)
            for key, numbers in own_numbers(part.model.normaliser, panel, codes).items()
        },
    )
    by_draw = columns.reshape(len(rows), draws, -1)[here].transpose(1, 0, 2)
    if len(noisy) == len(varied.noise):
        return np.asarray(by_draw)
    values = np.repeat(part.normalised[None], draws, axis=0)
    values[:, :, noisy] = by_draw
    return values
