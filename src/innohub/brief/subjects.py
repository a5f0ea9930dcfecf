"""The subjects of briefs: a run yields one brief for each that it has."""

from collections.abc import Mapping

from innohub.brief.diagnosis.subject import DIAGNOSIS
from innohub.brief.facts import Facts
from innohub.brief.position.subject import POSITIONING
from innohub.brief.sections.subject import RANKING
from innohub.brief.subject import Subject
from innohub.errors import Finding, ModelError

# the first that a run has is the one that is written when none is named
SUBJECTS: Mapping[str, Subject] = {"ranking": RANKING, "positioning": POSITIONING, "diagnosis": DIAGNOSIS}


def held(facts: Facts) -> tuple[str, ...]:
    """Name the subjects that a run has.

    Raises
    ------
    ModelError
        B007 if it has none.
    """
    found = tuple(name for name, subject in SUBJECTS.items() if subject.held(facts))
    if not found:
        raise ModelError(Finding("B007", params={"index": facts.index}))
    return found


def choose(facts: Facts, asked: str | None = None) -> tuple[str, ...]:
    """Name the subjects to write: the one asked for, else all that the run has.

    Raises
    ------
    ModelError
        B007 if the run has none, B020 if it lacks the one asked for.
    """
    found = held(facts)
    if asked is None:
        return found
    if asked not in found:
        raise ModelError(Finding("B020", value=asked, params={"known": found}))
    return (asked,)
