"""The registers of a city: pillars, platforms, policies, transfer, chains and firsts, one paragraph each."""

from collections.abc import Iterator

from innohub.brief.diagnosis.cards import firms, fronts, overlap, strategies
from innohub.brief.diagnosis.holdings import finance, flows, ranks, talent
from innohub.brief.diagnosis.known import Known, Row, missing, parts
from innohub.brief.diagnosis.labels import label, word
from innohub.brief.ledger import Piece
from innohub.brief.model import Block, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.blocks import Pictures
from innohub.catalog.registers import pillars, slots
from innohub.words import Language

MOST = 6


def registers(known: Known, pictures: Pictures) -> list[Section]:
    """Return the sections on the registers; none where the run has none."""
    book = known.book
    places = held(known)
    if not places:
        return []
    found = [_section(known, "board", [*_board(known, places), *blocks.figure(book, "pillars", pictures)])]
    for key, tell in (
        ("platforms", _platforms), ("transfer", _transfer), ("industry", _industry), ("finance", finance),
        ("talent", talent), ("strategy", strategies), ("ranks", ranks), ("flows", flows),
    ):  # fmt: skip
        told = [block for place in places for block in blocks.paragraph(book, *tell(known, place))]
        found.append(_section(known, key, told))
    full = [section for section in found if section.blocks]
    heading = blocks.section(book, 1, book.say("diagnosis.registers.title"), [])
    return [heading, *full] if full else []


def held(known: Known) -> tuple[str, ...]:
    """Return the places that the registers are about, those with most entries first; others only serve to compare."""
    rows = known.rows("register_gaps")
    entries: dict[str, int] = {}
    for row in rows:
        entries[str(row["place"])] = entries.get(str(row["place"]), 0) + int(row["entries"])
    named = [place for place in known.rule.places if entries.get(place)]
    full = sorted((place for place in entries if entries[place]), key=lambda place: -entries[place])
    return tuple(named or full)[:3] if named else tuple(full[:1])


def _section(known: Known, key: str, told: list[Block]) -> Section:
    return blocks.section(known.book, 2, known.book.say(f"diagnosis.registers.{key}"), told)


def _board(known: Known, places: tuple[str, ...]) -> list[Block]:
    """Say how many slots of the five pillars are filled, and which are empty."""
    book = known.book
    found: list[Block] = []
    for place in places:
        rows = known.rows("pillars", place)
        every = {(pillar, slot) for pillar in pillars() for slot in slots()}
        full = {(str(row["pillar"]), str(row["slot"])) for row in rows if row["filled"]}
        if not rows:
            continue
        values: dict[str, Piece] = {
            "place": known.place(place),
            "filled": known.few(f"slots/{place}", len(full)),
            "all": known.few("slots", len(every)),
        }
        said = [book.say("diagnosis.registers.slots", **values)]
        empty = [key for key in _ordered() if key not in full]
        if empty:
            names = book.join([_slot(known, *key) for key in empty])
            said.append(book.say("diagnosis.registers.empty", list=names))
        found += blocks.paragraph(book, *said)
    return found


def _ordered() -> list[tuple[str, str]]:
    return [(pillar, slot) for pillar in pillars() for slot in slots()]


def _slot(known: Known, pillar: str, slot: str) -> Text:
    language: Language = known.book.language
    names = (pillars()[pillar].label[language], slots()[slot][language])
    pillar_name, slot_name = (known.book.quote(known.book.within(name)) for name in names)
    return known.book.say("diagnosis.registers.slot", pillar=pillar_name, slot=slot_name)


def _platforms(known: Known, place: str) -> Iterator[Text]:
    """Tell the completeness of platforms, the set queries, their overlap and pull."""
    book = known.book
    for row in known.rows("register_completeness", place):
        yield _complete(known, place, row)
    for row in known.rows("register_only", place):
        yield _only(known, row)
    for row in known.rows("platform_pull", place):
        if not parts(row["entry"]) and not missing(row["reach"]):
            values: dict[str, Piece] = {
                "lower": known.few(f"lower/{place}", int(row["lower"])),
                "reached": known.few(f"reached/{place}", int(row["reached"])),
                "share": known.share(f"reach/{place}", float(row["reach"]), place=place),
            }
            yield book.say("diagnosis.registers.pull", **values)
    yield from overlap(known, place)


