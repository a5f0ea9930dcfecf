"""Check what ``[position.hub]`` of ``study.toml`` names: layers, classes and their limits."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import pandas as pd

from innohub.catalog.hub import hub_classes
from innohub.errors import Finding
from innohub.study.centre_section import HubSection
from innohub.study.report import shown
from innohub.words import Language

Path = tuple[str, ...]
Strange = Callable[[str, Path, tuple[str, ...], tuple[str, ...]], list[Finding]]
Tell = Callable[[str, Path, str, Mapping[str, object]], Finding]


def check_hub(
    section: HubSection, ties: pd.DataFrame | None, has_index: bool, strange: Strange, tell: Tell
) -> Iterator[Finding]:
    """Name layers and classes that do not exist (M262), and limits that leave a class empty (L212).

    Without an indicator and without any index there is no concentration (L210).
    """
    path = ("position", "hub")
    if not (section.concentration or section.index or has_index):
        yield tell("L210", path, "", {})
    if ties is not None:
        known = tuple(sorted(set(ties["layer"])))
        yield from strange("layer", (*path, "layers"), section.layers, known)
    classes = [entry.name for entry in hub_classes()][:-1]
    yield from strange("class", (*path, "limits"), tuple(section.limits), tuple(classes))
    limits = {entry.name: section.limits_of(entry) for entry in hub_classes()}
    for upper, lower in pairwise(classes):
        if all(high <= low for high, low in zip(limits[upper], limits[lower], strict=True)):
            params = {"upper": _title(upper), "lower": _title(lower)}
            yield tell("L212", (*path, "limits"), shown(lower), params)


def _title(name: str) -> Callable[[Language], str]:
    label = next(entry.label for entry in hub_classes() if entry.name == name)
    return lambda language: label[language]
