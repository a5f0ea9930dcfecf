"""What ``[ecosystem.registers]`` of ``study.toml`` may say: where the registers are and what is asked."""

from typing import Annotated

from pydantic import Field

from innohub.study.section import Bilingual, Id, Section

Code = Annotated[str, Field(min_length=1)]


class QuerySection(Section):
    """``[ecosystem.registers.query.<name>]``: which places have everything wanted, and whether one alone has."""

    title: Bilingual = Bilingual()
    table: str = "platforms"
    column: str = "class"
    wanted: Annotated[tuple[Code, ...], Field(min_length=1)]
    place: str = ""
    among: tuple[Code, ...] = ()


class RegistersSection(Section):
    """``[ecosystem.registers]``: the registers of a city or of several.

    ``complete`` names the registers that hold every entry of every place; only on these can "the only one" be true.
    """

    folder: Annotated[str, Field(min_length=1)] = "registers"
    places: tuple[Code, ...] = ()
    complete: tuple[Code, ...] = ()
    query: dict[Id, QuerySection] = Field(default_factory=dict)
