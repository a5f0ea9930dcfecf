"""Print results to standard output and everything else to standard error."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NoReturn

import click
from rich.console import Console
from rich.table import Table

from innohub.errors import Finding
from innohub.words import Language, Words, choose_language, words

SHOWN = 20
WIDE = 1_000

Align = Literal["left", "right"]


def spoken() -> Language:
    """Return the language of this call: ``--lang`` wherever it stands, else the environment's."""
    arguments = sys.argv[1:]
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return choose_language(argument.removeprefix("--lang="))
        if argument == "--lang" and position + 1 < len(arguments):
            return choose_language(arguments[position + 1])
    return choose_language()


def book() -> Words:
    """Return the texts in the language of this call."""
    return words(spoken())


def listed(names: Iterable[str]) -> str:
    """Write names as a list of the language."""
    return book().say("where.list").join(names)


def _width() -> int | None:
    return None if sys.stdout.isatty() else WIDE


def say(text: str) -> None:
    """Print a line of results."""
    click.echo(text)


def tell(text: str) -> None:
    """Print a line that is not a result."""
    click.echo(text, err=True)


def show_json(data: Any) -> None:
    """Print data for a program to read."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def show_table(heads: Sequence[tuple[str, Align]], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print a table; each head is a text and its alignment."""
    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for head, justify in heads:
        table.add_column(head, justify=justify, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console(width=_width(), highlight=False)
    with console.capture() as printed:
        console.print(table)
    say("\n".join(line.rstrip() for line in printed.get().splitlines()))


def show_findings(findings: Sequence[Finding], *, err: bool = True) -> None:
    """Print findings, the first twenty in full, then how many more there are."""
    for finding in findings[:SHOWN]:
        click.echo(finding.render(spoken()) + "\n", err=err)
    if len(findings) > SHOWN:
        click.echo(book().say("cli.more_findings", count=len(findings) - SHOWN), err=err)


def count_findings(levels: Sequence[str]) -> str:
    """Return how many errors and warnings there are, in words."""
    errors = levels.count("error")
    return book().say("cli.counted", errors=errors, warnings=len(levels) - errors)


def fail(findings: Sequence[Finding], *, as_json: bool = False, code: int = 1) -> NoReturn:
    """Print findings and leave."""
    if as_json:
        show_json({"findings": [finding.to_json(spoken()) for finding in findings]})
    else:
        show_findings(findings)
    raise SystemExit(code)


def warn(finding: Finding) -> None:
    """Print one finding that arose while something was written."""
    tell(finding.render(spoken()) + "\n")


def progress() -> Callable[[str, bool], None]:
    """Return a callback that names each finished step on a terminal, and is silent elsewhere."""

    def step(name: str, computed: bool) -> None:
        if sys.stderr.isatty():
            tell("  " + book().say("cli.step_computed" if computed else "cli.step_kept", step=name))

    return step
