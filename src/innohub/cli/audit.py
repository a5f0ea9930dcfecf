"""``innohub audit``: which conventions reproduce a published table, and which rows do not fit."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from innohub.cli import options
from innohub.cli.console import Align, book, say, show_findings, show_json, show_table, spoken
from innohub.cli.files import refuse_existing

if TYPE_CHECKING:
    from innohub.index.audit import Outcome
    from innohub.run.audit import Report

Decorator = Callable[[Callable[..., int]], Callable[..., int]]


def _many(name: str) -> Decorator:
    return click.option(f"--{name}", multiple=True, metavar="COLUMNS", help=book().say(f"cli.audit.{name}"))


def _one(name: str) -> Decorator:
    metavar = {"weights": "NUMBERS", "filled": "MARK"}.get(name, "COLUMN")
    return click.option(f"--{name}", default="", metavar=metavar, help=book().say(f"cli.audit.{name}"))


@click.command("audit")
@click.argument("table", type=click.Path(path_type=Path))
@_many("inputs")
@_many("outputs")
@_many("costs")
@_one("weights")
@_one("rank")
@_one("classes")
@_one("of")
@_one("coupling")
@_one("level")
@_one("coordination")
@_one("filled")
@_one("group")
@_one("label")
@click.option("--decimals", type=click.IntRange(0, 12), help=book().say("cli.audit.decimals"))
@click.option("--out", type=click.Path(path_type=Path), help=book().say("cli.audit.out"))
@options.force
@options.as_json
def command(table: Path, *, out: Path | None, force: bool, as_json: bool, **asked: Any) -> int:
    """Audit a published table."""
    from innohub.run.audit import Ask, audit

    asked |= {name: _columns(asked[name]) for name in ("inputs", "outputs", "costs")}
    ask = Ask(table, **asked)
    if ask.empty and ask.inputs:
        raise click.UsageError(book().say("cli.audit.nothing"))
    if out is not None:
        refuse_existing(out, force=force)
    report = audit(ask)
    if out is not None:
        from innohub.run.audit.table import evidence

        evidence(report, spoken()).to_csv(out, index=False, lineterminator="\n")
    if as_json:
        from innohub.run.audit.table import report_data

        show_json(report_data(report, spoken()))
    else:
        show_findings(report.findings)
        _show(report)
        if out is not None:
            say(book().say("cli.audit.written", path=out))
    return int(not report.good)


def _columns(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Split lists at commas of both kinds; a head that holds a comma itself is not to be had this way."""
    parts = (part for text in texts for part in text.replace("，", ",").replace("、", ",").split(","))
    return tuple(part.strip() for part in parts if part.strip())


def _show(report: "Report") -> None:
    """Print the verdicts as a table, then the sentences that can be cited."""
    from innohub.run.audit.table import sentences

    text = book()
    if report.outcomes:
        sides: dict[str, Align] = {"rows": "right", "residual": "right"}
        names = ("question", "column", "verdict", "convention", "rows", "residual", "confidence")
        heads = [(text.say(f"cli.audit.{name}"), sides.get(name, "left")) for name in names]
        rows = [_cells(outcome) for outcome in report.outcomes]
        show_table(heads, rows, text.say("cli.audit.title", file=report.table.file))
        say("")
    if report.coupling is not None:
        _show_coupling(report)
    for sentence in sentences(report, spoken()):
        say(sentence)


def _cells(outcome: "Outcome") -> list[str]:
    from innohub.run.audit.names import convention, number

    text = book()
    shown = outcome.fits if outcome.verdict in ("one", "several") else ()
    fits = list(dict.fromkeys(convention(fit, outcome.aspect, spoken()) for fit in shown))
    best = outcome.fits[0] if outcome.fits else None
    return [
        text.say(f"audit.aspect.{outcome.aspect}"),
        outcome.column or text.say("audit.whole"),
        text.say(f"audit.verdicts.{outcome.verdict}"),
        text.say("where.list").join(fits) or "–",
        f"{best.rows}/{outcome.rows}" if best else f"–/{outcome.rows}",
        number(best.residual) if best else "–",
        text.say(f"audit.confidence.{outcome.confidence}"),
    ]


def _show_coupling(report: "Report") -> None:
    from innohub.run.audit.names import number

    text = book()
    if report.coupling is None:
        return
    heads: list[tuple[str, Align]] = [(text.say("cli.audit.column"), "left")]
    heads += [(text.say("cli.audit.convention"), "left"), (text.say("cli.audit.right"), "left")]
    heads += [(text.say("cli.audit.reproduced"), "right"), (text.say("cli.audit.residual"), "right")]
    rows = [
        [
            text.say(f"audit.coupled.{row['column']}"),
            text.say(f"audit.coupling.{row['convention']}"),
            text.say("cli.audit.yes" if row["right"] else "cli.audit.no"),
            f"{row['reproduced']}/{row['rows']}",
            number(row["max_error"]),
        ]
        for row in report.coupling.conventions.to_dict("records")
        if row["rows"]
    ]
    show_table(heads, rows, text.say("cli.audit.coupling_title"))
    say("")
