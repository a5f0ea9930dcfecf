"""What the page says of the published index that an index follows."""

from innohub.web.change_data import of_index
from innohub.web.reading import plain, rows, text
from innohub.web.run_tables import RunTables
from innohub.web.schema_preset import Departure, Preset


def preset_data(run: RunTables, name: str) -> Preset | None:
    """Return what is known and unknown of the preset of an index, and what the study changed; None without one."""
    told = of_index(run, "presets", name)
    if told.empty:
        return None
    row = rows(told)[0]
    changes, compared = of_index(run, "departures", name), of_index(run, "reproduced", name)
    return Preset(
        title=text(row, "name"),
        edition=text(row, "edition"),
        status=plain(row["status"]),
        source=plain(row["source"]),
        url=plain(row["url"]),
        verified=text(row, "verified"),
        unknown=text(row, "unknown"),
        departures=[
            Departure(
                key=plain(each["key"]),
                kind=plain(each["kind"]),
                said=plain(each["said"]),
                used=plain(each["used"]),
            )
            for each in rows(changes)
        ],
        agree=int(compared["agrees"].sum()) if len(compared) else 0,
        published=len(compared),
    )
