"""``innohub brief``: write the brief of the current results."""

from pathlib import Path

import click

from innohub.cli import options
from innohub.cli.console import book, say, warn
from innohub.cli.files import refuse_existing


@click.command("brief")
@options.folder
@options.out
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", help=book().say("cli.brief.language")
)
@options.force
def command(folder: Path, out: Path | None, language: str, force: bool) -> int:
    """Write the brief."""
    from innohub.brief import brief, write_all
    from innohub.run import open_run

    run = open_run(folder)
    if out is None:
        written = write_all(run, run.folder, report=warn)
    else:
        refuse_existing(out, force=force)
        written = [brief(run, out, language="zh" if language == "zh" else "en", report=warn)]
    for path in written:
        say(str(path))
    return 0
