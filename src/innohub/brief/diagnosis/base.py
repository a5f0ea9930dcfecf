"""The base: coupling, level and coordination now, which subsystem is behind, how it came about, and the others."""

from innohub.brief.diagnosis.change import across, change, drivers
from innohub.brief.diagnosis.known import Known, Row, missing, parts
from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.blocks import Pictures


def base(known: Known, pictures: Pictures) -> list[Section]:
    """Return the section on the base; none where the run has no coupling of all subsystems."""
    book = known.book
    if not known.coupled:
        return []
    found: list[Block] = []
    for place in known.places:
        found += blocks.paragraph(book, state(known, place), _beside(known, place))
        found += blocks.paragraph(book, _scores(known, place), *_lags(known, place))
        found += blocks.paragraph(book, change(known, place), drivers(known, place))
    found += blocks.figure(book, "coupling", pictures)
    found += blocks.paragraph(book, classes(known), *across(known))
    found += coupling_table(known, known.places or tuple(known.found.state.index[:10]))
    return [blocks.section(book, 1, book.say("diagnosis.base.title"), found)]


def state(known: Known, place: str) -> Text:
    """Say C, T and D of a place with intervals, its class with probability, and where it stands."""
    book, row = known.book, known.state(place)
    if row is None:
        return book.say(
            "diagnosis.base.undefined", place=known.place(place), year=book.when(known.found.year)
        )
    values: dict[str, Piece] = {
        name: known.span(f"{name}/{place}", row, name) for name in ("coupling", "level")
    }
    values |= {
        "place": known.place(place),
        "year": book.when(known.found.year),
        "coordination": known.span(f"coordination/{place}", row, "coordination"),
        "number": known.few("places", len(known.found.state)),
        "order": known.order(place),
    }
    key = "diagnosis.base.state" if len(known.found.state) > 1 else "diagnosis.base.state_one"
    return book.sentences([book.say(key, **values), _class(known, place, row)])


def _class(known: Known, place: str, row: Row) -> Text:
    """Say the class with its probability, and the likelier one where there is such."""
    book = known.book
    if not parts(row.get("class")):
        return ()
    if missing(row.get("class_probability")):
        return book.say("diagnosis.base.class_bare", grade=known.grade(row))
    chance = known.chance(f"class/{place}", float(row["class_probability"]), place=place)
    values: dict[str, Piece] = {"grade": known.grade(row), "chance": chance}
    if row.get("likeliest") not in (None, "", row["class"]):
        values["other"] = known.grade(row, "likeliest")
        values["other_chance"] = known.chance(
            f"likeliest/{place}", float(row["likeliest_probability"]), place=place
        )
        return book.say("diagnosis.base.class_other", **values)
    return book.say("diagnosis.base.class", **values)


def _beside(known: Known, place: str) -> Text:
    """Say what the other variants give, and whether the class depends on the choice."""
    book, own = known.book, known.state(place)
    said = []
    for name in known.found.others:
        row = known.state(place, name)
        if row is None or own is None:
            continue
        values: dict[str, Piece] = {
            "variant": known.variant(name),
            "coupling": known.number(f"{name}/coupling/{place}", float(row["coupling"]), place=place),
            "coordination": known.number(
                f"{name}/coordination/{place}", float(row["coordination"]), place=place
            ),
        }
        if not parts(row.get("class")):
            said.append(book.say("diagnosis.base.beside_bare", **values))
            continue
        same = "same" if row["class"] == own["class"] else "other"
        said.append(book.say(f"diagnosis.base.beside_{same}", grade=known.grade(row), **values))
    return book.sentences(said)


def _scores(known: Known, place: str) -> Text:
    """Say the scores of the subsystems, the highest first."""
    book = known.book
    rows = [row for row in known.now("subsystems", place) if not missing(row["score"])]
    rows.sort(key=lambda row: -float(row["score"]))
    if not rows:
        return ()
    told = [
        book.say(
            "diagnosis.base.score",
            subsystem=known.node(str(row["subsystem"])),
            score=known.number(f"score/{place}/{row['subsystem']}", float(row["score"]), place=place),
        )
        for row in rows
    ]
    return book.say("diagnosis.base.scores", list=known.series(told))


