"""The method of ties and divisions in words: what is drawn anew, what is expected, and where it comes from."""

from innohub.brief.diagnosis.known import Known, missing
from innohub.brief.diagnosis.synergies import latest, wholes
from innohub.brief.ledger import Piece
from innohub.brief.model import Text
from innohub.chart import wording
from innohub.study.ecosystem_section import EcosystemSection

NEWMAN = "Newman 2003, Physical Review E 67:026126"
LEYDESDORFF = "Leydesdorff 2003, Scientometrics 58(2):445–467"
Said = list[tuple[str, dict[str, Piece]]]


def ties(known: Known) -> Said:
    """Return the keys of the method of what the run has of ties and divisions, with their values."""
    section = known.rule.synergy
    said: Said = []
    if any(not missing(row["ratio"]) for row in wholes(known).values()):
        said.append(("synergy", {"newman": known.book.quote(NEWMAN)}))
    if latest(known, "triple_helix"):
        said.append(("helix", {"leydesdorff": known.book.quote(LEYDESDORFF)}))
    if said and section is not None:
        values: dict[str, Piece] = {
            "draws": known.book.count("diagnosis/tie draws", section.draws),
            "level": _share(known, "tie level", section.level),
        }
        said.append(("works", values))
    if known.rows("division_tests"):
        said.append(("division", {"list": known.book.join(_divisions(known, known.rule), "clause")}))
    return said


def _share(known: Known, key: str, value: float) -> Piece:
    return known.book.claim(f"diagnosis/{key}", value, lambda _: wording.level(value), unit="%")


def _divisions(known: Known, rule: EcosystemSection) -> list[Text]:
    """Say with which errors and how many draws each division was tested."""
    return [
        known.book.say(
            "diagnosis.method.division_drawn",
            name=known.book.quote(section.title.text(known.book.language) or name),
            draws=known.book.count(f"diagnosis/division/{name}/draws", section.draws),
            spread=_share(known, f"division/{name}/spread", section.spread),
            level=_share(known, f"division/{name} level", section.level),
        )
        for name, section in rule.division.items()
    ]
