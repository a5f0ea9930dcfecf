"""Name the files of COINr where the rooms below name those of a study."""

from collections.abc import Iterable
from dataclasses import replace

from innohub.errors import Finding
from innohub.study.coinr import Coinr
from innohub.study.coinr_limits import column_of
from innohub.study.coinr_method import Method

METHOD = "method.toml"


def placed(findings: Iterable[Finding], coinr: Coinr, method: Method) -> list[Finding]:
    """Return findings with the names of the files and columns that the user has in hand."""
    files = {"panel": coinr.file, "study.toml": METHOD}
    told = [_in_sizes(_in_meta(finding, coinr, method), coinr) for finding in findings]
    return [replace(finding, file=files.get(finding.file or "", finding.file)) for finding in told]


def _in_sizes(finding: Finding, coinr: Coinr) -> Finding:
    """Say that a denominator that cannot be divided by stands in the table of denominators, if there is one."""
    if finding.code != "P123" or not coinr.below_file:
        return finding
    return replace(finding, file=coinr.below_file, column=str(finding.params["denominator"]))


def _in_meta(finding: Finding, coinr: Coinr, method: Method) -> Finding:
    """Say which column of the meta table an indicator's own number is missing from."""
    if finding.code != "M042":
        return finding
    column = column_of(method.normaliser, str(finding.params["column"]))
    params = {**finding.params, "column": column}
    return replace(finding, file=coinr.meta_file, column=column, params=params)
