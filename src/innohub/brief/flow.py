"""Where figures and tables stand: after a paragraph, never within one, and without leaving a page half empty."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from innohub.brief.model import Block, Brief, Paragraph, Section

# A figure of more than this share of a page takes the head of the next page.
TALL = 0.75
# At the end of a chapter so much of a page may stay empty, rather than the figure wait for the next one.
SPARE = 0.2
# Sums of measures are a little short of a set page: so much stays free below a figure.
SLACK = 12.0
# So many lines of a paragraph stay together on either side of a page break.
TOGETHER = 2


@dataclass(frozen=True)
class Size:
    """What a heading or block takes on a page: height, space above and below, height of a line (0: whole)."""

    height: float
    above: float
    below: float
    line: float = 0.0


class Page:
    """The page being filled, and what stands on it so far."""

    def __init__(self, height: float, used: float = 0.0) -> None:
        self.height = height
        self.used = used
        self._below = 0.0
        self._next = 0.0

    @property
    def left(self) -> float:
        """The height that is still empty."""
        return self.height - self.used

    def fits(self, size: Size) -> bool:
        """Say whether something goes on this page whole."""
        return self._gap(size) + size.height <= self.left + 0.01

    def add(self, size: Size, after: float = 0.0) -> None:
        """Put something on the page, or what does not fit on the next; ``after`` must follow on the same page."""
        whole = replace(size, height=size.height + after)
        if size.line and not self.fits(whole):
            self._split(size)
        else:
            if not self.fits(whole):
                self._turn(0.0)
            self.used += self._gap(size) + size.height
        self._below = size.below

    def head_next(self, size: Size) -> None:
        """Put something at the head of the next page unless it fits here; text goes on before it."""
        if self.fits(size):
            self.add(size)
        else:
            self._next += size.height + size.below

    def _turn(self, used: float) -> None:
        self.used, self._below, self._next = (self._next + used) % self.height, 0.0, 0.0

    def _split(self, size: Size) -> None:
        """Break a paragraph between lines."""
        lines = max(1, round(size.height / size.line))
        leading = max(0.0, lines * size.line - size.height)
        here = int((self.left - self._gap(size) + leading) / size.line + 0.01)
        here = min(here, lines - TOGETHER)
        rest = lines if here < TOGETHER else lines - here
        self._turn(rest * size.line - leading)

    def _gap(self, size: Size) -> float:
        return max(self._below, size.above) if self.used else 0.0


def settle(brief: Brief, sizes: Sequence[Size], height: float, start: float) -> Brief:
    """Move figures and tables behind the first paragraph after which they fit on the page.

    Parameters
    ----------
    brief : the brief; its figures stand right after the text that they belong to.
    sizes : of each heading and each block of its sections, in order.
    height : of a page.
    start : the height of all that stands before the first section.

    Returns
    -------
    The brief with the same figures in the same order, some of them later.
    """
    flow = _Flow(Page(height, start % height))
    rest = deque(sizes)
    for section in brief.sections:
        heading, own = rest.popleft(), [rest.popleft() for _ in section.blocks]
        flow.begin(section, heading, next((size.line for size in own if size.line), 0.0))
        for block, size in zip(section.blocks, own, strict=True):
            flow.take(block, size)
    flow.flush()
    return replace(brief, sections=tuple(flow.sections))


class _Flow:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.sections: list[Section] = []
        self._waiting: deque[tuple[Block, Size]] = deque()

    def begin(self, section: Section, size: Size, line: float) -> None:
        """Begin a section; at the end of a chapter what waits comes first if little is lost by it."""
        if section.level == 1 and self.page.left <= SPARE * self.page.height:
            self.flush()
        self.sections.append(replace(section, blocks=()))
        self.page.add(size, after=size.below + TOGETHER * line)

    def take(self, block: Block, size: Size) -> None:
        """Take the next block: text stands where it is, the rest waits until it fits."""
        if isinstance(block, Paragraph):
            self._put(block, size)
        else:
            self._waiting.append((block, size))
        while self._waiting and self._ready(*self._waiting[0]):
            self._put(*self._waiting.popleft())

    def flush(self) -> None:
        """Put down all that waits."""
        while self._waiting:
            self._put(*self._waiting.popleft())

    def _ready(self, block: Block, size: Size) -> bool:
        return (
            bool(size.line)
            or self.page.fits(replace(size, height=size.height + SLACK))
            or is_tall(size.height, self.page.height)
        )

    def _put(self, block: Block, size: Size) -> None:
        last = self.sections[-1]
        self.sections[-1] = replace(last, blocks=(*last.blocks, block))
        if not size.line and is_tall(size.height, self.page.height):
            self.page.head_next(size)
        else:
            self.page.add(size)


def is_tall(height: float, page: float) -> bool:
    """Say whether a block is too tall to share a page with much text."""
    return height > TALL * page


def tall_blocks(brief: Brief, sizes: Sequence[Size], page: float) -> set[str]:
    """Return the ids of the figures and tables that take the head of a page."""
    parts = [part for section in brief.sections for part in (None, *section.blocks)]
    return {
        part.id
        for part, size in zip(parts, sizes, strict=True)
        if part and not isinstance(part, Paragraph) and not size.line and is_tall(size.height, page)
    }
