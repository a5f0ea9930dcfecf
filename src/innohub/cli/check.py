"""``innohub check``: look at a study's inputs and say everything that is wrong, or compare them with another source."""

from pathlib import Path

import click

from innohub.cli import options
from innohub.cli.console import book, count_findings, say, show_findings, show_json, spoken


@click.command("check")
@options.folder
@options.as_json
@click.option("--strict", is_flag=True, help=book().say("cli.option.strict"))
@click.option(
    "--against", type=click.Path(path_type=Path), metavar="SOURCE", help=book().say("cli.check.against")
)
@click.option("--match", "matches", multiple=True, metavar="OTHER=OWN", help=book().say("cli.check.match"))
def command(folder: Path, as_json: bool, strict: bool, against: Path | None, matches: tuple[str, ...]) -> int:
    """Check a study."""
    from innohub.run import check

    if against is not None:
        from innohub.cli.against import show_against

        return show_against(folder, against, matches, as_json=as_json)
    if matches:
        raise click.UsageError(book().say("cli.check.match_alone"))
    findings = check(folder)
    if as_json:
        show_json({"findings": [finding.to_json(spoken()) for finding in findings]})
    else:
        show_findings(findings, err=False)
        say(
            count_findings([finding.level for finding in findings])
            if findings
            else book().say("cli.check.good")
        )
    return int(any(strict or finding.level == "error" for finding in findings))
