"""Whether the differences between the places shrink: dispersion, growth, groups, classes, neighbours, shape."""

import itertools
import math

import pandas as pd

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.history import comparable
from innohub.chart import wording
from innohub.chart.tables import number
from innohub.chart.years import held_share, peaks, read_densities

MEASURES = ("cv", "gini", "theil")
SURE = 0.05
# What lies between groups, by measure, the one that readers know best first.
BETWEEN = (("theil_t", "between"), ("theil_l", "between"), ("dagum", "net_between"))
LONG = 10


def convergence(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on the differences between the places; none for a study of a single year."""
    frame = book.facts.table("inequality")
    if frame.empty or frame["year"].nunique() < 2:
        return []
    table = frame.sort_values("year").set_index("year")
    found = [
        *blocks.paragraph(book, _sigma(book, table), _steps(book, table), _scale(book)),
        *blocks.paragraph(book, *_beta(book)),
        *blocks.paragraph(book, _groups(book), *_classes(book), _neighbours(book), *_shape(book)),
        *blocks.figure(book, "convergence", pictures),
    ]
    return [blocks.section(book, 1, book.say(f"convergence.title_{_trend(table)}"), found)]


def _ends(table: pd.DataFrame, measure: str) -> tuple[int, int] | None:
    known = table[measure].dropna()
    return (int(known.index[0]), int(known.index[-1])) if len(known) > 1 else None


def _change(table: pd.DataFrame, measure: str) -> float:
    ends = _ends(table, measure)
    return number(table, ends[1], measure) - number(table, ends[0], measure) if ends else float("nan")


def _trend(table: pd.DataFrame) -> str:
    """Return how the measures move: ``shrink``, ``grow``, ``mixed``, or ``unknown`` where there is none."""
    every = [_change(table, measure) for measure in MEASURES]
    changes = [change for change in every if not math.isnan(change)]
    if not changes:
        return "unknown"
    return "shrink" if max(changes) < 0 else "grow" if min(changes) > 0 else "mixed"


def _sigma(book: Ledger, table: pd.DataFrame) -> Text:
    """Tell each measure of dispersion in the first and the last year."""
    parts: list[Text] = []
    for measure in MEASURES:
        if (ends := _ends(table, measure)) is None:
            continue
        before, after = (
            book.fixed(f"inequality/{measure}/{year}", number(table, year, measure), 3, year=year)
            for year in ends
        )
        way = "down" if _change(table, measure) < 0 else "up"
        form = f"part_{way}" if parts else f"part_first_{way}"
        values: dict[str, Piece] = {"first": book.when(ends[0]), "last": book.when(ends[1])}
        name = book.say(f"convergence.measure.{measure}")
        parts.append(book.say(f"convergence.{form}", measure=name, before=before, after=after, **values))
    if not parts:
        return book.say("convergence.sigma_unknown")
    return book.say(f"convergence.sigma_{_trend(table)}", list=book.join(parts, "comma"))


def _steps(book: Ledger, table: pd.DataFrame) -> Text:
    """Say in how many steps from year to year the coefficient of variation fell."""
    known = [float(value) for value in table["cv"].dropna()]
    if len(known) < 3:
        return ()
    fallen = sum(after < before for before, after in itertools.pairwise(known))
    number = book.few("steps in which variation fell", fallen)
    return book.say("convergence.steps", number=number, total=book.few("steps between years", len(known) - 1))


def _scale(book: Ledger) -> Text:
    return () if comparable(book) else book.say("convergence.each_year")


def _beta(book: Ledger) -> list[Text]:
    """Tell the slope of growth on the start with its p-value and half life, or why there is none."""
    frame = book.facts.table("convergence")
    if frame.empty:
        return []
    row = frame.iloc[0]
    years: dict[str, Piece] = {"first": book.when(int(row["start"])), "last": book.when(int(row["end"]))}
    if pd.isna(row["slope"]):
        key = f"convergence.reason.{row['reason']}"
        reason = book.say(key) if book.has(key) else book.quote(row["reason"])
        return [book.say("convergence.beta_none", reason=reason, **years)]
    slope, p = float(row["slope"]), float(row["p"])
    values: dict[str, Piece] = {
        **years,
        "slope": book.fixed("convergence/slope", slope, 4),
        "p": book.claim("convergence/p", p, lambda lang: wording.p_value(p, lang)),
    }
    if not p < SURE:
        return [book.say("convergence.beta_unsure", **values)]
    if slope > 0:
        return [book.say("convergence.beta_apart", **values), book.say("convergence.beta_caution")]
    return [book.say("convergence.beta", **values), _half(book, row), book.say("convergence.beta_caution")]


def _half(book: Ledger, row: pd.Series) -> Text:
    years = float(row["half_life"])
    if not years > 0:
        return ()
    return book.say(
        "convergence.half", years=book.fixed("convergence/half_life", years, 0 if years >= LONG else 1)
    )


def _groups(book: Ledger) -> Text:
    """Say how much of the difference lies between the groups, in the first and the last year."""
    frame = book.facts.table("inequality_groups")
    if frame.empty:
        return ()
    for measure, component in BETWEEN:
        rows = frame[(frame["measure"] == measure) & (frame["component"] == component)].dropna(
            subset=["share"]
        )
        shares = rows.drop_duplicates("year").set_index("year")["share"].sort_index()
        if shares.empty:
            continue
        first, last = int(shares.index[0]), int(shares.index[-1])
        after, before = (
            book.share(f"inequality_groups/{measure}/{year}", float(shares[year]), year=year)
            for year in (last, first)
        )
        name = book.say(f"convergence.measure.{measure}")
        form = "groups" if first < last else "groups_now"
        years: dict[str, Piece] = {"first": book.when(first), "last": book.when(last)}
        return book.say(f"convergence.{form}", measure=name, after=after, before=before, **years)
    return ()


def _classes(book: Ledger) -> list[Text]:
    """Say how often places stay in their class from year to year."""
    frame = book.facts.table("transitions")
    held = held_share(frame)
    if held is None:
        return []
    share, total, up, down = held
    form = "classes" if up and down else "classes_up" if up else "classes_down" if down else "classes_still"
    said = [
        book.say(
            f"convergence.{form}",
            classes=book.word("classes of scores", int(frame["from_class"].max())),
            total=book.count("moves between classes", total),
            share=book.share("transitions/held", share),
            up=book.few("moves up", up),
            down=book.few("moves down", down),
        )
    ]
    absolute = not book.facts.rule.change.relative
    return [*said, book.say("convergence.classes_absolute")] if absolute and up > down else said


def _neighbours(book: Ledger) -> Text:
    frame = book.facts.table("spatial_test")
    if frame.empty or pd.isna(frame.iloc[0]["p"]):
        return ()
    p = float(frame.iloc[0]["p"])
    said = book.claim("spatial_test/p", p, lambda lang: wording.p_value(p, lang))
    return book.say("convergence.neighbours" if p < SURE else "convergence.neighbours_none", p=said)


def _shape(book: Ledger) -> list[Text]:
    """Say how many peaks the distribution has in the first and the last year."""
    densities = read_densities(book.facts.table("density"))
    if not densities:
        return []
    counts = {year: peaks(rows["density"].to_numpy(float)) for year, rows in densities.items()}
    first, last = min(counts), max(counts)
    values: dict[str, Piece] = {"first": book.when(first), "last": book.when(last)}
    values["after"] = book.few(f"density/peaks/{last}", counts[last])
    values["before"] = book.few(f"density/peaks/{first}", counts[first])
    form = "shape_same" if counts[first] == counts[last] else "shape"
    return [
        book.say_of(f"convergence.{form}", counts[last], **values),
        book.say("convergence.one_club" if counts[last] == 1 else "convergence.clubs"),
    ]
