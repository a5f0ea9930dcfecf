"""What a place is good for, at which scope, as a grid on the terminal."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from innohub.cli.console import Align, book, say, show_table, spoken
from innohub.run import Run


def show_positions(run: Run) -> None:
    """Print for every place its functions by scope: how many comparisons are passed, and what that says."""
    section = run.settings.position
    if section is None or "positions" not in run.table_names:
        return
    cells, text = run.table("positions"), book()
    names = _names(run.table("places"), "place")
    functions, scopes = (_names(run.table(name), name[:-1]) for name in ("functions", "scopes"))
    for place, own in cells.groupby("place", sort=False):
        shown = [scope for scope in scopes if scope in set(own["scope"])]
        heads: list[tuple[str, Align]] = [(text.say("cli.positions.function"), "left")]
        heads += [(scopes[scope], "left") for scope in shown]
        rows = [
            [functions.get(str(function), str(function)), *(_cell(its, scope) for scope in shown)]
            for function, its in own.groupby("function", sort=False)
        ]
        show_table(heads, rows, text.say("cli.positions.title", place=names.get(str(place), str(place))))
    say(text.say("cli.positions.note", bar=f"{section.bar:.0%}"))
    if cells["certainty"].notna().any():
        say(text.say("cli.positions.certainty", spread=f"{section.spread:.0%}"))
    _show_claims(run)


def positions_data(run: Run) -> list[dict[str, Any]]:
    """Return the grid for ``--json``."""
    if "positions" not in run.table_names:
        return []
    columns = ["place", "function", "scope", "set", "peers", "q", "verdict", "widest", "certainty", "ready"]
    table = run.table("positions")[columns].astype(object)
    return [
        {str(key): value for key, value in row.items()}
        for row in table.where(table.notna(), None).to_dict("records")
    ]


def _names(table: pd.DataFrame, key: str) -> Mapping[str, str]:
    return dict(zip(table[key], table[f"name_{spoken()}"], strict=True))


def _cell(own: pd.DataFrame, scope: str) -> str:
    """Say what one cell of the grid holds; of several peer sets that with the most peers tested."""
    sets = own[own["scope"].eq(scope)]
    tested = sets[sets["q"].notna()].sort_values("peers", ascending=False, kind="stable")
    if tested.empty:
        return "–"
    row = tested.iloc[0]
    said = {"q": f"{row['q']:.2f}", "count": int(row["peers"])}
    how = "" if pd.isna(row["certainty"]) else book().say("cli.positions.sure", p=f"{row['certainty']:.0%}")
    mark = "●" if row["verdict"] == "reached" else "○"
    return f"{mark} {book().say('cli.positions.cell', **said)}{how}"


def _show_claims(run: Run) -> None:
    """Print how the claims of the study stand to the grid."""
    if "position_claims" not in run.table_names:
        return
    verdicts = run.table("position_claims")["verdict"].value_counts()
    counts = {
        "supported": int(verdicts.get("supported", 0)),
        "wider": int(verdicts.get("wider than the evidence", 0)),
        "untested": int(verdicts.get("not tested", 0)),
    }
    say(book().say("cli.positions.claims", **counts))
