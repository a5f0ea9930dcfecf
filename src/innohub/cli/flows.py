"""Chains, synergies and divisions in a few lines on the terminal."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from innohub.catalog.flows import flow_label
from innohub.cli.console import book, say, show_table, spoken
from innohub.run import Run

_MOST = 5
_TABLES = ("chain_fusion", "talent_mismatch", "synergy", "triple_helix", "division_tests")


def show_flows(run: Run) -> None:
    """Print the weakest chains, the largest mismatch, the synergies and the tests of divisions of a run."""
    names = _names(run.table("places"))
    if "chain_fusion" in run.table_names:
        _show_chains(run, names)
    if "talent_mismatch" in run.table_names:
        _show_mismatch(run, names)
    if "synergy" in run.table_names:
        _show_synergy(run)
    if "division_tests" in run.table_names:
        _show_divisions(run)


def flows_data(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Return the tables for ``--json``."""
    told = {}
    for name in _TABLES:
        if name in run.table_names:
            table = run.table(name).astype(object)
            rows = table.where(table.notna(), None).to_dict("records")
            told[name] = [{str(key): value for key, value in row.items()} for row in rows]
    return told


def _names(table: pd.DataFrame) -> Mapping[str, str]:
    key = str(table.columns[0])
    return {str(row[key]): str(row[f"name_{spoken()}"] or row[key]) for row in table.to_dict("records")}


def _show_chains(run: Run, names: Mapping[str, str]) -> None:
    """Show the places that the study diagnoses, else those with the highest level, in the last year."""
    table, text, fields = run.table("chain_fusion"), book(), _names(run.table("chain_fields"))
    now = table[table["year"].eq(table["year"].max())]
    section = run.settings.ecosystem
    wanted = [place for place in (section.places if section else ()) if place in set(now["place"])]
    for field, own in now.groupby("field", sort=False):
        ranked = (
            own[own["place"].isin(wanted)]
            if wanted
            else own.sort_values("level", ascending=False, kind="stable")
        )
        rows = [
            [
                names[row["place"]],
                *(_number(row[key]) for key in ("coupling", "level", "coordination")),
                _weakest(row),
            ]
            for row in ranked.head(_MOST).to_dict("records")
        ]
        heads = [(text.say("cli.flows.place"), "left"), ("C", "right"), ("T", "right"), ("D", "right")]
        title = text.say(
            "cli.flows.title", field=fields.get(str(field), str(field)), year=int(now["year"].iloc[0])
        )
        show_table([*heads, (text.say("cli.flows.weakest"), "left")], rows, title)  # type: ignore[list-item]
        single = own.loc[own["weakest"].ne("") & ~own["weakest"].str.contains(";"), "weakest"].value_counts()
        if len(single):
            chain = flow_label("chain", str(single.index[0]), spoken())
            say(text.say("cli.flows.often", chain=chain, count=int(single.iloc[0]), places=len(own)))


def _weakest(row: Mapping[Any, Any]) -> str:
    if not row["weakest"]:
        return "–"
    chains = [flow_label("chain", name, spoken()) for name in str(row["weakest"]).split(";")]
    if len(chains) == 4:
        return book().say("cli.flows.level")
    sure = "" if pd.isna(row["certainty"]) else book().say("cli.flows.sure", p=f"{row['certainty']:.0%}")
    return book().say("where.list").join(chains) + sure


def _show_mismatch(run: Run, names: Mapping[str, str]) -> None:
    table, fields = run.table("talent_mismatch"), _names(run.table("chain_fields"))
    now = table[table["year"].eq(table["year"].max()) & table["mismatch"].notna()]
    if now.empty:
        return
    row = now.iloc[int(now["mismatch"].argmax())]
    span = _span(row["mismatch_low"], row["mismatch_high"], "{:.0%}")
    told = {"place": names[row["place"]], "share": f"{row['mismatch']:.0%}", "span": span}
    say(book().say("cli.flows.mismatch", field=fields.get(str(row["short_of"]), "–"), **told))


def _show_synergy(run: Run) -> None:
    """Tell the whole of the last year, or of all years together."""
    table, text = run.table("synergy"), book()
    whole = table[table["place"].eq("")]
    for kind, rows in whole.groupby("kind", sort=False):
        row = rows.iloc[-1]
        told = {"share": _number(row["share"], "{:.1%}"), "ratio": _number(row["ratio"], "{:.2f}")}
        span = _span(row["ratio_low"], row["ratio_high"], "{:.2f}")
        say(text.say(f"cli.flows.synergy.{kind}", span=span, works=f"{int(row['works']):,}", **told))
    if "triple_helix" in run.table_names:
        helix = run.table("triple_helix")
        row = helix[helix["place"].eq("")].iloc[-1]
        span = _span(row["low"], row["high"], "{:.3f}")
        say(text.say("cli.flows.helix", bits=_number(row["bits"], "{:.3f}"), span=span))


def _show_divisions(run: Run) -> None:
    tests = run.table("division_tests")
    for _, rows in tests.groupby("division", sort=False):
        last = rows[rows["year"].isna() | rows["year"].eq(rows["year"].max())].iloc[0]
        verdict = book().say(f"cli.flows.verdict.{last['verdict'].replace(' ', '_')}")
        say(book().say("cli.flows.division", name=last[f"name_{spoken()}"], verdict=verdict))


def _number(value: float, form: str = "{:.3f}") -> str:
    return "–" if pd.isna(value) else form.format(value).replace("-", "−")


def _span(low: float, high: float, form: str) -> str:
    if pd.isna(low):
        return "–"
    return book().say("cli.flows.span", low=_number(low, form), high=_number(high, form))
