"""The group of verbs, and what happens when one fails."""

import difflib
import importlib
import os
import re
import shutil
import sys
from typing import Any

import click

from innohub import __version__
from innohub.cli.console import book, fail, listed, spoken, tell
from innohub.cli.usage import show_usage
from innohub.errors import Finding, InnohubError

VERBS = (
    "demo",
    "new",
    "check",
    "run",
    "trace",
    "brief",
    "page",
    "serve",
    "explain",
    "list",
    "clean",
    "index",
    "audit",
    "claims",
    "compare",
)


class Verbs(click.Group):
    """Verbs loaded at their first use; a wrong one is answered with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the verbs in the order of use."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one verb from its file."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"innohub.cli.{cmd_name}")
        command: click.Command = module.command
        command.help = book().say(f"cli.{cmd_name}.help")
        command.epilog = book().say("cli.example", example=book().say(f"cli.{cmd_name}.example"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a verb, or say which ones are near."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], VERBS, n=2, cutoff=0.4) or list(VERBS)
            raise click.UsageError(book().say("cli.unknown_verb", verb=args[0], near=listed(near)))
        return super().resolve_command(ctx, args)


@click.group(
    cls=Verbs,
    help=book().say("cli.help"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="innohub")
@click.option("--lang", type=click.Choice(["zh", "en"]), help=book().say("cli.option.lang"))
@click.option("--debug", is_flag=True, help=book().say("cli.option.debug"))
def app(lang: str | None, debug: bool) -> None:
    """Take the options that stand before the verb; :func:`innohub.cli.console.spoken` reads the language."""


def main() -> None:
    """Run the command line: exit 0 when all is well, 1 on findings, 2 on wrong usage."""
    debug = "--debug" in sys.argv
    arguments = _without_general(sys.argv[1:])
    # Texts inside of texts, such as the reasons of failed combinations, speak the language of the call too.
    os.environ["INNOHUB_LANG"] = spoken()
    try:
        code: Any = app.main(args=arguments, prog_name="innohub", standalone_mode=False)
    except InnohubError as problem:
        if debug:
            raise
        fail(problem.findings, as_json="--json" in arguments)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.exceptions.NoArgsIsHelpError as problem:
        problem.show()
        sys.exit(2)
    except click.ClickException as problem:
        show_usage(problem)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        tell(book().say("cli.stopped"))
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as problem:
        if debug:
            raise
        fail([_denied(problem)], as_json="--json" in arguments)
    except Exception as problem:
        if debug:
            raise
        unforeseen = Finding("X900", params={"problem": f"{type(problem).__name__}: {problem}"})
        fail([unforeseen], as_json="--json" in arguments)
    sys.exit(code if isinstance(code, int) else 0)


def _denied(problem: OSError) -> Finding:
    """Return the finding about a file or folder that the system does not let us write or read."""
    if isinstance(problem, shutil.Error) and problem.args and isinstance(problem.args[0], list):
        _, file, told = problem.args[0][0]
        reason = re.sub(r"^\[Errno \d+\] |: '.*", "", str(told))
    else:
        file, reason = problem.filename or "-", problem.strerror or type(problem).__name__
    return Finding("F124", file=str(file), params={"problem": reason})


def _without_general(arguments: list[str]) -> list[str]:
    """Take out the options that may stand anywhere: ``--lang`` and ``--debug``."""
    kept: list[str] = []
    skip = False
    for position, argument in enumerate(arguments):
        if skip:
            skip = False
        elif (
            argument == "--lang"
            and arguments[position + 1 : position + 2]
            and arguments[position + 1] in ("zh", "en")
        ):
            skip = True
        elif argument not in ("--debug", "--lang=zh", "--lang=en"):
            kept.append(argument)
    return kept
