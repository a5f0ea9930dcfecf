"""Ask a study several questions at once."""

from collections.abc import Callable, Mapping

from innohub.errors import Finding, InnohubError
from innohub.run.blocks import Tables
from innohub.run.standing.ask import Ask, Found, at
from innohub.run.standing.naming import named

# Each question with the key of study.toml under which its findings stand.
Questions = Mapping[str, Callable[[Ask], Found]]


def answer(ask: Ask, questions: Questions) -> tuple[Tables, tuple[Finding, ...]]:
    """Answer every question by itself, so that the mistakes of all are known together."""
    tables: Tables = {}
    findings: list[Finding] = []
    for key, question in questions.items():
        try:
            found = question(ask)
        except InnohubError as problem:
            findings += at(problem.findings, key)
            continue
        tables |= found.tables
        findings += found.findings
    return tables, named(ask.study, findings)