def _lags(known: Known, place: str) -> list[Text]:
    """Say which subsystem is lowest, and which pairs are in step."""
    book, rows = known.book, known.now("lags", place)
    whole = [row for row in rows if not parts(row["first"]) and row["lag"] == "lowest"]
    pairs = [row for row in rows if parts(row["first"])]
    said = [_lowest(known, place, whole[0])] if whole else []
    behind = [row for row in pairs if row["lag"] == "lagging"]
    bar = (
        known.number("bar", known.rule.bar, 2)
        if known.rule.bar * 100 % 10
        else known.number("bar", known.rule.bar, 1)
    )
    if behind:
        told = [
            book.say(
                "diagnosis.base.behind",
                lagging=known.node(str(row["lagging"])),
                other=known.node(str(row["second"] if row["lagging"] == row["first"] else row["first"])),
                gap=known.number(
                    f"lag/{place}/{row['first']}/{row['second']}", float(row["gap"]), place=place
                ),
            )
            for row in sorted(behind, key=lambda row: -float(row["gap"]))
        ]
        said.append(book.say("diagnosis.base.behind_list", bar=bar, list=book.join(told[:3], "clause")))
    elif pairs and all(row["lag"] == "synchronous" for row in pairs):
        said.append(book.say("diagnosis.base.in_step", bar=bar))
    return said


def _lowest(known: Known, place: str, row: Row) -> Text:
    """Say which subsystem is below all others, how far, and how sure that is."""
    book = known.book
    values: dict[str, Piece] = {
        "lowest": known.nodes(parts(row["lagging"])),
        "gap": known.number(f"lowest/{place}", float(row["gap"]), place=place),
    }
    if missing(row.get("probability")):
        return book.say("diagnosis.base.lowest_bare", **values)
    chance = known.chance(f"lowest/{place}", float(row["probability"]), place=place)
    return book.say("diagnosis.base.lowest", chance=chance, **values)


def classes(known: Known) -> Text:
    """Say how many places are in each class."""
    book, state = known.book, known.found.state
    graded = state[state["class"].fillna("") != ""] if "class" in state else state.head(0)
    if len(graded) < 2:
        return ()
    order = [grade.id for grade in known.scheme.grades] if known.scheme else list(graded["class"].unique())
    counts = graded["class"].value_counts()
    told = [
        book.say(
            "diagnosis.base.class_part",
            grade=known.grade_name(grade),
            number=known.few(f"class/{grade}", int(counts[grade])),
        )
        for grade in order
        if grade in counts
    ]
    values: dict[str, Piece] = {
        "all": known.few("places", len(graded)),
        "list": book.join(told, "comma_list"),
        "best": known.place(str(graded.index[0])),
        "last": known.place(str(graded.index[-1])),
    }
    return book.say("diagnosis.base.classes", **values)


def coupling_table(known: Known, places: tuple[str, ...], name: str = "diagnosis_coupling") -> list[Block]:
    """Return C, T and D of places by every variant, with the class of D and its probability."""
    book = known.book
    rows = [
        _row(known, place, variant, row)
        for place in places
        for variant in (known.found.variant, *known.found.others)
        if (row := known.state(place, variant)) is not None
    ]
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.12, "left"), ("variant", 0.15, "left"), ("coupling", 0.1, "center"), ("level", 0.12, "center"),
        ("coordination", 0.1, "center"), ("interval", 0.17, "center"), ("class", 0.14, "left"),
        ("chance", 0.1, "center"),
    ]  # fmt: skip
    return blocks.table(book, name, rows, columns, note=False)


def _row(known: Known, place: str, variant: str, row: Row) -> list[Piece]:
    key = f"{variant}/{{}}/{place}"
    ends = [
        known.cell(key.format(f"coordination_{end}"), row.get(f"coordination_{end}"), place=place)  # type: ignore[arg-type]
        for end in ("low", "high")
    ]
    return [
        known.place(place),
        known.book.capital(known.variant(variant)),
        *(
            known.cell(key.format(name), row[name], place=place)
            for name in ("coupling", "level", "coordination")
        ),
        "–" if "–" in ends else known.book.say("diagnosis.range", low=ends[0], high=ends[1]),
        known.book.capital(known.grade(row)) if parts(row.get("class")) else "–",
        known.chance_cell(key.format("class"), row.get("class_probability", float("nan")), place=place),
    ]
