"""Colours and marks: the Okabe-Ito palette, each tier with a colour and a mark of its own."""

from dataclasses import dataclass

from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

INK = "#1A1A1A"
GREY = "#595959"
HAIRLINE = "#D0D0D0"
LAND = "#E6E4DF"
SHORE = "#B9B6AE"
BLUE = "#0072B2"

BLUES = LinearSegmentedColormap.from_list("innohub-blues", ["#FFFFFF", "#A9CFE6", "#3B92C6", "#00507E"])
BOTH_WAYS = LinearSegmentedColormap.from_list(
    "innohub-both-ways", ["#A3560C", "#E69F00", "#FFFFFF", "#3B92C6", "#00507E"]
)


@dataclass(frozen=True)
class Look:
    """How a tier is drawn: fill, outline, matplotlib marker, the same mark as a character."""

    colour: str
    edge: str
    marker: str
    sign: str

    @property
    def size(self) -> float:
        """Size of the marker for which all marks look alike, relative to a disc."""
        return {"D": 0.84, "^": 1.08, "s": 0.9}.get(self.marker, 1.0)


KNOWN = {
    "international": Look("#0072B2", "#004A75", "o", "●"),
    "national": Look("#009E73", "#00563E", "D", "◆"),
    "regional": Look("#E69F00", "#7A5200", "^", "▲"),
    "local": Look("#767676", "#3D3D3D", "s", "■"),
}
FURTHER = (
    Look("#CC79A7", "#7A3D5E", "v", "▼"),
    Look("#56B4E9", "#1D6A94", "p", "⬟"),
    Look("#D55E00", "#7A3500", "h", "⬢"),
)
PLAIN = Look("#0072B2", "#004A75", "o", "●")


def looks(tiers: tuple[str, ...]) -> dict[str, Look]:
    """Give every tier its look: the known ones their own, others what is left over, again from the start.

    >>> [look.sign for look in looks(("global", "national", "regional")).values()]
    ['●', '◆', '▲']
    """
    taken = {tier: KNOWN[tier] for tier in tiers if tier in KNOWN}
    free = [look for look in (*KNOWN.values(), *FURTHER) if look not in taken.values()] or [PLAIN]
    unknown = [tier for tier in tiers if tier not in KNOWN]
    given = {tier: free[number % len(free)] for number, tier in enumerate(unknown)}
    return {tier: taken.get(tier) or given[tier] for tier in tiers}


def tint(colour: str, strength: float) -> str:
    """Mix a colour with white; strength 1 is the colour itself.

    >>> tint("#000000", 0.0)
    '#ffffff'
    """
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return to_hex((red, green, blue))


def ink_on(colour: object) -> str:
    """Return black or white, whichever reads better on a colour (WCAG contrast).

    >>> ink_on("#0072B2"), ink_on("#009E73")
    ('#FFFFFF', '#000000')
    """
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]  # type: ignore[arg-type]
    light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return "#FFFFFF" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"
