"""The ranking of a run as a table on the terminal."""

import pandas as pd

from innohub.cli.console import Align, book, say, show_table, spoken
from innohub.position import definitions, own_definition
from innohub.run import Run


def show_ranking(run: Run) -> None:
    """Print every index's ranking: rank, place, score, rank interval, and tier with its probability."""
    for name, section in run.settings.index.items():
        title = section.title.text(spoken()) or name
        draws = f"{section.uncertainty.draws:,}"
        level = f"{section.uncertainty.level:.0%}"
        tiers = run.settings.tiers
        with_tiers = run.tiers is not None and tiers is not None and tiers.index == name
        show_table(_heads(level, with_tiers), _rows(run, name, with_tiers), title)
        say(book().say("cli.ranking.note", draws=draws, level=level))
        if with_tiers and tiers:
            say(book().say(f"cli.ranking.{_definition(run)}"))
            say(book().say("cli.ranking.between", firm=f"{tiers.firm:.2f}"))


def _definition(run: Run) -> str:
    """Return the definition of tier probability shown: the study's own, by the name that says what it asks."""
    section = run.settings.tiers
    if section is None or run.tiers is None:
        return ""
    return own_definition(section, definitions(section, run.tiers.table)) or section.definition


def _heads(level: str, with_tiers: bool) -> list[tuple[str, Align]]:
    text = book()
    heads: list[tuple[str, Align]] = [
        (text.say("cli.ranking.rank"), "right"),
        (text.say("cli.ranking.place"), "left"),
    ]
    heads += [
        (text.say("cli.ranking.score"), "right"),
        (text.say("cli.ranking.interval", level=level), "right"),
    ]
    if with_tiers:
        heads += [(text.say("cli.ranking.tier"), "left"), (text.say("cli.ranking.probability"), "left")]
    return heads


def _rows(run: Run, index: str, with_tiers: bool) -> list[list[str]]:
    scores = run.index[index].scores
    root = scores["node"].iloc[0]
    scores = scores[scores["node"].eq(root)].sort_values(["rank", "place"], na_position="last")
    language = spoken()
    names = run.table("places").set_index("place")[f"name_{language}"].to_dict()
    rows = []
    for row in scores.to_dict("records"):
        name = str(names[row["place"]])
        if pd.isna(row["rank"]):
            rows.append(["–", name, "–", "–", *(["–", ""] if with_tiers else [])])
            continue
        cells = [str(row["rank"]), name, f"{row['score']:.3f}", f"{row['rank_low']}–{row['rank_high']}"]
        rows.append(cells + (_tier(run, row["place"]) if with_tiers else []))
    return rows


def _tier(run: Run, place: str) -> list[str]:
    """Return the tier of a place and its probability; what is not firm shows the runner-up."""
    settings = run.settings.tiers
    if run.tiers is None or settings is None:
        return ["", ""]
    table = run.tiers.table
    mine = table[table["place"].eq(place) & table["definition"].eq(_definition(run))]
    labels = {tier.id: tier.text(spoken()) for tier in settings.names}
    assigned = mine[mine["assigned"]].iloc[0]
    shown = [labels[assigned["tier"]], f"{assigned['probability']:.2f}"]
    others = mine[~mine["assigned"]].sort_values("probability", ascending=False)
    if len(others) and mine["probability"].max() < settings.firm:
        other = others.iloc[0]
        shown[1] += "  " + book().say(
            "cli.ranking.or", tier=labels[other["tier"]], p=f"{other['probability']:.2f}"
        )
    return shown
