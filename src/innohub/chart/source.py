"""The source line under a figure."""

from innohub.chart.reading import View, bilingual, legible
from innohub.chart.tables import records

MOST = 3


def source_line(view: View, ground: str = "") -> str:
    """Name the sources of the values behind the index, and the ground of a map."""
    items = _items(view)
    shown = [*items[:MOST], view.say("source.more", count=len(items))] if len(items) > MOST else items
    key = "source.line" if shown else "source.none"
    line = view.say(key, sources=view.say("source.join").join(shown))
    return line + ground


def _items(view: View) -> list[str]:
    panel, sources = view.table("panel"), view.table("sources")
    if panel.empty or sources.empty:
        return []
    used = set(panel.loc[panel["place"].isin(view.places.index), "source"])
    rows = [row for row in records(sources) if row["source"] in used]
    return [
        view.say(
            "source.item",
            title=bilingual(row, "title", view.language) or legible(str(row.get("title") or row["source"])),
            publisher=legible(str(row.get("publisher") or "")),
            year=row.get("year") or "",
        )
        for row in rows
    ]
