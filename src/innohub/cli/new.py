"""``innohub new``: begin a study of one's own."""

from importlib.resources import as_file, files
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory

import click

from innohub.cli.console import book, listed, say
from innohub.cli.files import lay_study
from innohub.errors import Finding, StudyError


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "example", metavar="STUDY", help=book().say("cli.new.from"))
@click.option("--blank", is_flag=True, help=book().say("cli.new.blank"))
@click.option("--preset", "followed", metavar="PRESET", help=book().say("cli.new.preset"))
def command(folder: Path, example: str | None, blank: bool, followed: str | None) -> int:
    """Make a study folder."""
    from innohub.catalog import example_folder, example_names

    if bool(example) + blank + bool(followed) != 1:
        raise click.UsageError(book().say("cli.new.choose", studies=listed(example_names())))
    if example:
        try:
            source = example_folder(example)
        except KeyError:
            params = {"name": example, "near": tuple(example_names())}
            raise StudyError(Finding("F121", value=example, params=params)) from None
        lay_study(source, folder)
    elif followed:
        _lay_preset(followed, folder)
    else:
        with as_file(files("innohub.catalog").joinpath("blank")) as source:
            lay_study(source, folder)
    say(book().say("cli.new.made", folder=folder, path=quote(str(folder))))
    return 0


def _lay_preset(name: str, folder: Path) -> None:
    """Write a study after a preset, whole or not at all."""
    from innohub.catalog.presets import preset
    from innohub.study.preset_study import write_preset_study

    with TemporaryDirectory() as made:
        write_preset_study(Path(made), preset(name))
        lay_study(Path(made), folder)
