"""Read a Parquet table into a grid of texts."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from innohub.errors import RecordError
from innohub.study.grid import CELL_CHARACTERS, TEXT_BYTES, Grid, guard_cells, refuse
from innohub.study.report import shown
from innohub.study.workbook import text_of


def read_parquet(path: Path, file: str) -> tuple[Grid, bytes]:
    """Read a Parquet file into a grid, its column names as row 1; also return the bytes of the file.

    Raises
    ------
    RecordError
        When the file is damaged or absurdly large.
    """
    data = path.read_bytes()
    try:
        table = _table(data, file)
        heads = [str(name).strip() for name in table.column_names]
        columns = [_texts(table.column(place)) for place in range(table.num_columns)]
    except RecordError:
        raise
    except Exception as problem:  # a forged file makes the decoder fail in every way there is
        raise refuse(file, "F010", problem=shown(problem) or "-") from None
    longest = max((len(text) for column in columns for text in column), default=0)
    if longest > CELL_CHARACTERS:
        raise refuse(file, "R009", limit=f"{CELL_CHARACTERS:,}")
    return Grid(file, [heads, *(list(row) for row in zip(*columns, strict=True))]), data


def _table(data: bytes, file: str) -> pa.Table:
    reader = pq.ParquetFile(io.BytesIO(data))
    meta = reader.metadata
    guard_cells(meta.num_rows, meta.num_columns, file)
    size = sum(meta.row_group(group).total_byte_size for group in range(meta.num_row_groups))
    if size > TEXT_BYTES:
        raise refuse(file, "F009", size=round(size / 1e6), limit=round(TEXT_BYTES / 1e6))
    for field in reader.schema_arrow:
        if pa.types.is_nested(field.type):
            raise refuse(file, "F010", problem=f"{field.name}: {field.type}")
    texts = [
        field.name
        for field in reader.schema_arrow
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
    ]
    # Dictionaries keep a text repeated in millions of rows in memory once.
    table = pq.ParquetFile(io.BytesIO(data), read_dictionary=texts).read()
    guard_cells(table.num_rows, table.num_columns, file)
    return table


def _texts(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_dictionary(column.type):
        texts: list[str] = []
        for chunk in column.chunks:
            known = [text_of(value) for value in chunk.dictionary.to_pylist()]
            texts += ["" if place is None else known[place] for place in chunk.indices.to_pylist()]
        return texts
    if pa.types.is_float32(column.type) or pa.types.is_float16(column.type):
        return [_short(value) for value in column.to_numpy()]
    return [text_of(value) for value in column.to_pylist()]


def _short(value: Any) -> str:
    """Write a single-precision number with its own digits, not those of its double."""
    return "" if np.isnan(value) else text_of(float(str(value)))
