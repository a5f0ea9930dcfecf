"""Options and arguments that several verbs share."""

from pathlib import Path

import click

from innohub.cli.console import book

folder = click.argument("folder", type=click.Path(path_type=Path), default=Path())
as_json = click.option("--json", "as_json", is_flag=True, help=book().say("cli.option.json"))
out = click.option("--out", type=click.Path(path_type=Path), help=book().say("cli.option.out"))
force = click.option("--force", is_flag=True, help=book().say("cli.option.force"))
