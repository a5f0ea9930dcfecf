"""``innohub run``: compute a study."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from innohub.cli import options
from innohub.cli.console import book, count_findings, fail, progress, say, show_json, tell

if TYPE_CHECKING:
    from innohub.run import Run


@click.command("run")
@options.folder
@click.option("--fresh", is_flag=True, help=book().say("cli.option.fresh"))
@click.option("--seed", type=click.IntRange(min=0), help=book().say("cli.option.seed"))
@click.option("--strict", is_flag=True, help=book().say("cli.option.strict_run"))
@options.as_json
def command(folder: Path, fresh: bool, seed: int | None, strict: bool, as_json: bool) -> int:
    """Run a study."""
    from dataclasses import replace

    from innohub.run import check, run
    from innohub.study import read_study

    if strict and (findings := check(folder)):
        fail(findings, as_json=as_json)
    study = read_study(folder)
    if seed is not None:
        about = study.settings.study.model_copy(update={"seed": seed})
        study = replace(study, settings=study.settings.model_copy(update={"study": about}))
    done = run(study, fresh=fresh, progress=progress())
    if as_json:
        show_json(_data(done))
        return 0
    _show(done)
    if levels := done.table("findings")["level"].tolist():
        tell(count_findings(levels) + " " + book().say("cli.run.see_check", folder=quote(str(folder))))
    say(book().say("cli.run.results", folder=done.folder))
    return 0


def _data(done: "Run") -> dict[str, Any]:
    """Return what a program reads of a run."""
    from innohub.cli.coupling import coupling_data
    from innohub.cli.effects import effects_data
    from innohub.cli.flows import flows_data
    from innohub.cli.positions import positions_data
    from innohub.cli.presets import presets_data
    from innohub.cli.registers import registers_data

    return {
        "run": done.folder.name,
        "folder": str(done.folder),
        "tables": list(done.table_names),
        "effects": effects_data(done),
        **presets_data(done),
        "positions": positions_data(done),
        "coupling": coupling_data(done),
        "registers": registers_data(done),
        "flows": flows_data(done),
    }


def _show(done: "Run") -> None:
    """Print what a run has found, in the order of the rooms."""
    from innohub.cli.coupling import show_coupling
    from innohub.cli.effects import show_effects
    from innohub.cli.flows import show_flows
    from innohub.cli.positions import show_positions
    from innohub.cli.presets import show_presets
    from innohub.cli.ranking import show_ranking
    from innohub.cli.registers import show_registers

    for show in (
        show_ranking, show_presets, show_effects, show_positions, show_coupling, show_registers, show_flows,
    ):  # fmt: skip
        show(done)
