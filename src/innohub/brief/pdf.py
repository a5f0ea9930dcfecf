"""The brief as PDF, set by Typst with the shipped fonts; what a reader would see as a box is found before."""

import json
import re
import tempfile
from collections.abc import Container
from importlib.resources import files
from pathlib import Path
from typing import Any

from innohub import fonts
from innohub.brief.check import missing_characters
from innohub.brief.files import write_whole
from innohub.brief.flow import Size, settle, tall_blocks
from innohub.brief.model import Brief
from innohub.brief.payload import payload
from innohub.errors import Finding, ModelError

GETA = "〓"
# Between Latin letters a Chinese face leaves a hole for the apostrophe; English has a face for it.
APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
FAMILIES = {"gongwen": ("Innohub Serif", "Innohub Sans"), "policy": ("Innohub Sans",)}
# the text area of a page, in millimetres
HEIGHTS = {"gongwen": 225.0, "policy": 257.0}
POINT = 25.4 / 72


def write_pdf(brief: Brief, path: str | Path) -> tuple[Finding, ...]:
    """Write the brief as PDF and return what the fonts lack.

    Raises
    ------
    ModelError
        B004 when the PDF does not embed the families that the layout names.
    StoreError
        B008 when the file cannot be written.
    """
    found = missing_characters(brief, lambda text: missing_signs(text, brief.kind))
    missing = [str(finding.value) for finding in found]
    with tempfile.TemporaryDirectory() as folder:
        data = _set(brief, missing, Path(folder))
    _verify(data, FAMILIES[brief.kind])
    write_whole(Path(path), data)
    return found


def missing_signs(text: str, kind: str) -> list[str]:
    """Return the characters of a text that one of the families in use cannot show."""
    lacking = {sign for family in FAMILIES[kind] for sign in fonts.missing_glyphs(text, family)}
    return sorted(lacking)


def _set(brief: Brief, missing: list[str], room: Path) -> bytes:
    """Measure the parts, place the figures, and set the pages."""
    template = files("innohub.brief").joinpath(f"templates/{brief.kind}.typ").read_text(encoding="utf-8")
    (room / "main.typ").write_text(template, encoding="utf-8")
    for figure in brief.figures():
        name, picture = (f"{figure.id}.svg", figure.svg) if figure.svg else (f"{figure.id}.png", figure.png)
        (room / name).write_bytes(picture)
    _write_data(brief, missing, room)
    measured = _typst(brief, room, "query", "<size>", field="value", sys_inputs={"measure": "yes"})
    front, *sizes = (Size(*numbers) for numbers in json.loads(measured))
    page = HEIGHTS[brief.kind] / POINT
    settled = settle(brief, sizes, page, front.height + front.below)
    _write_data(settled, missing, room, tall_blocks(brief, sizes, page))
    pdf: bytes = _typst(brief, room, "compile", pdf_standards=["ua-1"])
    return pdf


def _write_data(brief: Brief, missing: list[str], room: Path, tall: Container[str] = ()) -> None:
    lost = str.maketrans(dict.fromkeys(missing, GETA))
    straight = brief.language == "zh"

    def clean(text: str) -> str:
        return (APOSTROPHE.sub("'", text) if straight else text).translate(lost)

    data = payload(brief, clean, missing, tall)
    (room / "brief.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _typst(brief: Brief, room: Path, verb: str, *asked: str, **more: Any) -> Any:
    import typst  # noqa: PLC0415 - a compiled compiler: loaded when a page is set, not before

    try:
        return getattr(typst, verb)(
            str(room / "main.typ"),
            *asked,
            root=str(room),
            font_paths=[str(fonts.font_folder())],
            ignore_system_fonts=True,
            **more,
        )
    except typst.TypstError as problem:
        # PDF/UA refuses a text without glyphs: the same finding as a family that is not embedded
        if "could not be displayed with font" not in str(problem):
            raise
        raise ModelError(_no_family(FAMILIES[brief.kind][0], set())) from problem


def embedded_fonts(pdf: bytes) -> set[str]:
    """Return the names of the fonts that a PDF embeds, without their subset marks."""
    names = re.findall(rb"/FontName\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]()]+)", pdf)
    return {name.decode("ascii", "replace") for name in names}


def _verify(pdf: bytes, families: tuple[str, ...]) -> None:
    found = embedded_fonts(pdf)
    for family in families:
        if not any(name.startswith(family.replace(" ", "")) for name in found):
            raise ModelError(_no_family(family, found))


def _no_family(family: str, found: set[str]) -> Finding:
    params = {"family": family, "found": tuple(sorted(found)) or ("–",), "folder": str(fonts.font_folder())}
    return Finding("B004", params=params)
