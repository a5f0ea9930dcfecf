"""Build the shipped fonts: subsets of Noto CJK under names of their own. Run by maintainers only.

    python tools/fonts.py NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc NotoSerifCJK-Regular.ttc \
        src/innohub/fonts --texts src/innohub/words examples

Takes the Simplified Chinese face of each collection. The bytes depend on the input files alone.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FACES = (("Innohub Sans", "Regular"), ("Innohub Sans", "Bold"), ("Innohub Serif", "Regular"))
BLOCKS = (
    (0x0020, 0x017F),  # ASCII, Latin-1, Latin Extended-A
    (0x0370, 0x03FF),  # Greek
    (0x2000, 0x209F),  # general punctuation, superscripts and subscripts
    (0x20A0, 0x22FF),  # currency, letter-like signs, numerals, arrows, mathematics
    (0x2460, 0x27BF),  # circled numbers, boxes, shapes, signs, dingbats
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3200, 0x33FF),  # bracketed and circled ideographs, squared units
    (0xFE30, 0xFE4F),  # upright forms
    (0xFF00, 0xFFEF),  # full-width forms
)
ENDINGS = {".toml", ".csv", ".md"}


def main() -> None:
    """Read the three collections named on the command line and write the three faces."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collections", type=Path, nargs=3, help="Sans Regular, Sans Bold, Serif Regular")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="folders whose characters are kept")
    asked = parser.parse_args()
    wanted = gb2312() | blocks() | characters(asked.texts)
    for collection, (family, style) in zip(asked.collections, FACES, strict=True):
        font = simplified(collection)
        subset(font, wanted)
        rename(font, family, style)
        font.save(asked.folder / f"{family.replace(' ', '')}-{style}.otf")


def gb2312() -> set[int]:
    """Return every character of GB 2312-80."""
    cells = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(text) for cell in cells if (text := cell.decode("gb2312", errors="ignore"))}


def blocks() -> set[int]:
    """Return the characters of the blocks kept whole."""
    return {code for first, last in BLOCKS for code in range(first, last + 1)}


def characters(folders: Iterable[Path]) -> set[int]:
    """Return every character in the text files below some folders."""
    files = (path for folder in folders for path in folder.rglob("*") if path.suffix in ENDINGS)
    return {ord(sign) for path in files for sign in path.read_text(encoding="utf-8", errors="ignore")}


def simplified(path: Path) -> TTFont:
    """Return the proportional Simplified Chinese face of a collection."""
    for font in TTCollection(path, lazy=True).fonts:
        family = font["name"].getDebugName(1)
        if family.endswith("CJK SC") and "Mono" not in family:
            font.recalcTimestamp = False
            return font
    message = f"{path} has no Simplified Chinese face"
    raise SystemExit(message)


def subset(font: TTFont, wanted: set[int]) -> None:
    """Drop every other glyph, hints, and the tables that neither matplotlib, Typst nor a browser uses."""
    options = Options()
    options.layout_features = ["kern", "mark", "ccmp"]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GDEF"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 13, 14]
    options.recalc_timestamp = False
    subsetter = Subsetter(options=options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)


def rename(font: TTFont, family: str, style: str) -> None:
    """Give a face its own name everywhere; the makers' copyright and the licence stay."""
    full, postscript = f"{family} {style}", f"{family.replace(' ', '')}-{style}"
    version = f"{font['head'].fontRevision:.3f}"
    texts = {
        1: family,
        2: style,
        3: f"{version};{postscript}",
        4: full,
        5: f"Version {version}",
        6: postscript,
    }
    for number, text in texts.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    face = font["CFF "].cff
    face.fontNames = [postscript]
    top = face.topDictIndex[0]
    top.FamilyName, top.FullName = family, full
    if hasattr(top, "Notice"):
        top.Notice = font["name"].getDebugName(0)
    weight = 700 if style == "Bold" else 400
    font["OS/2"].usWeightClass = weight
    font["OS/2"].achVendID = "NONE"


if __name__ == "__main__":
    main()
