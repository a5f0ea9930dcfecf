"""Write the Word templates of the brief: ``python tools/template.py`` (the result is committed).

``gongwen.docx`` has the geometry of GB/T 9704-2012; ``policy.docx`` is the short policy brief. Every style sets
``w:eastAsia`` itself and the theme names no font, so that no program falls back to a theme font.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "src" / "innohub" / "brief" / "templates"
SPACE = "http://schemas.openxmlformats.org"
W = f'xmlns:w="{SPACE}/wordprocessingml/2006/main" xmlns:r="{SPACE}/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LATIN = "Times New Roman"


@dataclass(frozen=True)
class Style:
    """One paragraph style: font, size in half points, paragraph properties in order of the schema."""

    name: str
    font: str
    size: int
    paragraph: str = ""
    run: str = ""
    latin: str = LATIN
    base: str = "Normal"


FLAT = '<w:ind w:left="0" w:right="0" w:firstLine="0" w:firstLineChars="0"/>'
EXACT = '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>'
KEEP = "<w:keepNext/><w:keepLines/>"


def _spacing(before: int, after: int, line: int = 0, rule: str = "auto") -> str:
    height = f' w:line="{line}" w:lineRule="{rule}"' if line else ' w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _off_grid(keep: str = "") -> str:
    return f'{keep}<w:snapToGrid w:val="0"/>'


# Word would set a gap between Chinese and digits; the house style has none.
APART = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
# The grid cell is 15.79 pt, a character of 三号 16 pt. Word closes up by itself; LibreOffice gives a character that is
# wider than its cell two cells. At 98 % it fits: both then set 28 characters a line.
NARROW = '<w:w w:val="98"/>'
SONG, FANG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
CENTRE = '<w:jc w:val="center"/>'
IN_ONE = '<w:ind w:left="280" w:right="280" w:firstLine="0" w:firstLineChars="0"/>'
TOP = '<w:outlineLvl w:val="0"/>'
RED = '<w:color w:val="C00000"/>'
RULE = '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="6" w:color="C00000"/></w:pBdr>'

GONGWEN = (
    Style("Normal", FANG, 32, APART + EXACT + INDENT + '<w:jc w:val="both"/>', NARROW, base=""),
    Style("heading 1", HEI, 32, KEEP + EXACT + INDENT + '<w:outlineLvl w:val="0"/>'),
    Style("heading 2", KAI, 32, KEEP + EXACT + INDENT + '<w:outlineLvl w:val="1"/>'),
    Style("Title", SONG, 44, _off_grid(KEEP) + _spacing(480, 0, 640, "exact") + FLAT + CENTRE),
    Style("Subtitle", KAI, 32, _spacing(120, 300, 579, "exact") + FLAT + CENTRE),
    Style("Lead", FANG, 32),
    Style("Masthead", SONG, 104, _off_grid() + _spacing(700, 240) + FLAT + CENTRE, RED + '<w:spacing w:val="200"/>'),
    Style("Mark", HEI, 32, EXACT + FLAT),
    Style("Issue", FANG, 32, EXACT + FLAT + CENTRE),
    Style("Rule", FANG, 32, RULE + '<w:tabs><w:tab w:val="right" w:pos="8845"/></w:tabs>' + EXACT + FLAT),
    Style("caption", FANG, 24, _off_grid(KEEP) + _spacing(160, 60) + FLAT + CENTRE),
    Style("Figure Caption", FANG, 24, _off_grid() + _spacing(40, 60) + FLAT + CENTRE),
    Style("Table Text", FANG, 21, _off_grid() + _spacing(20, 20) + FLAT + '<w:jc w:val="left"/>'),
    Style("Table Head", HEI, 21, _off_grid(KEEP) + _spacing(20, 20) + FLAT + CENTRE),
    Style("Note", FANG, 18, _off_grid() + _spacing(40, 160) + FLAT + '<w:jc w:val="left"/>'),
    Style("Figure", FANG, 24, _off_grid(KEEP) + _spacing(160, 0) + FLAT + CENTRE),
    Style("Annex Mark", HEI, 32, "<w:pageBreakBefore/>" + EXACT + FLAT),
    Style("Annex Title", SONG, 44, _off_grid() + _spacing(240, 240, 640, "exact") + FLAT + CENTRE + TOP),
    Style("Annex Heading", HEI, 24, _off_grid(KEEP) + _spacing(240, 80) + FLAT + '<w:outlineLvl w:val="1"/>'),
    Style("Method", FANG, 24, _off_grid() + _spacing(0, 60, 340, "exact") + FLAT + '<w:jc w:val="left"/>'),
    Style("Contact", FANG, 28, '<w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="000000"/></w:pBdr>'
          + _off_grid() + _spacing(360, 0) + FLAT),
    Style("footer", "宋体", 28, _off_grid() + _spacing(0, 0) + IN_ONE),
)  # fmt: skip

YAHEI, SANS = "Microsoft YaHei", "Arial"
BLUE = '<w:color w:val="0072B2"/>'
GREY = '<w:color w:val="595959"/>'
BOX = (
    '<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="0072B2"/></w:pBdr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="EEF5FA"/>'
)
POLICY = tuple(
    Style(name, YAHEI, size, paragraph, run, SANS, "" if name == "Normal" else "Normal")
    for name, size, paragraph, run in (
        ("Normal", 20, _spacing(0, 110, 264), ""),
        ("heading 1", 27, KEEP + _spacing(260, 100) + '<w:outlineLvl w:val="0"/>', "<w:b/>" + BLUE),
        ("heading 2", 21, KEEP + _spacing(160, 50) + '<w:outlineLvl w:val="1"/>', "<w:b/>"),
        ("Title", 38, KEEP + _spacing(120, 60, 252), "<w:b/>"),
        ("Subtitle", 22, _spacing(0, 160), GREY),
        ("Lead", 22, _spacing(0, 160, 270), ""),
        ("Masthead", 20, '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="4" w:color="0072B2"/></w:pBdr>'
         '<w:tabs><w:tab w:val="right" w:pos="9410"/></w:tabs>' + _spacing(0, 120), "<w:b/>" + BLUE),
        ("Message Head", 22, KEEP + BOX + _spacing(0, 40), "<w:b/>" + BLUE),
        ("Message", 20, BOX + _spacing(0, 50, 256) + '<w:ind w:left="220" w:hanging="220"/>', ""),
        ("caption", 19, KEEP + _spacing(200, 40), "<w:b/>"),
        ("Figure Caption", 19, KEEP + _spacing(200, 20), "<w:b/>"),
        ("Figure Subtitle", 17, KEEP + _spacing(0, 60), GREY),
        ("Table Text", 17, _spacing(20, 20), ""),
        ("Table Head", 17, KEEP + _spacing(20, 20), "<w:b/>"),
        ("Note", 16, _spacing(40, 160), GREY),
        ("Figure", 19, _spacing(0, 0), ""),
        ("Method Head", 21, KEEP + '<w:shd w:val="clear" w:color="auto" w:fill="F3F3F3"/>' + _spacing(220, 40)
         + '<w:outlineLvl w:val="0"/>', "<w:b/>" + BLUE),
        ("Method", 17, KEEP + '<w:shd w:val="clear" w:color="auto" w:fill="F3F3F3"/>' + _spacing(0, 50), ""),
        ("Annex Title", 27, KEEP + _spacing(300, 100) + '<w:outlineLvl w:val="0"/>', "<w:b/>" + BLUE),
        ("Annex Heading", 20, KEEP + _spacing(160, 50) + '<w:outlineLvl w:val="1"/>', "<w:b/>"),
        ("Contact", 17, _spacing(200, 0), GREY),
        ("footer", 16, "<w:jc w:val=\"right\"/>", GREY),
    )
)  # fmt: skip


def _fonts(latin: str, east: str) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'


def _style(style: Style) -> str:
    identity = style.name.title().replace(" ", "")
    default = ' w:default="1"' if style.name == "Normal" else ' w:customStyle="1"' if style.name[0].isupper() and (
        style.name not in {"Title", "Subtitle"}) else ""  # fmt: skip
    base = f'<w:basedOn w:val="{style.base}"/>' if style.base else ""
    bold, rest = ("<w:b/>", style.run.replace("<w:b/>", "")) if "<w:b/>" in style.run else ("", style.run)
    colour, rest = (rest, "") if rest.startswith("<w:color") else ("", rest)
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identity}"><w:name w:val="{style.name}"/>{base}'
        f"<w:qFormat/><w:pPr>{style.paragraph}</w:pPr>"
        f"<w:rPr>{_fonts(style.latin, style.font)}{bold}{colour}{rest}{size}</w:rPr></w:style>"
    )


def _styles(styles: tuple[Style, ...]) -> str:
    first = styles[0]
    default = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(first.latin, first.font)}"
        f'<w:sz w:val="{first.size}"/><w:szCs w:val="{first.size}"/>'
        f'<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    character = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        f'<w:name w:val="Default Paragraph Font"/><w:rPr>{_fonts(first.latin, first.font)}</w:rPr></w:style>'
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f"<w:rPr>{_fonts(first.latin, first.font)}</w:rPr>"
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    body = "".join(_style(style) for style in styles)
    return f"{HEAD}<w:styles {W}>{default}{body}{character}{table}</w:styles>"


def _footer(align: str, before: str, after: str) -> str:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    def text(words: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""

    return (
        f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="{align}"/></w:pPr>'
        f"{text(before)}{field}{text(after)}</w:p></w:ftr>"
    )


def _document(section: str) -> str:
    return f"{HEAD}<w:document {W}><w:body>{section}</w:body></w:document>"


GONGWEN_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" '
    'w:header="851" w:footer="1304" w:gutter="0"/><w:docGrid w:type="linesAndChars" w:linePitch="579" '
    'w:charSpace="-848"/></w:sectPr>'
)
POLICY_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1248" w:bottom="1134" w:left="1248" '
    'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
ALTERNATIVES = {SONG: "SimSun", FANG: "FangSong", KAI: "KaiTi", HEI: "SimHei", "宋体": "SimSun"}


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    return f"{HEAD}<w:fonts {W}>{fonts}</w:fonts>"


def _theme() -> str:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "1A1A1A"), ("lt2", "F3F3F3"), ("accent1", "0072B2"),
            ("accent2", "D55E00"), ("accent3", "009E73"), ("accent4", "E69F00"), ("accent5", "56B4E9"),
            ("accent6", "CC79A7"), ("hlink", "0072B2"), ("folHlink", "595959"),
        )
    )  # fmt: skip
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    font = '<a:latin typeface=""/><a:ea typeface=""/><a:cs typeface=""/>'
    return (
        f'{HEAD}<a:theme xmlns:a="{SPACE}/drawingml/2006/main" name="innohub"><a:themeElements>'
        f'<a:clrScheme name="innohub">{colours}</a:clrScheme>'
        f'<a:fontScheme name="innohub"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="innohub"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def _settings(*, even: bool) -> str:
    facing = "<w:evenAndOddHeaders/>" if even else ""
    return (
        f'{HEAD}<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>{facing}'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _parts(styles: tuple[Style, ...], section: str, language: str, *, even: bool) -> dict[str, str]:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    footers = {"word/footer1.xml": _footer("right", "— ", " —") if even else _footer("right", "", "")}
    if even:
        footers["word/footer2.xml"] = _footer("left", "— ", " —")
    overrides = {
        "/word/document.xml": f"{kind}.document.main+xml", "/word/styles.xml": f"{kind}.styles+xml",
        "/word/settings.xml": f"{kind}.settings+xml", "/word/fontTable.xml": f"{kind}.fontTable+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/{name}": f"{kind}.footer+xml" for name in footers},
    }  # fmt: skip
    types = "".join(
        f'<Override PartName="{name}" ContentType="{value}"/>' for name, value in overrides.items()
    )
    office = f"{SPACE}/officeDocument/2006/relationships"
    targets = [
        "styles.xml",
        "settings.xml",
        "fontTable.xml",
        "theme/theme1.xml",
        *[n.removeprefix("word/") for n in footers],
    ]
    kinds = ["styles", "settings", "fontTable", "theme", *["footer" for _ in footers]]
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(zip(kinds, targets, strict=True), 1)
    )
    package = f"{SPACE}/package/2006"
    core = (
        f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title></dc:title><dc:language>{language}</dc:language></cp:coreProperties>"
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type='
        f'"{office}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="{package}/relationships/'
        'metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{package}/relationships">'
        f"{related}</Relationships>",
        "word/document.xml": _document(section), "word/styles.xml": _styles(styles),
        "word/settings.xml": _settings(even=even), "word/fontTable.xml": _font_table(),
        "word/theme/theme1.xml": _theme(), "docProps/core.xml": HEAD + core, **footers,
    }  # fmt: skip


def write(name: str, parts: dict[str, str]) -> None:
    """Write one template; the same parts give the same bytes."""
    with zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(
                zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED
            )


if __name__ == "__main__":
    write("gongwen.docx", _parts(GONGWEN, GONGWEN_SECTION, "zh-CN", even=True))
    write("policy.docx", _parts(POLICY, POLICY_SECTION, "en-GB", even=False))
