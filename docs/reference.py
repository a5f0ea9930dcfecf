"""Write the reference pages that repeat what the code declares, so that they cannot go stale.

    python docs/reference.py            rewrite the pages under docs/reference and docs/zh/reference

Sources: the pydantic models of ``study.toml`` with ``study_keys.toml``, the catalogue of methods, the
texts of the findings, and ``tables.toml``. A test compares the committed pages with what this writes.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from innohub.catalog.methods import FAMILIES, Method, methods
from innohub.catalog.presets import Preset, preset, preset_names
from innohub.catalog.registers import registers, word_list
from innohub.study.columns import known_columns
from innohub.study.schema import Settings, TierName
from innohub.study.section import Bilingual, Section
from innohub.words import LANGUAGES, Language, words

HERE = Path(__file__).parent
TEXT = tomllib.loads((HERE / "reference.toml").read_text(encoding="utf-8"))
ONE_OF_MANY = {
    "index": "<name>",
    "efficiency": "<name>",
    "division": "<name>",
    "fields": "<name>",
    "scheme": "<name>",
    "roles": "<role>",
    "limits": "<class>",
    "query": "<name>",
    "nodes": "<node>",
    "alternatives": "<alternative>",
}


def pages() -> dict[Path, str]:
    """Return every generated page: its path and its text."""
    writers = {
        "study": study_page,
        "inputs": inputs_page,
        "registers": registers_page,
        "methods": methods_page,
        "presets": presets_page,
        "codes": codes_page,
        "tables": tables_page,
    }
    return {
        _folder(language) / f"{name}.md": writer(language)
        for language in LANGUAGES
        for name, writer in writers.items()
    }


def _folder(language: Language) -> Path:
    return HERE / "reference" if language == "en" else HERE / language / "reference"


def study_page(language: Language) -> str:
    """Tell every key of ``study.toml``: type, default, meaning."""
    meanings = tomllib.loads((HERE / "study_keys.toml").read_text(encoding="utf-8"))
    say = TEXT["study"][language]
    parts = [_opening(say)]
    for path, model in _sections("", Settings):
        told = meanings.pop(path)
        rows = [
            [f"`{name}`", *_declared(field, language), told.pop(name)[LANGUAGES.index(language)]]
            for name, field in _own_keys(model)
        ]
        if told:
            message = f"study_keys.toml explains keys that [{path}] does not have: {', '.join(told)}"
            raise KeyError(message)
        parts.append(f"## `[{path}]`\n\n{_table(say['head'], rows)}")
    if meanings:
        message = f"study_keys.toml explains sections that do not exist: {', '.join(meanings)}"
        raise KeyError(message)
    return "\n\n".join(parts) + "\n"


def _sections(path: str, model: type[Section]) -> Iterator[tuple[str, type[Section]]]:
    """Walk the models of the settings, from the top down, with their paths in ``study.toml``."""
    if path:
        yield path, model
    for name, field in model.model_fields.items():
        inner = _inner(field.annotation)
        if inner is not None:
            many = f".{ONE_OF_MANY[name]}" if get_origin(field.annotation) is dict else ""
            yield from _sections(f"{path}.{name}{many}".lstrip("."), inner)


def _own_keys(model: type[Section]) -> list[tuple[str, FieldInfo]]:
    return [(name, field) for name, field in model.model_fields.items() if _inner(field.annotation) is None]


def _inner(annotation: object) -> type[Section] | None:
    """Return the model that a field opens a section for."""
    for candidate in (annotation, *get_args(annotation)):
        plain = isinstance(candidate, type) and issubclass(candidate, Section)
        if plain and candidate not in (Bilingual, TierName):
            return candidate
    return None


def _type(annotation: object, language: Language) -> str:
    say = TEXT["types"][language]
    origin, inside = get_origin(annotation), [a for a in get_args(annotation) if a not in (type(None), ...)]
    if origin is Annotated:
        return _type(inside[0], language)
    if origin is Literal:
        return say["join"].join(f"`{choice}`" for choice in inside)
    if origin is tuple:
        return say["list"].format(item=_type(inside[0], language))
    if origin is dict:
        return say["table"].format(item=_type(inside[1], language))
    if origin in (Union, UnionType):
        return say["or"].join(dict.fromkeys(_type(part, language) for part in inside))
    return str(say[getattr(annotation, "__name__", "")])


def _declared(field: FieldInfo, language: Language) -> tuple[str, str]:
    """Return the type of a field with its limits, and its default, as text."""
    return _type(field.annotation, language) + _limits(field), _default(field, TEXT["study"][language])


def _limits(field: FieldInfo) -> str:
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    found = [
        f"{sign} {getattr(rule, name):,}"
        for rule in field.metadata
        for name, sign in signs.items()
        if hasattr(rule, name)
    ]
    return f" ({', '.join(found)})" if found else ""


def _default(field: FieldInfo, say: dict[str, str]) -> str:
    if field.is_required():
        return say["required"]
    value = field.get_default(call_default_factory=True)
    if isinstance(value, bool):
        return f"`{value}`".lower()
    if isinstance(value, Bilingual):
        text = f'{{ zh = "{value.zh}", en = "{value.en}" }}'
        return f"`{text}`" if value.zh else "–"
    if value is None or value in ("", (), {}):
        return "–"
    return f"`{value:.4g}`" if isinstance(value, float) else f"`{value}`"


def inputs_page(language: Language) -> str:
    """Tell every input table and its columns."""
    say, number = TEXT["inputs"][language], LANGUAGES.index(language)
    parts = [_opening(say)]
    for kind, told in tomllib.loads((HERE / "inputs.toml").read_text(encoding="utf-8")).items():
        rows = [
            [f"`{name}`", say["required"] if entry.get("required") else "", told[name][number], _heads(entry)]
            for name, entry in known_columns(kind).items()
        ]
        parts.append(f"## `{kind}`\n\n{_table(say['head'], rows)}")
    return "\n\n".join(parts) + "\n"


def registers_page(language: Language) -> str:
    """Tell every register, its columns, and the words that they take."""
    say = TEXT["registers"][language]
    parts = [_opening(say)]
    lists: dict[str, None] = {}
    for name, register in registers().items():
        rows = []
        for column in register.columns.values():
            lists |= {column.one_of: None} if column.one_of else {}
            needed = say["required"] if column.required else ""
            takes = f"[{column.one_of}](#{column.one_of})" if column.one_of else say[column.type]
            heads = [told for told in (*column.label.values(), *column.also) if told != column.name]
            rows.append([f"`{column.name}`", needed, takes, ", ".join(heads)])
        parts.append(f"## `{name}.csv`\n\n{register.label[language]}\n\n{_table(say['head'], rows)}")
    parts.append(f"## {say['words']}")
    for name in lists:
        rows = [[f"`{word}`", told["zh"], told["en"]] for word, told in word_list(name).items()]
        parts.append(f"### {name}\n\n{_table(say['word_head'], rows)}")
    return "\n\n".join(parts) + "\n"


def _heads(entry: Mapping[str, Any]) -> str:
    return ", ".join(entry["names"])


def methods_page(language: Language) -> str:
    """Tell every method that a study may name, by family, with its source."""
    say = TEXT["methods"][language]
    parts = [_opening(say)]
    for family in FAMILIES:
        rows = [
            [f"`{_signature(method)}`", method.title(language), method.note[language], method.citation]
            for method in methods(family).values()
        ]
        parts.append(f"## {say[family]}\n\n{_table(say['head'], rows)}")
    return "\n\n".join(parts) + "\n"


def _signature(method: Method) -> str:
    shown = [
        f"{p['name']} = {str(p['default']).lower() if isinstance(p['default'], bool) else p['default']}"
        if "default" in p
        else f"{p['name']}{', …' if p.get('many') else ''}"
        for p in method.parameters
    ]
    return f"{method.name}({', '.join(shown)})" if shown else method.name


def presets_page(language: Language) -> str:
    """Tell every published index that a study may follow, with what is unknown of it."""
    say = TEXT["presets"][language]
    return (
        "\n\n".join([_opening(say), *(_preset(preset(name), language, say) for name in preset_names())])
        + "\n"
    )


def _preset(one: Preset, language: Language, say: dict[str, Any]) -> str:
    """Tell one preset: where it is from, what is known, its methods, its tree and its indicators."""
    source = f"{one.source}. {one.url}".rstrip(". ")
    told = {
        "edition": one.edition[language],
        "status": say["verified" if one.status == "verified" else "description"],
        "source": source,
        "verified_by": one.verified[language],
        "unknown": one.unknown[language],
        "needs": ", ".join(f"`{key}`" for key in one.needs),
        "method": "; ".join(f"`{line}`" for line in one.lines),
    }
    lines = "\n".join(f"- {say[key]}: {text}" for key, text in told.items() if text)
    parts = [f"## `{one.id}` {one.title(language)}", lines]
    if one.nodes:
        rows = [
            [f"`{r['node']}`", r[f"name_{language}"], r["parent"] and f"`{r['parent']}`", r["weight"]]
            for r in one.nodes
        ]
        parts.append(_table(say["tree"], rows))
    if one.indicators:
        columns = (f"name_{language}", "unit", "direction", "transform", "low", "high")
        rows = [[f"`{r['indicator']}`", *(r[column] for column in columns)] for r in one.indicators]
        parts.append(_table(say["head"], rows))
    return "\n\n".join(parts)


def codes_page(language: Language) -> str:
    """Tell every finding: code, what it says, why it matters, what to do."""
    say, book = TEXT["codes"][language], words(language)
    findings = book.get("finding") if book.has("finding") else {}
    parts = [_opening(say)]
    for code, texts in sorted(findings.items()):
        lines = [f"## {code}", f"**{_blanks(texts['title'])}**"]
        meaning = texts.get("explain") or texts.get("reason")
        lines += [_blanks(meaning)] if meaning else []
        lines += [say["hint"] + _blanks(texts["hint"])] if texts.get("hint") else []
        parts.append("\n\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _blanks(text: str) -> str:
    """Show what a message fills in as a word in angle quotes."""
    plain = re.sub(r"\{(\w+)[^}]*\}", r"‹\1›", text.replace("{{", "⟦").replace("}}", "⟧"))
    return plain.replace("⟦", "{").replace("⟧", "}").replace("<", "&lt;").strip()


def tables_page(language: Language) -> str:
    """Tell every result table and its columns."""
    say, number = TEXT["tables"][language], LANGUAGES.index(language)
    parts = [_opening(say)]
    for name, table in tomllib.loads((HERE / "tables.toml").read_text(encoding="utf-8")).items():
        rows = [[f"`{column}`", told[number]] for column, told in table["columns"].items()]
        parts.append(f"## `{name}`\n\n{table['what'][number]}\n\n{_table(say['head'], rows)}")
    return "\n\n".join(parts) + "\n"


def _opening(say: dict[str, str]) -> str:
    mark = "<!-- written by docs/reference.py; change its sources, not this page -->"
    return f"{mark}\n# {say['title']}\n\n{say['lead']}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def main() -> None:
    """Rewrite the pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
