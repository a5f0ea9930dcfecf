"""Read a table of denominators that comes beside COINr's two."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Years = NDArray[np.int64]


def match_sizes(
    sizes: pd.DataFrame, at: tuple[tuple[str, ...], Years], wanted: tuple[tuple[str, ...], Years]
) -> pd.DataFrame:
    """Return the sizes of the wanted units, in their order; NaN for a unit that the table lacks.

    Parameters
    ----------
    sizes : (rows, denominators).
    at : code and year of each row, the years all 0 for a table without years; such a table holds in every year.
    wanted : code and year of each row of the data; data without years take a table of one year.

    Examples
    --------
    >>> sizes = pd.DataFrame({"people": [3.0, 5.0]})
    >>> none = np.zeros(2, dtype=np.int64)
    >>> match_sizes(sizes, (("a", "b"), none), (("b", "c"), none))["people"].tolist()
    [5.0, nan]
    """
    yearly = bool(at[1].any() and wanted[1].any())
    own, asked = (
        pd.MultiIndex.from_arrays([list(units), years if yearly else np.zeros(len(units), dtype=np.int64)])
        for units, years in (at, wanted)
    )
    return sizes.set_axis(own).reindex(asked).reset_index(drop=True)
