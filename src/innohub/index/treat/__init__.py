"""Treat outliers before normalising, and record what was done to every column."""

from innohub.index.treat.moments import kurtosis, skewness
from innohub.index.treat.record import Treated, Treatment
from innohub.index.treat.treat import treat

__all__ = ["Treated", "Treatment", "kurtosis", "skewness", "treat"]
