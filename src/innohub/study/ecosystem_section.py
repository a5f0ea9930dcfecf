"""What ``[ecosystem]`` of ``study.toml`` may say: subsystems, coupling, classes, obstacles and constraints."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from innohub.study.flows_section import ChainsSection, DivisionSection, SynergySection
from innohub.study.registers_section import RegistersSection
from innohub.study.section import Id, Section, Share

Code = Annotated[str, Field(min_length=1)]
Codes = tuple[Code, ...]


class ConstraintsSection(Section):
    """``[ecosystem.constraints]``: groups of constraints over the indicators of the subsystems, from their table.

    ``least`` is the share of a group's weight that must have a value for the group to be judged.
    """

    least: Annotated[Share, Field(gt=0, le=1)] = 0.5


class EcosystemSection(Section):
    """``[ecosystem]``: coupling of the subsystems of an index, what holds places back, and what answers it.

    ``index`` names the index whose nodes are the subsystems; without it there is no coupling. ``weights`` count in the
    level T alone.
    """

    index: str = ""
    subsystems: Codes = ()
    variant: str = "classic"
    beside: Codes = ("corrected",)
    weights: tuple[Annotated[Share, Field(ge=0)], ...] = ()
    scheme: str = ""
    coupling_scheme: str = ""
    closed: Literal["", "left", "right"] = ""
    squeeze: tuple[Share, ...] = ()
    bar: Annotated[Share, Field(ge=0, le=1)] = 0.1
    places: Codes = ()
    peers: Codes = ()
    pairs: Annotated[bool, Strict()] = True
    level: Annotated[Share, Field(gt=0, lt=1)] = 0.9
    constraints: ConstraintsSection | None = None
    registers: RegistersSection | None = None
    chains: ChainsSection | None = None
    synergy: SynergySection | None = None
    division: dict[Id, DivisionSection] = Field(default_factory=dict)

    @property
    def squeezed(self) -> tuple[float, float] | None:
        """The span to which scores are moved, or None."""
        return (self.squeeze[0], self.squeeze[1]) if len(self.squeeze) == 2 else None

    @property
    def variants(self) -> tuple[str, ...]:
        """The main variant and those beside it, each once."""
        return tuple(dict.fromkeys((self.variant, *self.beside)))
