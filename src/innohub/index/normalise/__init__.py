"""Bring indicators to a common scale (OECD/JRC Handbook 2008, step 5)."""

from innohub.index.normalise.normalise import normalise, undefined_columns

__all__ = ["normalise", "undefined_columns"]
