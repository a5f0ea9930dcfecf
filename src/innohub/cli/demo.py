"""``innohub demo``: the flagship study from table to brief and page."""

from pathlib import Path
from shlex import quote

import click

from innohub.cli.console import book, progress, say, warn
from innohub.cli.files import lay_study

STUDY = "china-regions-2020"


@click.command("demo")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("innohub-demo"), help=book().say("cli.option.out")
)
def command(out: Path) -> int:
    """Run the flagship study."""
    from innohub.brief import write_all
    from innohub.catalog import example_folder
    from innohub.cli.ranking import show_ranking
    from innohub.run import run
    from innohub.web import page

    if not (out / "study.toml").exists():
        lay_study(example_folder(STUDY), out)
    done = run(out, progress=progress())
    written = [*write_all(done, done.folder, report=warn), page(done, done.folder / "page.html")]
    show_ranking(done)
    say("\n" + book().say("cli.demo.written"))
    for path in written:
        say(f"  {path}")
    say("\n" + book().say("cli.demo.next", folder=quote(str(out))))
    return 0
