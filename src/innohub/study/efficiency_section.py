"""What ``[efficiency.<name>]`` of ``study.toml`` may say."""

from typing import Annotated, Literal

from pydantic import Field

from innohub.catalog import Spec, parse_spec
from innohub.study.section import Bilingual, Section, Whole

Codes = tuple[Annotated[str, Field(min_length=1)], ...]


class EfficiencySection(Section):
    """``[efficiency.<name>]``: how much output places draw from their inputs, against the best practice.

    The outputs of a year are set against the inputs ``lag`` years before. ``undesirable`` outputs, such as emissions,
    are those of which less is better.
    """

    title: Bilingual = Bilingual()
    inputs: Annotated[Codes, Field(min_length=1)]
    outputs: Annotated[Codes, Field(min_length=1)]
    undesirable: Codes = ()
    method: str = "ccr"
    lag: Annotated[Whole, Field(ge=0, le=20)] = 0
    malmquist: Literal["none", "adjacent", "global"] = "none"

    @property
    def spec(self) -> Spec:
        """Return the model of efficiency, parsed."""
        return parse_spec(self.method, "efficiency")

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the indicators in the order of inputs, outputs, undesirable outputs."""
        return (*self.inputs, *self.outputs, *self.undesirable)
