"""``innohub list``: what innohub knows: studies, methods, schemes of classes, presets, codes."""

import click

from innohub.cli import options
from innohub.cli.console import book, show_json, show_table, spoken


@click.command("list")
@click.argument(
    "what", type=click.Choice(["studies", "methods", "schemes", "presets", "codes"]), default="studies"
)
@options.as_json
def command(what: str, as_json: bool) -> int:
    """List what there is."""
    lists = {
        "studies": _studies,
        "methods": _methods,
        "schemes": _schemes,
        "presets": _presets,
        "codes": _codes,
    }
    heads, rows = lists[what]()
    if as_json:
        show_json([dict(zip(heads, row, strict=True)) for row in rows])
    else:
        show_table([(book().say(f"cli.list.{head}"), "left") for head in heads], rows)
    return 0


def _studies() -> tuple[list[str], list[list[str]]]:
    import tomllib

    from innohub.catalog import example_folder, example_names

    rows = []
    for name in example_names():
        about = tomllib.loads((example_folder(name) / "study.toml").read_text(encoding="utf-8"))["study"]
        rows.append([name, about["title"][spoken()]])
    return ["name", "title"], rows


def _methods() -> tuple[list[str], list[list[str]]]:
    from innohub.catalog.methods import FAMILIES, methods

    rows = []
    for family in FAMILIES:
        for name, method in methods(family).items():
            parameters = ", ".join(
                f"{p['name']} = {p['default']}" if "default" in p else p["name"] for p in method.parameters
            )
            rows.append(
                [
                    family,
                    f"{name}({parameters})" if parameters else name,
                    method.title(spoken()),
                    method.citation,
                ]
            )
    return ["family", "name", "title", "citation"], rows


def _schemes() -> tuple[list[str], list[list[str]]]:
    """Return the schemes of classes, each with its edition, where it is from, and how well it is known."""
    from innohub.catalog.scheme import scheme, scheme_names

    rows = []
    for name in scheme_names():
        one = scheme(name)
        rows.append([name, one.label[spoken()], str(one.edition), one.status, one.source])
    return ["name", "title", "edition", "status", "citation"], rows


def _presets() -> tuple[list[str], list[list[str]]]:
    """Return the published indices that a study may follow, each with its edition and how well it is known."""
    from innohub.catalog.presets import preset, preset_names

    rows = []
    for name in preset_names():
        one = preset(name)
        status = book().say(f"preset.status.{one.status}")
        rows.append([name, one.title(spoken()), one.edition[spoken()], status, one.source])
    return ["name", "title", "edition", "status", "citation"], rows


def _codes() -> tuple[list[str], list[list[str]]]:
    return ["code", "title"], [
        [code, texts["title"]] for code, texts in sorted(book().get("finding").items())
    ]
