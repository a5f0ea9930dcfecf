"""Places for labels on a map: each beside its mark, none upon another; what finds no place is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet, in millimetres."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: "Box") -> bool:
        """Say whether two rectangles overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.low < other.high and other.low < self.high

    def within(self, other: "Box") -> bool:
        """Say whether this rectangle lies inside another."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.low <= self.low and self.high <= other.high


@dataclass(frozen=True)
class Mark:
    """A mark with the size of its label: centre, radius, width and height of the text, in millimetres."""

    x: float
    y: float
    radius: float
    width: float
    height: float

    @property
    def box(self) -> Box:
        """The square around the mark."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    def gap(self, box: Box) -> float:
        """Return the distance from the edge of the mark to a box."""
        x, y = min(max(self.x, box.left), box.right), min(max(self.y, box.low), box.high)
        return hypot(x - self.x, y - self.y) - self.radius


# Right of the mark first, as readers expect; then left, above, below and the corners; then farther off.
DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
# Labels farther off than this are joined to their mark by a line, which says whose they are.
LED = 2.0
DISTANCES = (0.7, 2.2, 4.2, 7.0, 11.0)


def place_labels(
    marks: Sequence[Mark], frame: Box, taken: Sequence[Box] = (), distances: Sequence[float] = DISTANCES
) -> list[Box | None]:
    """Find a box for the label of each mark, the first mark first; ``None`` where there is no room.

    A label keeps clear of every mark, of the boxes already taken and of the labels placed before it, and
    stays inside the frame. ``distances`` are the gaps between mark and label to try, in millimetres.
    """
    blocked = [*taken, *(mark.box for mark in marks)]
    found: list[Box | None] = []
    for mark in marks:
        inside = (box for box in _candidates(mark, distances) if box.within(frame))
        free = (box for box in inside if not any(map(box.meets, blocked)))
        chosen = next((box for box in free if _nearest(box, mark, marks)), None)
        found.append(chosen)
        blocked += [chosen] if chosen else []
    return found


def _nearest(box: Box, mark: Mark, marks: Sequence[Mark]) -> bool:
    """Say whether no other mark stands nearer to a label than its own, by which a reader would misread it."""
    own = mark.gap(box)
    return own > LED or all(own <= other.gap(box) for other in marks)


def _candidates(mark: Mark, distances: Sequence[float]) -> Iterator[Box]:
    for distance in distances:
        for right, up in DIRECTIONS:
            reach = mark.radius + distance
            slant = 0.72 if right and up else 1.0
            x = mark.x + right * (reach * slant + mark.width / 2)
            y = mark.y + up * (reach * slant + mark.height / 2)
            yield Box(x - mark.width / 2, y - mark.height / 2, x + mark.width / 2, y + mark.height / 2)
