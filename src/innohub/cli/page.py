"""``innohub page``: write the interactive page as one file."""

from pathlib import Path

import click

from innohub.cli import options
from innohub.cli.console import say
from innohub.cli.files import refuse_existing


@click.command("page")
@options.folder
@options.out
@options.force
def command(folder: Path, out: Path | None, force: bool) -> int:
    """Write the page."""
    from innohub.run import open_run
    from innohub.web import page

    run = open_run(folder)
    if out is not None:
        refuse_existing(out, force=force)
    say(str(page(run, out or run.folder / "page.html")))
    return 0
