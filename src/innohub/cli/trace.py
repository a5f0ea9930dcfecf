"""``innohub trace``: the chain behind a score, or behind a position."""

from pathlib import Path

import click

from innohub.cli import options
from innohub.cli.console import book, say, show_json, spoken


@click.command("trace")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("place")
@click.argument("index", required=False, metavar="[INDEX|FUNCTION]")
@click.option("--node", help=book().say("cli.option.node"))
@options.as_json
def command(folder: Path, place: str, index: str | None, node: str | None, as_json: bool) -> int:
    """Show where a score comes from, or the position of a place in a function."""
    from innohub.run import open_run

    chain = open_run(folder).trace(place, index, node)
    if as_json:
        show_json(chain.to_json())
    else:
        say(chain.render(spoken()))
    return 0