def _complete(known: Known, place: str, row: Row) -> Text:
    book = known.book
    values: dict[str, Piece] = {
        "place": known.place(place),
        "platforms": known.few(f"platforms/{place}", int(row["platforms"])),
        "present": known.few(f"national/{place}", int(row["present"])),
        "wanted": known.few("national classes", int(row["wanted"])),
        "other": known.few(f"other/{place}", int(row["other"])),
    }
    said = [book.say(f"diagnosis.registers.complete{'_other' if int(row['other']) else ''}", **values)]
    lacking = parts(row["missing"])
    if lacking:
        names = book.join([word(known, "platform-class", name) for name in lacking])
        said.append(book.say("diagnosis.registers.lacking", classes=names))
    if int(row["unclassed"]):
        said.append(
            book.say(
                "diagnosis.registers.unclassed", number=known.few(f"unclassed/{place}", int(row["unclassed"]))
            )
        )
    return book.sentences(said)


def _only(known: Known, row: Row) -> Text:
    """Say what the set query on a claim to be the only one came to."""
    book = known.book
    verdict = str(row["verdict"]).replace(" ", "_")
    names = parts(row["others"]) if verdict == "refuted" else parts(row["nearest"])
    values: dict[str, Piece] = {
        "title": known.said(row, "title"),
        "compared": known.few(f"compared/{row['query']}", int(row["compared"])),
        "others": book.names(names),
    }
    nearest = verdict in ("holds", "not_refuted") and names
    return book.say(f"diagnosis.registers.only_{verdict}{'_near' if nearest else ''}", **values)


def _transfer(known: Known, place: str) -> Iterator[Text]:
    """Tell the stack of policies, the five ones, and the districts with an institution."""
    book = known.book
    for row in known.rows("policy_stack", place):
        number = int(row["supporting"])
        values: dict[str, Piece] = {
            "name": known.said(row),
            "number": known.few(f"supporting/{row['general']}", number),
            "topics": book.join([label(known, topic) for topic in parts(row["topics"])[:MOST]]),
        }
        key = "stack" if parts(row["general"]) else "orphans"
        yield book.say(
            f"diagnosis.registers.{key}{'_topics' if parts(row['topics']) and key == 'stack' else ''}",
            **values,
        )
    ones = known.rows("five_ones", place)
    for kind in ("project", "district"):
        rows = [row for row in ones if row["by"] == kind]
        if rows:
            yield _ones(known, place, kind, rows)
    for row in known.rows("district_coverage", place):
        if not missing(row["share"]):
            values = {
                "served": known.few(f"served/{place}", int(row["served"])),
                "districts": known.few(f"districts/{place}", int(row["districts"])),
            }
            yield book.say("diagnosis.registers.districts", **values)


def _ones(known: Known, place: str, kind: str, rows: list[dict[str, object]]) -> Text:
    """Say how many of the five ones each project or district has, or how many have them all."""
    book = known.book
    told = [
        book.say(
            "diagnosis.registers.one",
            name=label(known, str(row["name"])),
            score=known.few(f"ones/{place}/{kind}/{row['name']}", int(str(row["score"]))),
        )
        for row in sorted(rows, key=lambda row: -int(str(row["score"])))[:MOST]
    ]
    return book.say(f"diagnosis.registers.ones_{kind}", list=book.join(told))


def _industry(known: Known, place: str) -> Iterator[Text]:
    """Tell the links of the chains, and the firsts by their scope."""
    book = known.book
    for row in known.rows("chain_links", place):
        values: dict[str, Piece] = {
            "chain": label(known, str(row["chain"])),
            "links": known.few(f"links/{place}/{row['chain']}", int(row["links"])),
            "strong": book.join([label(known, name) for name in parts(row["strong_links"])]),
            "weak": book.join([label(known, name) for name in parts(row["weak_links"])]),
        }
        form = "".join(f"_{key}" for key in ("strong", "weak") if parts(row[f"{key}_links"]))
        yield book.say(f"diagnosis.registers.links{form}", **values)
    firsts = known.rows("firsts_by_scope", place)
    if firsts:
        told = [
            book.say(
                "diagnosis.registers.scope" if parts(row["scope"]) else "diagnosis.registers.scope_open",
                scope=word(known, "claim-scope", str(row["scope"])),
                number=known.few(f"firsts/{place}/{row['scope']}", int(row["entries"])),
            )
            for row in firsts
        ]
        every = known.few(f"firsts/{place}", sum(int(row["entries"]) for row in firsts))
        yield book.say(
            "diagnosis.registers.firsts", place=known.place(place), all=every, list=book.join(told)
        )
    yield from firms(known, place)
    yield from fronts(known, place)
