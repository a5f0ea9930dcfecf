r"""Build the shipped fonts: subsets of Noto CJK under names of their own. Run by maintainers only.

    python tools/fonts.py NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc NotoSerifCJK-Regular.ttc \
        src/innohub/fonts --texts src/innohub/words examples --latin \
        source-sans-3-latin-400-normal.woff2 source-sans-3-latin-ext-400-normal.woff2 \
        source-sans-3-latin-700-normal.woff2 source-sans-3-latin-ext-700-normal.woff2 \
        source-serif-4-latin-300-normal.woff2 source-serif-4-latin-ext-300-normal.woff2

Takes the Simplified Chinese face of each collection. Noto CJK draws its Latin after Source Sans and Source
Serif, but lacks most of Latin Extended-A (Ł, ž, ő); these letters come from there, at the size and weight of
the rest (the serif face stands at weight 300 of Source Serif).

The quotation marks and the ellipsis of a Chinese face are a full character wide, as Chinese wants them and
English does not: English takes them from a face of their own, a subset of Source Sans at the same size.
The bytes depend on the input files alone.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FACES = (("Innohub Sans", "Regular"), ("Innohub Sans", "Bold"), ("Innohub Serif", "Regular"))
BLOCKS = (
    (0x0020, 0x017F),  # ASCII, Latin-1, Latin Extended-A
    (0x0218, 0x021B),  # Romanian letters
    (0x0370, 0x03FF),  # Greek
    (0x2000, 0x209F),  # general punctuation, superscripts and subscripts
    (0x20A0, 0x22FF),  # currency, letter-like signs, numerals, arrows, mathematics
    (0x2460, 0x27BF),  # circled numbers, boxes, shapes, signs, dingbats
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3200, 0x33FF),  # bracketed and circled ideographs, squared units
    (0xFE30, 0xFE4F),  # upright forms
    (0xFF00, 0xFFEF),  # full-width forms
)
LATIN = (*range(0x0100, 0x0180), *range(0x0218, 0x021C))
QUOTES = (0x2018, 0x2019, 0x201C, 0x201D, 0x2026)
ENDINGS = {".toml", ".csv", ".md"}


def main() -> None:
    """Read the three collections named on the command line and write the three faces."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collections", type=Path, nargs=3, help="Sans Regular, Sans Bold, Serif Regular")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="folders whose characters are kept")
    parser.add_argument("--latin", type=Path, nargs=6, help="latin and latin-ext of each face")
    asked = parser.parse_args()
    wanted = gb2312() | blocks() | characters(asked.texts)
    pairs = zip(asked.latin[::2], asked.latin[1::2], strict=True)
    for collection, latin, (family, style) in zip(asked.collections, pairs, FACES, strict=True):
        font = simplified(collection)
        subset(font, wanted)
        if family == "Innohub Sans":
            quotes(font, latin[0], style).save(asked.folder / f"InnohubQuotes-{style}.ttf")
        for donor in latin:
            graft(font, TTFont(donor), wanted & set(LATIN))
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
    options.drop_tables += ["STAT", "gasp", "prep", "DSIG"]
    options.name_IDs = [0, 13, 14]
    options.recalc_timestamp = False
    subsetter = Subsetter(options=options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)


def graft(font: TTFont, donor: TTFont, wanted: set[int]) -> None:
    """Add the letters that a font lacks from a donor, scaled so that both have one width of letters."""
    own, given = font.getBestCmap(), donor.getBestCmap()
    lacking = sorted(code for code in wanted if code in given and code not in own)
    if not lacking:
        return
    scale = proportion(font, donor)
    for code in lacking:
        add_letter(font, donor, code, scale)


def proportion(font: TTFont, donor: TTFont) -> float:
    """Return by how much the letters of a font are wider than those of a donor."""
    own, given = font.getBestCmap(), donor.getBestCmap()
    shared = [code for code in (*range(0x41, 0x7B), *LATIN) if code in own and code in given]
    ours, theirs = (
        sum(face["hmtx"][names[code]][0] for code in shared) for face, names in ((font, own), (donor, given))
    )
    return ours / theirs


def quotes(font: TTFont, path: Path, style: str) -> TTFont:
    """Return the quotation marks of a donor as a face of their own, at the size of a font."""
    donor = TTFont(path)
    donor.recalcTimestamp = False
    scale = proportion(font, donor)
    subset(donor, set(QUOTES))
    units = donor["head"].unitsPerEm
    scale_upem(donor, round(units * scale))
    donor["head"].unitsPerEm = units
    donor.flavor = None
    rename(donor, "Innohub Quotes", style)
    return donor


def add_letter(font: TTFont, donor: TTFont, code: int, scale: float) -> None:
    """Draw one letter of a donor into a CID-keyed font, in the part of the font that holds its letter a."""
    top = font["CFF "].cff.topDictIndex[0]
    table = top.CharStrings
    part = top.FDSelect.gidArray[font.getGlyphID(font.getBestCmap()[ord("a")])]
    private = top.FDArray[part].Private
    source = donor.getBestCmap()[code]
    width = round(donor["hmtx"][source][0] * scale)
    letters = donor.getGlyphSet()
    pen = T2CharStringPen(width - private.nominalWidthX, letters)
    letters[source].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    name = f"cid{max(int(known[3:]) for known in top.charset if known.startswith('cid')) + 1:05d}"
    drawn = pen.getCharString(private, top.GlobalSubrs)
    table.charStringsIndex.append(drawn)
    table.charStrings[name] = len(table.charStringsIndex) - 1
    top.charset.append(name)
    top.FDSelect.gidArray.append(part)
    font.setGlyphOrder(top.charset)
    bounds = drawn.calcBounds(None)
    font["hmtx"][name] = (width, round(bounds[0]) if bounds else 0)
    for mapping in font["cmap"].tables:
        if mapping.isUnicode():
            mapping.cmap[code] = name


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
    weight = 700 if style == "Bold" else 400
    font["OS/2"].usWeightClass = weight
    font["OS/2"].achVendID = "NONE"
    if "CFF " not in font:
        return
    face = font["CFF "].cff
    face.fontNames = [postscript]
    top = face.topDictIndex[0]
    top.FamilyName, top.FullName = family, full
    if hasattr(top, "Notice"):
        top.Notice = font["name"].getDebugName(0)


if __name__ == "__main__":
    main()
