"""What ``[position]`` of ``study.toml`` may say."""

from typing import Annotated, Literal

from pydantic import Field

from innohub.study.section import Share, Whole
from innohub.study.standing_section import StandingSection

Mark = Literal["year", "boundary", "qualifier", "currency"]


class PositionSection(StandingSection):
    """``[position]``: what places are good for, at which scope, against named peers.

    ``refuse`` names marks whose peers are left out; the others are used and marked. ``spread`` is the relative
    standard deviation of values that tell none. ``horizon`` is the last year to look ahead to.
    """

    places: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]
    functions: Literal["catalogue", "own"] = "catalogue"
    bar: Annotated[Share, Field(gt=0, le=1)] = 0.5
    min_peers: Annotated[Whole, Field(ge=1)] = 3
    near: Annotated[Share, Field(ge=0, lt=1)] = 0.1
    max_gap: Annotated[Whole, Field(ge=0)] = 5
    refuse: tuple[Mark, ...] = ()
    horizon: Whole | None = None
    spread: Annotated[Share, Field(ge=0)] = 0.0
    draws: Annotated[Whole, Field(ge=1, le=1_000_000)] = 10_000
