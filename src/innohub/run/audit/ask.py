"""What a user asks of a published table, and the columns that it means."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.study.numbers import parse_number
from innohub.study.published import Column, Published
from innohub.study.report import shown

Vector = NDArray[np.float64]

# A column counts as numbers when so many of its cells are.
_MOSTLY = 2 / 3
_RANKS = ("rank", "名次", "位次", "排名", "排序")


@dataclass(frozen=True)
class Ask:
    """A table and what is asked of it; columns by their heads, an empty text for none.

    ``inputs`` go in, ``outputs`` come out: one output of several inputs is an index, as many outputs as inputs are
    columns normalised one by one. ``weights`` is ``equal`` or numbers as the text states them. ``costs`` are inputs of
    which less is better. ``filled`` is the footnote mark of filled cells. ``decimals`` of the outputs where the file
    does not show them.
    """

    table: Path
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    weights: str = ""
    costs: tuple[str, ...] = ()
    classes: str = ""
    rank: str = ""
    of: str = ""
    coupling: str = ""
    level: str = ""
    coordination: str = ""
    filled: str = ""
    group: str = ""
    label: str = ""
    decimals: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked."""
        return not (self.outputs or self.classes or self.rank or self.filled or self.coupled)

    @property
    def coupled(self) -> tuple[str, ...]:
        """The columns of coupling that are named."""
        return tuple(name for name in (self.coupling, self.level, self.coordination) if name)


@dataclass(frozen=True)
class Laid:
    """The columns that the question is about."""

    ask: Ask
    table: Published
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    directions: Vector | None
    stated: Vector | None

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The inputs, (rows, columns)."""
        return np.column_stack([column.values for column in self.inputs])

    @property
    def half(self) -> Vector:
        """Half a unit of the last decimal of each input, (columns,)."""
        return np.array([column.half for column in self.inputs])

    def ends(self, column: Column) -> tuple[Vector, Vector]:
        """Return the ends of what each number of a column stands for."""
        return column.values - column.half, column.values + column.half


def assume(ask: Ask, table: Published, found: list[Finding]) -> Ask:
    """Return what is asked of a table when nothing is: the last column of numbers comes out, those before it go in.

    A last column that is called a rank is one, of the column before it. C113 says what was assumed.

    Raises
    ------
    ModelError
        C109 for a table with fewer than three columns of numbers.
    """
    heads = [str(head) for head in table.table.frame.columns]
    known = [head for head in heads if _is_numeric(head, table)]
    rank = known.pop() if known and any(word in known[-1].casefold() for word in _RANKS) else ""
    if len(known) < 3:
        raise ModelError(Finding("C109", file=table.file, params={"count": len(known)}))
    *inputs, output = known
    told = {"inputs": tuple(inputs), "output": output, "rank": rank or "–"}
    found.append(Finding("C113", "note", file=table.file, params=told))
    return replace(ask, inputs=tuple(inputs), outputs=(output,), rank=rank)


def _is_numeric(head: str, table: Published) -> bool:
    try:
        column = table.numbers(head, [])
    except ModelError:
        return False
    return bool(np.isfinite(column.values[~table.totals]).mean() >= _MOSTLY)


def lay(ask: Ask, table: Published, found: list[Finding]) -> Laid:
    """Find the columns of a question.

    Raises
    ------
    ModelError
        Every unknown column (C100), a column without numbers (C114), one named as input and output (C118), numbers of
        inputs, outputs or weights that do not go together (C112), coupling without scores (C119); all at once.
    """
    wrong: list[Finding] = []
    inputs = _columns(ask.inputs, table, found, wrong)
    outputs = _columns(ask.outputs, table, found, wrong, ask.decimals)
    costs = [head for name in ask.costs if (head := _head(name, table, wrong))]
    for name in (ask.classes, ask.rank, ask.of, ask.group, *ask.coupled):
        if name:
            _head(name, table, wrong)
    twice = {column.name for column in inputs} & {column.name for column in outputs}
    wrong += [Finding("C118", file=table.file, column=name, params={"name": name}) for name in sorted(twice)]
    counts = {"inputs": len(ask.inputs), "outputs": len(ask.outputs)}
    if ask.outputs and (not ask.inputs or (len(ask.outputs) > 1 and len(ask.outputs) != len(ask.inputs))):
        wrong.append(Finding("C112", file=table.file, params=counts))
    if ask.coupled and len(ask.inputs) < 2:
        wrong.append(Finding("C119", file=table.file))
    stated = _stated(ask, table, wrong)
    names = [column.name for column in inputs]
    wrong += [
        Finding("C100", file=table.file, value=cost, params={"name": cost, "near": tuple(names) or ("–",)})
        for cost in costs
        if cost not in names
    ]
    if wrong:
        raise ModelError(wrong)
    directions = np.where(np.isin(names, costs), -1.0, 1.0) if costs else None
    return Laid(ask, table, inputs, outputs, directions, stated)


def _columns(
    names: tuple[str, ...],
    table: Published,
    found: list[Finding],
    wrong: list[Finding],
    decimals: int | None = None,
) -> tuple[Column, ...]:
    columns = []
    for name in names:
        try:
            columns.append(table.numbers(name, found, decimals))
        except ModelError as problem:
            wrong += problem.findings
    return tuple(columns)


def _head(name: str, table: Published, wrong: list[Finding]) -> str:
    try:
        return table.find(name)
    except ModelError as problem:
        wrong += problem.findings
        return ""


def _stated(ask: Ask, table: Published, wrong: list[Finding]) -> Vector | None:
    """Read the weights that a text states; C116 for what is no number, C112 for a wrong count."""
    if not ask.weights:
        return None
    if ask.weights.strip().casefold() in ("equal", "等权", "相等"):
        return np.ones(len(ask.inputs)) if ask.inputs else None
    texts = [text.strip() for text in ask.weights.replace("，", ",").replace("、", ",").split(",")]
    numbers = np.array([parse_number(text).value for text in texts])
    if not np.isfinite(numbers).all() or (numbers < 0).any() or numbers.sum() <= 0:
        wrong.append(Finding("C116", value=shown(ask.weights)))
        return None
    if len(numbers) != len(ask.inputs):
        told = {"inputs": len(ask.inputs), "weights": len(numbers)}
        wrong.append(Finding("C117", file=table.file, params=told))
        return None
    return numbers
