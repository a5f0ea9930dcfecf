"""Places: containment and overlap."""

from innohub.places.overlap import Overlap, Selection, overlaps, select

__all__ = ["Overlap", "Selection", "overlaps", "select"]
