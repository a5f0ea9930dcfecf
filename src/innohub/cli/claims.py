"""``innohub claims``: find the claims of a text and test them against each other and a study."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from innohub.cli import options
from innohub.cli.console import book, say, show_findings, show_json, spoken, tell
from innohub.cli.files import refuse_existing

if TYPE_CHECKING:
    from innohub.errors import Finding
    from innohub.study import Study
    from innohub.study.document import Document

_PLAIN = ("holds", "cannot-test")


@click.command("claims")
@click.argument("texts", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--study", "study", required=True, help=book().say("cli.claims.study"))
@click.option("--all", "show_all", is_flag=True, help=book().say("cli.claims.all"))
@options.out
@options.force
@options.as_json
def command(
    *, texts: Sequence[Path], study: str, show_all: bool, out: Path | None, force: bool, as_json: bool
) -> int:
    """Check the claims of texts."""
    from innohub.position.claims.check import check_texts
    from innohub.position.claims.table import claim_row, facts_table

    if out is not None:
        refuse_existing(out, force=force)
    ground = _study(study)
    documents = _read(texts)
    checked = check_texts(documents, ground)
    facts = facts_table(checked)
    rows = [claim_row(number, claim, spoken()) for number, claim in enumerate(checked.claims, 1)]
    findings = [finding for document in documents for finding in document.findings]
    if out is not None:
        facts.to_csv(out, index=False, encoding="utf-8-sig")
    if as_json:
        table = facts.astype(object).where(facts.notna(), None).to_dict("records")
        told = [finding.to_json(spoken()) for finding in findings]
        show_json({"claims": rows, "facts": table, "findings": told})
    else:
        show_findings(findings)
        _show(rows, show_all=show_all)
        if out is not None:
            tell(book().say("cli.claims.written", count=len(facts), file=str(out)))
    return int(any(row["verdict"] == "fails" for row in rows))


def _read(texts: Sequence[Path]) -> "list[Document]":
    """Read every text, or say of all that cannot be read why."""
    from innohub.errors import InnohubError, RecordError
    from innohub.study.document import read_document

    documents: list[Document] = []
    bad: list[Finding] = []
    for path in texts:
        try:
            documents.append(read_document(path))
        except InnohubError as problem:
            bad += problem.findings
    if bad:
        raise RecordError(bad)
    return documents


def _study(name: str) -> "Study":
    """Read a study folder, or a shipped study by its name."""
    from innohub.catalog import example_folder, example_names
    from innohub.errors import Finding, StudyError
    from innohub.study import read_study
    from innohub.study.report import near

    if Path(name).is_dir() or "/" in name or "\\" in name:
        return read_study(name)
    if name in example_names():
        return read_study(example_folder(name))
    raise StudyError(Finding("C138", value=name, params={"name": name, "near": near(name, example_names())}))


def _show(rows: Sequence[dict[str, Any]], *, show_all: bool) -> None:
    """Print the claims that need a look, then how many there are of each verdict."""
    from innohub.position.claims.verdict import VERDICTS

    text = book()
    for word in VERDICTS:
        named = [row for row in rows if row["verdict"] == word]
        if not named or (word in _PLAIN and not show_all):
            continue
        say(text.say("cli.claims.head", verdict=text.say(f"claims.verdict.{word}"), count=len(named)))
        for row in named:
            _show_one(row)
        say("")
    counts = [
        text.say(
            "cli.claims.count",
            verdict=text.say(f"claims.verdict.{word}"),
            count=sum(row["verdict"] == word for row in rows),
        )
        for word in VERDICTS
    ]
    say(text.say("cli.claims.total", count=len(rows), counts=text.say("cli.claims.joint").join(counts)))
    if not show_all:
        say(text.say("cli.claims.more"))


def _show_one(row: dict[str, Any]) -> None:
    text = book()
    where = (
        text.say("cli.claims.page", page=row["page"], line=row["line"])
        if row["page"]
        else text.say("cli.claims.line", line=row["line"])
    )
    say(f"  {row['file']} {where}  [{text.say('claims.kind.' + row['kind'])}]  {_around(row)}")
    say(f"    {row['because']}")
    for step in row["chain"][:4]:
        say(f"    · {_step(step)}")


def _around(row: dict[str, Any]) -> str:
    """Return the quote, shortened around the words of the claim."""
    quote, stated = str(row["quote"]), " ".join(str(row["stated"]).split())
    at = max(quote.find(stated), 0) if stated else 0
    start, end = max(0, at - 40), min(len(quote), at + len(stated) + 30)
    return ("…" if start else "") + quote[start:end] + ("…" if end < len(quote) else "")


def _step(step: dict[str, Any]) -> str:
    text = book()
    where = text.say(
        "cli.claims.cell" if "indicator" in step else "cli.claims.said", file=step["file"], row=step["row"]
    )
    named = [str(step[key]) for key in ("place", "indicator", "year") if key in step and "indicator" in step]
    told = step.get("quote") or f"{step['value']:.10g} {step['unit']}".strip()
    return f"{where}: {' '.join([*named, '=', told]) if named else told}"
