"""A study folder: read it, check it, find everything that is wrong with it at once."""

from innohub.study.numbers import Number, parse_number
from innohub.study.schema import Settings
from innohub.study.study import Study, check_study, read_study
from innohub.study.tables import Table, read_table

__all__ = ["Number", "Settings", "Study", "Table", "check_study", "parse_number", "read_study", "read_table"]
