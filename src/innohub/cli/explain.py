"""``innohub explain``: the page of a code."""

import difflib
import re

import click

from innohub.cli.console import book, listed, say


@click.command("explain")
@click.argument("code")
def command(code: str) -> int:
    """Explain a code."""
    text = book()
    known = text.get("finding")
    wanted = code.upper().strip("[]")
    if wanted not in known:
        begun = [name for name in sorted(known) if wanted and name.startswith(wanted)]
        near = begun[:8] or difflib.get_close_matches(wanted, known, n=5, cutoff=0.3)
        raise click.UsageError(text.say("cli.explain.unknown", code=code, near=listed(near)))
    title = re.sub(r"\{[^}]*\}", "…", known[wanted]["title"])
    say(f"{wanted}  {title}\n\n{known[wanted]['explain']}")
    return 0
