"""The source line under a figure."""

from typing import Any

from innohub.chart.reading import View, bilingual, legible
from innohub.chart.tables import records, title_in

MOST = 3


def source_line(view: View, ground: str = "", cited: tuple[str, ...] = ()) -> str:
    """Name the sources of the values behind the index, or those cited, and the ground of a map."""
    items = _items(view, cited)
    shown = [*items[:MOST], view.say("source.more", count=len(items))] if len(items) > MOST else items
    key = "source.line" if shown else "source.none"
    line = view.say(key, sources=view.say("source.join").join(shown))
    return line + ground


def _items(view: View, cited: tuple[str, ...]) -> list[str]:
    panel, sources = view.table("panel"), view.table("sources")
    if panel.empty or sources.empty:
        return []
    used = set(cited) or set(panel.loc[panel["place"].isin(view.places.index), "source"])
    rows = [row for row in records(sources) if row["source"] in used]
    return [_item(view, row) for row in rows]


def _item(view: View, row: dict[str, Any]) -> str:
    """Name a source with its publisher and year, those of them that are told."""
    language = view.language
    title = bilingual(row, "title", language) or legible(
        title_in(str(row.get("title") or row["source"]), language)
    )
    publisher = legible(title_in(str(row.get("publisher") or ""), language))
    year = row.get("year")
    dated = year is not None and str(year) not in ("", "nan", "<NA>", "None")
    key = f"source.item{'' if publisher else '_year'}" if dated else "source.item_publisher"
    return view.say(key, title=title, publisher=publisher, year=year) if publisher or dated else title
