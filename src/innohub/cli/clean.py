"""``innohub clean``: drop old results."""

from pathlib import Path

import click

from innohub.cli import options
from innohub.cli.console import book, say


@click.command("clean")
@options.folder
@click.option(
    "--keep", default=1, show_default=True, type=click.IntRange(min=1), help=book().say("cli.clean.keep")
)
def command(folder: Path, keep: int) -> int:
    """Drop old results."""
    from innohub.run import clean

    dropped = clean(folder, keep)
    say(book().say("cli.clean.done", count=len(dropped)))
    return 0
