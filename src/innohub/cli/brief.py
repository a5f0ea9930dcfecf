"""``innohub brief``: write the brief of the current results."""

from pathlib import Path

import click

from innohub.cli import options
from innohub.cli.console import book, say, warn
from innohub.cli.files import refuse_existing
from innohub.words import Language


@click.command("brief")
@options.folder
@options.out
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", help=book().say("cli.brief.language")
)
@click.option("--subject", help=book().say("cli.brief.subject"))
@options.force
def command(folder: Path, out: Path | None, language: str, subject: str | None, force: bool) -> int:
    """Write the brief."""
    from innohub.brief import brief, targets, write_all
    from innohub.run import open_run

    run = open_run(folder)
    if out is None:
        written = write_all(run, run.folder, subject=subject, report=warn)
    else:
        # who names both the file and the subject gets that file
        wanted = {subject: out} if subject else targets(run, out)
        for path in wanted.values():
            refuse_existing(path, force=force)
        spoken: Language = "zh" if language == "zh" else "en"
        written = [brief(run, path, spoken, subject=about, report=warn) for about, path in wanted.items()]
    for path in written:
        say(str(path))
    return 0
