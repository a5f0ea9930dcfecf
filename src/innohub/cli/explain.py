"""``innohub explain``: the page of a code, or of a preset."""

import difflib
import re

import click

from innohub.cli.console import book, listed, say


@click.command("explain")
@click.argument("code")
def command(code: str) -> int:
    """Explain a code or a preset."""
    from innohub.catalog.presets import preset, preset_names

    text = book()
    known = text.get("finding")
    wanted = code.upper().strip("[]")
    if code.casefold() in preset_names():
        from innohub.cli.presets import preset_page

        say(preset_page(preset(code.casefold())))
        return 0
    if wanted not in known:
        begun = [name for name in sorted(known) if wanted and name.startswith(wanted)]
        near = begun[:8] or difflib.get_close_matches(wanted, known, n=5, cutoff=0.3)
        near = difflib.get_close_matches(code.casefold(), preset_names(), n=3, cutoff=0.6) or near
        raise click.UsageError(text.say("cli.explain.unknown", code=code, near=listed(near)))
    title = re.sub(r"\{[^}]*\}", "…", known[wanted]["title"])
    say(f"{wanted}  {title}\n\n{known[wanted]['explain']}")
    return 0
