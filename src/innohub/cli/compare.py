"""``innohub compare``: why ranks changed between two runs, studies, editions or years."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from innohub.cli import options
from innohub.cli.console import Align, book, listed, say, show_findings, show_json, show_table, spoken

if TYPE_CHECKING:
    from innohub.chart.waterfall import Fall
    from innohub.run.compare import Change, ChangeSet

_path = click.Path(path_type=Path)
DECIMALS = 2


@click.command("compare")
@click.argument("before", type=_path)
@click.argument("after", type=_path, required=False)
@click.option("--years", type=int, nargs=2, metavar="FROM TO", help=book().say("cli.compare.years"))
@click.option("--index", help=book().say("cli.compare.index"))
@click.option("--place", help=book().say("cli.compare.place_option"))
@options.out
@options.force
@options.as_json
def command(
    before: Path,
    after: Path | None,
    *,
    years: tuple[int, int] | None,
    index: str | None,
    place: str | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Split the change of ranks between its causes."""
    from innohub.run.compare import compare

    if (after is None) == (years is None):
        raise click.UsageError(book().say("cli.compare.two_sides"))
    if years and years[0] == years[1]:
        raise click.UsageError(book().say("cli.compare.same_year", year=years[0]))
    done = compare(before, after, years=years, index=index)
    chosen = done.change(place) if place else done.most()
    files = _write(done, chosen, out, force=force) if out else []
    if as_json:
        show_json(_data(done, chosen, files))
        return 0
    show_findings(done.findings)
    _show(done)
    if chosen:
        say("\n" + sentence(done, chosen))
    for file in files:
        say(str(file))
    return 0


def sentence(done: "ChangeSet", change: "Change") -> str:
    """Say in words why the rank of a place changed."""
    text = book()
    values: dict[str, object] = {
        "place": done.names(spoken())[change.place],
        "before": done.before.label,
        "after": done.after.label,
        "start": f"{change.rank_before:g}",
        "end": f"{change.rank_after:g}",
        "places": f"{abs(change.gained):g}",
    }
    if not change.ranks.blocks:
        return text.say(f"cli.compare.said.{change.status}", **values)
    moved = "same" if change.gained == 0 else "up" if change.gained > 0 else "down"
    told = listed(f"{name} {amount}" for name, _, amount in _steps(change))
    return text.say(f"cli.compare.said.{moved}", parts=told, **values)


def _steps(change: "Change") -> list[tuple[str, float, str]]:
    """Return the name of each cause, its part, and the part as it is printed; printed parts add up, too."""
    from innohub.index.shapley import printed_parts
    from innohub.run.compare_words import block_name

    shown = printed_parts(change.ranks.parts, DECIMALS)
    named = [block_name(block, spoken()) for block in change.ranks.blocks]
    return [
        (name, part, f"{told:+.{DECIMALS}f}".replace("-", "−") if told else f"{0:.{DECIMALS}f}")
        for name, part, told in zip(named, change.ranks.parts, shown, strict=True)
    ]


def _show(done: "ChangeSet") -> None:
    """Print the table of all places, with a column for what could not be told apart where there is any."""
    from innohub.run.compare_states import CAUSES
    from innohub.run.compare_table import change_table

    text, table = book(), change_table(done)
    joint = bool(table["together"].ne("").any())
    causes = [*CAUSES, *(["together"] if joint else [])]
    heads: list[tuple[str, Align]] = [(text.say("cli.compare.place"), "left")]
    heads += [
        (done.before.label, "right"),
        (done.after.label, "right"),
        (text.say("cli.compare.gained"), "right"),
    ]
    heads += [(text.say(f"cli.compare.{cause}"), "right") for cause in causes]
    names, rows = done.names(spoken()), []
    for one in done.changes:
        parts = {block: told for block, (_, _, told) in zip(one.ranks.blocks, _steps(one), strict=True)}
        cells = [parts.get((place,), "–") for place in range(len(CAUSES))]
        cells += [listed(told for block, told in parts.items() if len(block) > 1) or "–"] if joint else []
        if not one.ranks.blocks:
            cells = [text.say(f"cli.compare.status.{one.status}"), *[""] * (len(causes) - 1)]
        gained = f"{one.gained:+g}".replace("-", "−") if one.gained else "0"
        rows.append(
            [
                names[one.place],
                _rank(one.rank_before),
                _rank(one.rank_after),
                gained if parts else "–",
                *cells,
            ]
        )
    title = text.say("cli.compare.title", before=done.before.label, after=done.after.label)
    show_table(heads, rows, title)
    say(text.say("cli.compare.note"))


def _rank(value: float) -> str:
    return f"{value:g}" if value == value else "–"  # noqa: PLR0124


def _fall(done: "ChangeSet", change: "Change") -> "Fall":
    from innohub.chart.waterfall import Fall

    steps = _steps(change)
    return Fall(
        done.names(spoken())[change.place],
        done.before.label,
        done.after.label,
        change.rank_before,
        change.rank_after,
        [(name, part) for name, part, _ in steps],
        [told for *_, told in steps],
    )


def _write(done: "ChangeSet", change: "Change | None", out: Path, *, force: bool) -> list[Path]:
    """Write the table and, of a place whose change is split, the figure: into a folder, or beside a named table."""
    from innohub.chart.waterfall import waterfall
    from innohub.cli.files import refuse_existing
    from innohub.run.compare_table import change_table

    table = out if out.suffix.lower() == ".csv" else out / "changes.csv"
    if table != out and not out.exists():
        refuse_existing(out, force=force)
    pictured = change if change and change.ranks.blocks else None
    stem = "waterfall" if table != out else f"{table.stem}-waterfall"
    figures = (
        [table.with_name(f"{stem}-{pictured.place}{kind}") for kind in (".png", ".svg")] if pictured else []
    )
    if out.exists() or table == out:
        for path in (table, *figures):
            refuse_existing(path, force=force)
    if table != out:
        out.mkdir(exist_ok=True)
    table.write_text(
        change_table(done).to_csv(index=False, lineterminator="\n"), encoding="utf-8-sig", newline=""
    )
    if pictured:
        picture = waterfall(_fall(done, pictured), spoken())
        figures[0].write_bytes(picture.png)
        figures[1].write_bytes(picture.svg)
    return [table, *figures]


def _data(done: "ChangeSet", chosen: "Change | None", files: list[Path]) -> dict[str, Any]:
    """Return the comparison as plain data."""
    import json

    from innohub.run.compare_table import change_table

    rows = json.loads(change_table(done).to_json(orient="records", double_precision=15))
    return {
        "before": {"name": done.before.label, "year": done.before.year, "index": done.before.index},
        "after": {"name": done.after.label, "year": done.after.year, "index": done.after.index},
        "changes": rows,
        "place": chosen.place if chosen else None,
        "sentence": sentence(done, chosen) if chosen else None,
        "files": [str(file) for file in files],
        "findings": [finding.to_json(spoken()) for finding in done.findings],
    }
