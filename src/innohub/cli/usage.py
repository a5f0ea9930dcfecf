"""What the command line says to a call that it cannot read, in the language of the call."""

import re
from collections.abc import Callable, Mapping

import click

from innohub.cli.console import book, listed, tell

_VALUE = re.compile(r"'?(.*?)'? is not ", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


def show_usage(problem: click.ClickException) -> None:
    """Print the usage of the verb, where its help is, and what is wrong with the call."""
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    if context is not None:
        pieces = [context.command_path, *context.command.collect_usage_pieces(context)]
        tell(book().say("cli.usage.usage", usage=" ".join(pieces)))
        tell(book().say("cli.usage.help", command=context.command_path) + "\n")
    tell(book().say("cli.usage.error", problem=wrong(problem)))


def wrong(problem: click.ClickException) -> str:
    """Say what is wrong with a call; a kind without a text of its own is told as click tells it."""
    for kind, say in _KINDS.items():
        if isinstance(problem, kind):
            return say(problem) or problem.format_message()
    if extra := _EXTRA.match(problem.message):
        return book().say("cli.usage.extra", arguments=extra[1])
    return problem.format_message()


def _hint(problem: click.BadParameter) -> str:
    """Name the parameter as the user writes it."""
    if problem.param is None:
        return str(problem.param_hint or "")
    if isinstance(problem.param, click.Option):
        return " / ".join(problem.param.opts)
    return problem.param.human_readable_name.upper()


def _missing(problem: click.MissingParameter) -> str:
    kind = "option" if isinstance(problem.param, click.Option) else "argument"
    told = book().say(f"cli.usage.missing_{kind}", name=_hint(problem))
    choice = problem.param.type if problem.param else None
    if isinstance(choice, click.Choice):
        told += book().say("cli.usage.options", options=listed(map(str, choice.choices)))
    return told


def _unknown(problem: click.NoSuchOption) -> str:
    told = book().say("cli.usage.no_option", name=problem.option_name)
    if problem.possibilities:
        told += book().say("cli.usage.near", near=listed(problem.possibilities))
    return told


def _invalid(problem: click.BadParameter) -> str:
    kind = problem.param.type if problem.param else None
    value = _VALUE.match(problem.message)
    about = {"name": _hint(problem), "value": value[1] if value else ""}
    if isinstance(kind, click.Choice):
        return book().say("cli.usage.choice", **about, options=listed(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        limits = f"{kind.min}–{kind.max}" if kind.max is not None else f"≥ {kind.min}"
        return book().say("cli.usage.range", **about, range=limits)
    return ""


def _misused(problem: click.BadOptionUsage) -> str:
    name = problem.option_name
    if "does not take" in problem.message:
        return book().say("cli.usage.no_value", name=name)
    count = re.search(r"requires (\d+) arguments", problem.message)
    return book().say("cli.usage.needs_value", name=name, count=count[1] if count else 1)


def _unopened(problem: click.FileError) -> str:
    return book().say("cli.usage.file", file=problem.ui_filename, problem=problem.message)


_KINDS: Mapping[type[click.ClickException], Callable[..., str]] = {
    click.MissingParameter: _missing,
    click.NoSuchOption: _unknown,
    click.BadParameter: _invalid,
    click.BadOptionUsage: _misused,
    click.FileError: _unopened,
}
