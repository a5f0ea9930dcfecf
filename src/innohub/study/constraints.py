"""Read the table of constraints: which indicator belongs to which group, and the groups of the study's own."""

from collections.abc import Collection, Mapping

import pandas as pd

from innohub.catalog.constraints import constraint_groups, policy_levers
from innohub.errors import Finding
from innohub.study.columns import fit, fold
from innohub.study.names import Names, resolve
from innohub.study.report import near, shown
from innohub.study.tables import Table

COLUMNS = ["group", "indicator", "name_zh", "name_en", "levers", "file", "row"]


def read_constraints(
    table: Table, indicators: Names, used: Collection[str], found: list[Finding]
) -> pd.DataFrame | None:
    """Return the sound rows of the table of constraints; groups of the catalogue may be named in either language.

    N320 an indicator that is not in the index, N321 a group that is neither the catalogue's nor named, N322 an
    unknown lever, N323 an indicator in two groups, N324 no indicator at all.

    Parameters
    ----------
    used : the indicators of the index; empty where its framework could not be read.
    """
    frame = fit(table, "constraints", found)
    if frame is None:
        return None
    known = {fold(text): name for name, group in constraint_groups().items() for text in group.label.values()}
    frame["group"] = [known.get(fold(text), text) for text in frame["group"]]
    frame["indicator"] = resolve(frame, "indicator", indicators, found)
    own = set(frame.loc[frame["name_zh"].ne("") | frame["name_en"].ne(""), "group"])
    first: dict[str, int] = {}
    for row in frame.to_dict("records"):
        found += _of_group(row, own)
        found += _of_levers(row)
        code, line = str(row["indicator"]), int(row["row"])
        if not code:
            continue
        about: dict[str, object] = {"indicator": shown(code)}
        spot = (table.file, line, "indicator", shown(code))
        if used and code not in used:
            found.append(Finding("N320", "error", *spot, {**about, "near": near(code, used)}))
        if code in first:
            found.append(Finding("N323", "error", *spot, {**about, "first": first[code]}))
        first.setdefault(code, line)
    if not first and not any(finding.file == table.file for finding in found):
        found.append(Finding("N324", "error", table.file, column="indicator"))
    return frame[COLUMNS].reset_index(drop=True)


def _of_group(row: Mapping[str, object] | Mapping[object, object], own: set[str]) -> list[Finding]:
    told: Mapping[str, object] = {str(key): value for key, value in row.items()}
    group, spot = str(told["group"]), (str(told["file"]), int(str(told["row"])))
    if not group:
        return [Finding("P020", file=spot[0], row=spot[1], column="group")]
    if group in constraint_groups() or group in own:
        return []
    known = tuple(constraint_groups())
    params = {"group": shown(group), "near": near(group, known), "known": known}
    return [Finding("N321", "error", *spot, "group", shown(group), params)]


def _of_levers(row: Mapping[str, object] | Mapping[object, object]) -> list[Finding]:
    told: Mapping[str, object] = {str(key): value for key, value in row.items()}
    unknown = [name for name in split_levers(str(told["levers"])) if name not in policy_levers()]
    spot = (str(told["file"]), int(str(told["row"])))
    return [
        Finding("N322", "error", *spot, "levers", shown(name), {"near": near(name, policy_levers())})
        for name in unknown
    ]


def split_levers(text: str) -> tuple[str, ...]:
    """Return the levers that a cell lists.

    >>> split_levers("joint-work; talent-base")
    ('joint-work', 'talent-base')
    """
    return tuple(part.strip() for part in text.replace("；", ";").split(";") if part.strip())
