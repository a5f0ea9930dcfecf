"""Bring indicators to a common scale (OECD/JRC Handbook 2008, step 5)."""

from innohub.index.normalise.normalise import normalise, undefined_columns
from innohub.index.normalise.own import take_own

__all__ = ["normalise", "take_own", "undefined_columns"]
