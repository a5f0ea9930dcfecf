"""``innohub run``: compute a study."""

from pathlib import Path
from shlex import quote

import click

from innohub.cli import options
from innohub.cli.console import book, count_findings, fail, progress, say, show_json, tell


@click.command("run")
@options.folder
@click.option("--fresh", is_flag=True, help=book().say("cli.option.fresh"))
@click.option("--seed", type=click.IntRange(min=0), help=book().say("cli.option.seed"))
@click.option("--strict", is_flag=True, help=book().say("cli.option.strict_run"))
@options.as_json
def command(folder: Path, fresh: bool, seed: int | None, strict: bool, as_json: bool) -> int:
    """Run a study."""
    from dataclasses import replace

    from innohub.cli.coupling import coupling_data, show_coupling
    from innohub.cli.effects import effects_data, show_effects
    from innohub.cli.flows import flows_data, show_flows
    from innohub.cli.positions import positions_data, show_positions
    from innohub.cli.presets import presets_data, show_presets
    from innohub.cli.ranking import show_ranking
    from innohub.cli.registers import registers_data, show_registers
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
        where = {"run": done.folder.name, "folder": str(done.folder), "tables": list(done.table_names)}
        show_json(
            {
                **where,
                "effects": effects_data(done),
                **presets_data(done),
                "positions": positions_data(done),
                "coupling": coupling_data(done),
                "registers": registers_data(done),
                "flows": flows_data(done),
            }
        )
        return 0
    show_ranking(done)
    show_presets(done)
    show_effects(done)
    show_positions(done)
    show_coupling(done)
    show_registers(done)
    show_flows(done)
    if levels := done.table("findings")["level"].tolist():
        tell(count_findings(levels) + " " + book().say("cli.run.see_check", folder=quote(str(folder))))
    say(book().say("cli.run.results", folder=done.folder))
    return 0
