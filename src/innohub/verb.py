"""Rooms that are also verbs: ``innohub.run`` is a package and ``innohub.run(study)`` runs a study."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


def callable_room(name: str, function: Callable[..., Any]) -> None:
    """Make a package callable, so that the public face may name a room's main function like the room.

    Importing a package binds it as an attribute of its parent; a function of the same name would be
    hidden or revealed by the order of imports.
    """
    room = sys.modules[name]
    room.__class__ = type(
        "Room", (ModuleType,), {"__call__": staticmethod(function), "__doc__": function.__doc__}
    )
