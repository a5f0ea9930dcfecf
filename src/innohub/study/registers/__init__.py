"""Registers of a city: read from the study folder and checked."""

from innohub.study.registers.gather import Registers, read_registers
from innohub.study.registers.read import read_register

__all__ = ["Registers", "read_register", "read_registers"]
