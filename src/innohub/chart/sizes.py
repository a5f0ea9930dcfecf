"""Figure ``sizes``: how often each set of tier sizes comes out when the breaks are found anew."""

from dataclasses import dataclass

from innohub.chart import wording
from innohub.chart.palette import BLUE, HAIRLINE, INK
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import draws_phrase, subtitle
from innohub.chart.sheet import BODY, SMALL, panel, sheet, width, wrap, write
from innohub.chart.tables import assigned_tiers

TOP, ROW, FOOT, GAP = 7.0, 5.6, 1.5, 2.0
MOST = 6
DARK = "#9A9A9A"


@dataclass(frozen=True)
class Shares:
    """The commonest sets of sizes, commonest first, with their share of draws; ``own`` is the study's set."""

    vectors: dict[str, float]
    own: str
    rest: float

    @property
    def top(self) -> str:
        """The commonest set."""
        return next(iter(self.vectors))


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the frequencies of the sets of sizes."""
    found = read_shares(view)
    bars = {**found.vectors, **({view.say("sizes.rest"): found.rest} if found.rest > 0 else {})}
    own = view.say("sizes.own")
    left = max(width(text, weight="bold") for text in bars) + 2 * GAP
    plot = width_mm - left - width(f"100%  {own}", SMALL, "bold") - 2 * GAP
    figure = sheet(width_mm, TOP + ROW * len(bars) + FOOT)
    axes = panel(figure, left, TOP, plot, ROW * len(bars))
    axes.set_xlim(0, max(bars.values()))
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    for row, (label, share) in enumerate(bars.items()):
        chosen, middle = label == found.own, TOP + (row + 0.5) * ROW
        weight = "bold" if chosen else "normal"
        axes.barh(
            row, share, height=0.6, color=BLUE if chosen else DARK if label in found.vectors else HAIRLINE
        )
        write(figure, label, left - GAP, middle, size=BODY, colour=INK, align="right", weight=weight)
        text = wording.percent(share) + (f"  {own}" if chosen else "")
        end = left + plot * share / max(bars.values())
        write(figure, text, end + GAP / 2, middle, colour=INK, weight=weight)
    head = view.say("sizes.head", tiers=view.say("sizes.slash").join(view.tiers.values()))
    write(figure, wrap(head, width_mm, SMALL), GAP / 2, 2.6)
    title, most = _title(view, found), wording.probability(found.vectors[found.top], view.language)
    return Drawing(
        figure,
        title,
        subtitle(view, "sizes"),
        view.say("sizes.note", draws=draws_phrase(view)),
        view.say("sizes.alt", title=title, count=len(found.vectors), top=found.top, share=most),
    )


def read_shares(view: View) -> Shares:
    """Read how often each set of sizes comes out; the study's own set is always among those shown."""
    table = view.table("tier_sizes").sort_values("probability", ascending=False, kind="stable")
    shares = dict(zip(table["sizes"], table["probability"].astype(float), strict=True))
    assigned = list(assigned_tiers(view.table("tiers")).values())
    own = "/".join(str(assigned.count(tier)) for tier in view.tiers)
    shown = list(shares)[:MOST]
    if own in shares and own not in shown:
        shown[-1] = own
    vectors = {name: shares[name] for name in shown}
    return Shares(vectors, own, max(0.0, 1.0 - sum(vectors.values())) if len(shares) > len(shown) else 0.0)


def _title(view: View, found: Shares) -> str:
    values = {
        "top": found.top,
        "share": wording.probability(found.vectors[found.top], view.language),
        "own": found.own,
        "own_share": wording.probability(found.vectors.get(found.own, 0.0), view.language),
    }
    if found.top == found.own:
        return view.say("sizes.title_own", **values)
    return view.say("sizes.title" if found.own in found.vectors else "sizes.title_never", **values)
