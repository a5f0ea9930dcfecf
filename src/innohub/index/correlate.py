"""Correlations with their numbers of pairs, principal components, and Cronbach's alpha."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

FEWEST_PAIRS = 4
SAME = 1e-12


@dataclass(frozen=True)
class Components:
    """Principal components of a correlation matrix, the strongest first.

    ``eigenvalues`` (components,) sum to the number of columns; ``vectors`` (columns, components) have length one
    and a sum that is not negative, since the sign of a component is arbitrary; ``rows`` were used.
    """

    eigenvalues: Vector
    vectors: Matrix
    rows: int

    @property
    def shares(self) -> Vector:
        """Share of the total variance of each component, (components,)."""
        return np.asarray(self.eigenvalues / self.eigenvalues.sum())

    @property
    def loadings(self) -> Matrix:
        """Correlations of columns with components, (columns, components)."""
        return np.asarray(self.vectors * np.sqrt(np.maximum(self.eigenvalues, 0.0)))


def constant_columns(x: Matrix) -> NDArray[np.intp]:
    """Return the columns (of an array (rows, columns)) that are empty or hold one value, up to rounding."""
    present = ~np.isnan(x)
    top = np.max(np.where(present, x, -np.inf), axis=0)
    low = np.min(np.where(present, x, np.inf), axis=0)
    size = np.max(np.where(present, np.abs(x), 0.0), axis=0)
    return np.flatnonzero((top <= low) | (np.where(top > low, top - low, 0.0) <= SAME * size))


def correlations(x: Matrix, fewest: int = FEWEST_PAIRS) -> tuple[Matrix, NDArray[np.intp]]:
    """Pearson correlations over the rows that both columns have.

    Parameters
    ----------
    x : (rows, columns), NaN for missing.
    fewest : pairs below which no value is given.

    Returns
    -------
    r (columns, columns), NaN where a column does not vary over the pairs or the pairs are too few; and the
    number of pairs (columns, columns).

    Examples
    --------
    >>> r, pairs = correlations(np.array([[1.0, 4], [2, 2], [3, 3], [4, np.nan], [5, 1]]))
    >>> r.round(3).tolist(), pairs.tolist()
    ([[1.0, -0.832], [-0.832, 1.0]], [[5, 4], [4, 4]])
    """
    present = ~np.isnan(x)
    y = _standard(x, present)
    mask = present.astype(float)
    pairs = mask.T @ mask
    size = np.maximum(pairs, 1.0)
    total, square = y.T @ mask, (y * y).T @ mask
    spread = square - total**2 / size
    together = y.T @ y - total * total.T / size
    varies = spread > SAME * size
    defined = varies & varies.T & (pairs >= max(fewest, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        r = np.where(defined, np.clip(together / np.sqrt(spread * spread.T), -1.0, 1.0), np.nan)
    own = np.diagonal(defined)
    np.fill_diagonal(r, np.where(own, 1.0, np.nan))
    return r, pairs.astype(np.intp)


def _standard(x: Matrix, present: NDArray[np.bool_]) -> Matrix:
    """Centre and scale columns, zero for missing and for constant columns: sums of squares then stay exact."""
    count = np.maximum(present.sum(axis=0), 1)
    mean = np.where(present, x, 0.0).sum(axis=0) / count
    y = np.where(present, x - mean, 0.0)
    scale = np.sqrt((y * y).sum(axis=0) / count)
    scale[constant_columns(x)] = np.inf
    return np.asarray(y / scale)


def principal_components(x: Matrix) -> Components:
    """Principal components of the correlation matrix of complete, varying columns.

    Parameters
    ----------
    x : (rows, columns) without missing values; no column is constant (the caller has seen to both).
    """
    r, _ = correlations(x, fewest=2)
    values, vectors = np.linalg.eigh(r)
    vectors = vectors[:, ::-1]
    total = vectors.sum(axis=0)
    strongest = vectors[np.abs(vectors).argmax(axis=0), np.arange(len(r))]
    sign = np.where(np.abs(total) > 1e-9, np.sign(total), np.sign(strongest))
    return Components(np.maximum(values[::-1], 0.0), np.asarray(vectors * sign), len(x))


def cronbach_alpha(x: Matrix) -> tuple[float, int]:
    """Cronbach's alpha of columns over the rows that have them all.

    alpha = k/(k-1) · (1 - sum of variances / variance of the sum) (Cronbach 1951, Psychometrika 16:297-334).

    Parameters
    ----------
    x : (rows, columns) on one scale, more is better; NaN for missing.

    Returns
    -------
    alpha and the number of rows; NaN for fewer than two columns, fewer than three rows or a constant sum.

    Examples
    --------
    >>> cronbach_alpha(np.array([[1.0, 2], [2, 2], [3, 4], [4, 4]]))
    (0.9411764705882353, 4)
    """
    complete = x[~np.isnan(x).any(axis=1)]
    rows, k = complete.shape
    if k < 2 or rows < 3:
        return float("nan"), rows
    whole = complete.sum(axis=1)
    if constant_columns(whole[:, None]).size:
        return float("nan"), rows
    return float(k / (k - 1) * (1 - complete.var(axis=0).sum() / whole.var())), rows
