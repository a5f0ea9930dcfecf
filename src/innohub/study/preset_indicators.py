"""The table of indicators where a study names presets: what the presets supply, and where the two do not fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from innohub.catalog.presets import Preset
from innohub.errors import Finding
from innohub.study.columns import fold
from innohub.study.report import shown

# What a preset may say of an indicator; names and notes may differ without a word.
_METHOD = ("direction", "transform", "low", "high")
_TOLD = ("name_zh", "name_en", "note_zh", "note_en")


@dataclass(frozen=True)
class Change:
    """A key that a study wrote itself: what the preset says, what the study uses, and what that makes of it.

    ``kind`` is ``departure`` where the preset says something else, ``supplied`` where its choice is unknown.
    """

    key: str
    said: str
    used: str
    kind: str = "departure"


@dataclass(frozen=True)
class Applied:
    """A preset as an index of a study uses it.

    ``ids`` gives for each indicator of the preset the study's own id; ``framed`` says whether the tree is the preset's;
    ``changes`` are what the study wrote itself.
    """

    index: str
    preset: Preset
    ids: dict[str, str]
    framed: bool
    changes: tuple[Change, ...] = field(default=())

    @property
    def file(self) -> str:
        """What findings and tables name as the file of the preset's rows."""
        return f"preset {self.preset.id}"

    @property
    def rows(self) -> list[dict[str, str]]:
        """The preset's rows of the table of indicators, under the study's ids; none with a tree of the study's own."""
        if not self.framed:
            return []
        return [{**row, "indicator": self.ids[row["indicator"]]} for row in self.preset.indicators]


Supplied = Sequence[Applied]
# By indicator and column, what a preset filled in, and which.
Filled = dict[tuple[str, str], tuple[str, Applied]]


def supply(frame: pd.DataFrame, presets: Supplied, found: list[Finding]) -> pd.DataFrame:
    """Return the table of indicators with what it leaves blank, and what it does not list, filled from presets.

    Findings: C193 a unit that the preset does not know; C195 two presets that say different things of one indicator.
    """
    frame = frame.reset_index(drop=True)
    filled: Filled = {}
    for applied in presets:
        for number, row in enumerate(applied.rows):
            if not frame["indicator"].eq(row["indicator"]).any():
                bare: dict[str, object] = dict.fromkeys(map(str, frame.columns), "")
                bare |= {"indicator": row["indicator"], "file": applied.file, "row": number + 2}
                frame = pd.concat([frame, pd.DataFrame([bare], dtype=object)], ignore_index=True)
            at = int(frame.index[frame["indicator"].eq(row["indicator"])][0])
            found += _fill(frame, at, row, applied, filled)
    return frame


def _fill(
    frame: pd.DataFrame, at: int, row: dict[str, str], applied: Applied, filled: Filled
) -> Iterator[Finding]:
    """Fill the blank cells of one indicator, in place; yield where the study or another preset does not fit."""
    code = row["indicator"]
    for column in ("unit", *_METHOD, *_TOLD):
        written, said = str(frame.loc[at, column]), row[column]
        if (code, column) in filled:
            before, other = filled[code, column]
            if column not in _TOLD and not _same(before, said):
                yield _conflict(code, column, (before, other), (said, applied))
        elif not written:
            frame.loc[at, column] = said
            filled[code, column] = (said, applied)
        elif column == "unit" and said and not _is_unit(written, code, applied):
            file, line = str(frame["file"].iloc[at]), int(frame["row"].iloc[at])
            params = {"id": shown(code), "preset": applied.preset.id, "wanted": said}
            yield Finding("C193", "error", file, line, "unit", shown(written), params)


def _is_unit(written: str, code: str, applied: Applied) -> bool:
    """Say whether a unit is one of those that the preset knows for an indicator."""
    own = next(key for key, ours in applied.ids.items() if ours == code)
    unit = next(row["unit"] for row in applied.preset.indicators if row["indicator"] == own)
    return fold(written) in {fold(name) for name in (unit, *applied.preset.units[own])}


def _same(one: str, other: str) -> bool:
    """Say whether two cells mean the same, numbers compared as numbers."""
    try:
        return float(one) == float(other)
    except ValueError:
        return fold(one) == fold(other)


def _conflict(code: str, column: str, one: tuple[str, Applied], other: tuple[str, Applied]) -> Finding:
    params = {
        "id": shown(code),
        "column": column,
        "first": one[1].preset.id,
        "one": one[0] or "–",
        "second": other[1].preset.id,
        "other": other[0] or "–",
    }
    return Finding("C195", file="study.toml", column=f"index.{other[1].index}.preset", params=params)


def indicator_changes(applied: Applied, indicators: pd.DataFrame) -> list[Change]:
    """Return where the table of indicators, as read, says something else than the preset."""
    changes = []
    for row in applied.rows:
        for used in indicators[indicators["indicator"].eq(row["indicator"])].to_dict("records"):
            for column in _METHOD:
                now = used[column] if isinstance(used[column], str) else _number(used[column])
                if not _same(now, row[column]):
                    key = f"{row['indicator']}.{column}"
                    changes.append(Change(key, row[column] or "–", now or "–"))
    return changes


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:g}"
