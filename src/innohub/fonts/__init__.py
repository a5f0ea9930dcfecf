"""The shipped fonts: where they lie, and which characters they lack.

Two families, subsets of Noto CJK under names of their own (see ``README.md`` beside the files):
``Innohub Sans`` (regular and bold) and ``Innohub Serif`` (regular). A third, ``Innohub Quotes``, has the
quotation marks of English, which the Chinese faces draw a full character wide.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILIES = ("Innohub Sans", "Innohub Serif")
QUOTES = "Innohub Quotes"

__all__ = ["FAMILIES", "QUOTES", "font_files", "font_folder", "missing_glyphs"]


def font_folder() -> Path:
    """Return the folder to hand to Typst as a font path (the folder, never a file: a file prints boxes)."""
    return Path(str(files("innohub.fonts")))


def font_files(family: str | None = None) -> tuple[Path, ...]:
    """Return the font files of a family, or of all families."""
    if family is not None and family not in FAMILIES:
        message = f"no shipped font family {family!r}; there are {', '.join(FAMILIES)}"
        raise ValueError(message)
    start = "" if family is None else family.replace(" ", "") + "-"
    return tuple(sorted(font_folder().glob(f"{start}*.otf")))


def missing_glyphs(text: str, family: str = "Innohub Sans") -> set[str]:
    """Return the characters of a text that some face of a family cannot draw.

    Line breaks, tabs and invisible joiners are not drawn and never missing.

    >>> sorted(missing_glyphs("长三角 0.785 喆"))
    ['喆']
    """
    return {sign for sign in set(text) if sign.isprintable() and ord(sign) not in _signs(family)}


@cache
def _signs(family: str) -> frozenset[int]:
    # matplotlib is needed for figures only: checking a text must not make the import slow.
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    maps = [frozenset(FT2Font(str(path)).get_charmap()) for path in font_files(family)]
    return frozenset.intersection(*maps)
