"""The shape of the page's data on presets. ``webui/src/types_preset.ts`` declares the same."""

from typing import TypedDict

from innohub.web.schema_basic import Text


class Departure(TypedDict):
    """A key that the study wrote itself: what the preset says and what is used.

    ``kind`` is ``departure``, or ``supplied`` where the publisher's choice is unknown.
    """

    key: str
    kind: str
    said: str
    used: str


class Preset(TypedDict):
    """The published index that an index follows; ``agree`` of ``published`` values are reproduced."""

    title: Text
    edition: Text
    status: str
    source: str
    url: str
    verified: Text
    unknown: Text
    departures: list[Departure]
    agree: int
    published: int
