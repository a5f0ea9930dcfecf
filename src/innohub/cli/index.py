"""``innohub index``: compute an index from COINr's two tables."""

from pathlib import Path

import click

from innohub.cli import options
from innohub.cli.console import book, listed, say, show_findings, show_json, spoken

_file = click.Path(path_type=Path)


@click.command("index")
@click.option(
    "--coinr",
    "tables",
    nargs=2,
    type=_file,
    required=True,
    metavar="DATA META",
    help=book().say("cli.index.coinr"),
)
@click.option("--denominators", type=_file, metavar="TABLE", help=book().say("cli.index.denominators"))
@click.option("--method", "method_file", type=_file, help=book().say("cli.index.method"))
@click.option("--out", type=_file, required=True, help=book().say("cli.option.out"))
@options.force
@options.as_json
def command(
    tables: tuple[Path, Path],
    *,
    denominators: Path | None,
    method_file: Path | None,
    out: Path,
    force: bool,
    as_json: bool,
) -> int:
    """Compute an index and write every data set of the pipeline."""
    from innohub.cli.files import refuse_existing
    from innohub.run.coinr import run_coinr
    from innohub.study.coinr import DATA, META, SIZES, data_csv, meta_csv, read_coinr, sizes_csv
    from innohub.study.coinr_method import Method, read_method

    method = read_method(method_file) if method_file else Method()
    coinr = read_coinr(*tables, denominators)
    done = run_coinr(coinr, method)
    texts = {
        f"{name}.csv": table.to_csv(index=False, lineterminator="\n") for name, table in done.tables.items()
    }
    texts |= {DATA: data_csv(coinr), META: meta_csv(coinr)}
    texts |= {SIZES: sizes_csv(coinr)} if denominators else {}
    inputs = [table.resolve() for table in (*tables, *([denominators] if denominators else []))]
    # The tables as given are never written over, not even by themselves.
    texts = {name: text for name, text in texts.items() if (out / name).resolve() not in inputs}
    for name in texts:
        if out.exists() or not out.absolute().parent.is_dir():
            refuse_existing(out / name if out.exists() else out, force=force)
    out.mkdir(exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8", newline="")
    if as_json:
        found = [finding.to_json(spoken()) for finding in done.findings]
        show_json({"folder": str(out), "files": list(texts), "findings": found})
        return 0
    show_findings(done.findings)
    say(book().say("cli.index.written", folder=out, files=listed(texts)))
    return 0
