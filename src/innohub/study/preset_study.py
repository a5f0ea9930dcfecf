"""Write the tables of a new study after a preset: heads, and the rows that the preset knows."""

import csv
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from innohub.catalog.presets import Preset

_INDICATORS = (
    "indicator",
    "name_zh",
    "name_en",
    "unit",
    "direction",
    "transform",
    "low",
    "high",
    "note_zh",
    "note_en",
)
_FRAMEWORK = ("node", "parent", "name_zh", "name_en", "weight", "indicator")
_BLANK = ("places.csv", "panel.csv", "sources.csv")
_OWN = {
    "framework": (
        'framework = "framework.csv"',
        "指标清单由研究给出 · the list of indicators is the study's to give",
    ),
    "weights": ('# weights = "given"', "权重未见公布，须写明 · weights are not public and must be given"),
    "normalise": (
        '# normalise = "minmax(0, 100)"',
        "标准化办法未见公布，须写明 · the normalisation must be given",
    ),
}


def write_preset_study(folder: Path, preset: Preset) -> None:
    """Write the tables and the ``study.toml`` of a new study into an empty folder.

    The table of indicators carries the preset's rows; a framework is written only where the study must give one.
    """
    blank = files("innohub.catalog").joinpath("blank")
    for name in _BLANK:
        (folder / name).write_bytes(blank.joinpath(name).read_bytes())
    _write(folder / "indicators.csv", _INDICATORS, preset.indicators)
    if "framework" in preset.needs:
        key = preset.id.replace("-", "_")
        root = {"node": key, "name_zh": preset.label["zh"], "name_en": preset.label["en"]}
        _write(folder / "framework.csv", _FRAMEWORK, preset.nodes or (root,))
    text = files("innohub.catalog").joinpath("preset_study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(_filled(text, preset), encoding="utf-8")


def _filled(text: str, preset: Preset) -> str:
    """Return study.toml for a preset; what nobody outside knows stands there as a line to complete."""
    own = [f"# {why}\n{line}\n" for key, (line, why) in _OWN.items() if key in preset.needs]
    return text.format(
        preset=preset.id,
        key=preset.id.replace("-", "_"),
        title_zh=preset.label["zh"],
        title_en=preset.label["en"],
        edition=preset.edition["en"],
        status=preset.status,
        own="".join(own),
    )


def _write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table with a mark of UTF-8, which spreadsheets need to read Chinese."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, list(columns), restval="", extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
