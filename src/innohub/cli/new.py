"""``innohub new``: begin a study of one's own."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import click

from innohub.cli.console import book, say
from innohub.errors import Finding, StudyError


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "example", metavar="STUDY", help=book().say("cli.new.from"))
@click.option("--blank", is_flag=True, help=book().say("cli.new.blank"))
def command(folder: Path, example: str | None, blank: bool) -> int:
    """Make a study folder."""
    from innohub.catalog import example_folder, example_names

    if bool(example) == blank:
        raise click.UsageError(book().say("cli.new.choose", studies=", ".join(example_names())))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StudyError(Finding("F120", file=str(folder), params={"folder": str(folder)}))
    if example:
        try:
            source = example_folder(example)
        except KeyError:
            near = ", ".join(example_names())
            raise StudyError(Finding("F121", value=example, params={"name": example, "near": near})) from None
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("results"))
    else:
        with as_file(files("innohub.catalog").joinpath("blank")) as source:
            shutil.copytree(source, folder, dirs_exist_ok=True)
    say(book().say("cli.new.made", folder=folder))
    return 0
