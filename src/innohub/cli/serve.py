"""``innohub serve``: open the page from a local server that follows new runs."""

from pathlib import Path

import click

from innohub.cli import options
from innohub.cli.console import book, tell


@click.command("serve")
@options.folder
@click.option("--host", default="127.0.0.1", show_default=True, help=book().say("cli.serve.host"))
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65_535),
    help=book().say("cli.serve.port"),
)
def command(folder: Path, host: str, port: int) -> int:
    """Serve the page."""
    from innohub.run import open_run
    from innohub.web import serve

    open_run(folder)
    tell(book().say("cli.serve.at", url=f"http://{host}:{port}/"))
    serve(lambda: open_run(folder), host=host, port=port)
    return 0
