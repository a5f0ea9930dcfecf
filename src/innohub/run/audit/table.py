"""An audit as tables, plain data and sentences."""

from typing import Any

import numpy as np
import pandas as pd

from innohub.index.audit import Fit, Outcome
from innohub.run.audit.audit import Report
from innohub.run.audit.names import convention, verdict_sentence
from innohub.words import Language, words


def sentences(report: Report, language: Language) -> list[str]:
    """Return a sentence for each question, and one for each column of a coupling table."""
    told = [
        verdict_sentence(outcome, report.table.file, report.inputs, language) for outcome in report.outcomes
    ]
    return told + [text for _, _, text in coupling_verdicts(report, language)]


def coupling_verdicts(report: Report, language: Language) -> list[tuple[str, str, str]]:
    """Return column, verdict and sentence for each column of a coupling table that is printed."""
    if report.coupling is None:
        return []
    book, told = words(language), []
    ask = report.ask
    heads = {"coupling": ask.coupling, "level": ask.level, "coordination": ask.coordination}
    for column, own in report.coupling.conventions.groupby("column", sort=False):
        if not heads[str(column)]:
            continue
        about = {"file": report.table.file, "column": book.say(f"audit.coupled.{column}")}
        about |= {"rows": str(int(own["rows"].max()))}
        names = [book.say(f"audit.coupling.{name}") for name in report.coupling.verdict[str(column)]]
        near = own.sort_values(["reproduced", "max_error"], ascending=[False, True]).iloc[0]
        verdict = _verdict(int(own["rows"].max()), len(names))
        about |= {
            "conventions": book.say("where.list").join(names),
            "convention": names[0] if names else book.say(f"audit.coupling.{near['convention']}"),
            "reproduced": str(int(near["reproduced"])),
        }
        text = book.say(f"audit.coupled.{verdict}", **about)
        if names and not own.loc[own["holds"], "right"].any():
            text += book.say("audit.coupled.wrong")
        told.append((str(column), verdict, text))
    return told


def _verdict(rows: int, fitting: int) -> str:
    return "undecidable" if not rows else "none" if not fitting else "one" if fitting == 1 else "several"


def evidence(report: Report, language: Language) -> pd.DataFrame:
    """Return one row a cell tested and convention: what is printed, what the convention gives, whether it fits."""
    frames = [_evidence(outcome, report, language) for outcome in report.outcomes]
    if report.coupling is not None:
        rows = report.coupling.rows.assign(
            row=[report.table.row(place) for place in report.coupled],
            label=[report.table.labels[place] for place in report.coupled],
        )
        frames.append(
            pd.DataFrame(
                {
                    "aspect": "coupling",
                    "column": report.ask.coordination,
                    "row": rows["row"],
                    "label": rows["label"],
                    "convention": "D²/C",
                    "printed": "",
                    "expected": rows["implied_level"],
                    "fits": rows["holds"],
                }
            )
        )
    columns = ["aspect", "column", "row", "label", "convention", "printed", "expected", "fits"]
    kept = [frame for frame in frames if len(frame)]
    return pd.concat(kept, ignore_index=True)[columns] if kept else pd.DataFrame(columns=columns)


def _evidence(outcome: Outcome, report: Report, language: Language) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    places = outcome.detail.get("place", ())
    fits = outcome.fits[: 1 if outcome.verdict == "undecidable" else None]
    fits = fits or ((outcome.nearest,) if outcome.nearest is not None else ())
    for fit in fits:
        name = convention(fit, outcome.aspect, language)
        for position, place in enumerate(places):
            row, head = _cell(outcome, place, report)
            rows.append(
                {
                    "aspect": outcome.aspect, "column": head, "row": report.table.row(row),
                    "label": report.table.labels[row], "convention": name,
                    "printed": str(report.table.table.frame[head].iloc[row]),
                    "expected": float(fit.expected[position]), "fits": position not in fit.misfits,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def _cell(outcome: Outcome, place: Any, report: Report) -> tuple[int, str]:
    if outcome.aspect == "filled":
        return int(place[0]), report.inputs[int(place[1])]
    return int(place), outcome.column


def report_data(report: Report, language: Language) -> dict[str, Any]:
    """Return the report as plain data for a program to read."""
    told = [
        verdict_sentence(outcome, report.table.file, report.inputs, language) for outcome in report.outcomes
    ]
    return {
        "table": report.table.file,
        "inputs": list(report.inputs),
        "outcomes": [
            _outcome(outcome, sentence, report, language)
            for outcome, sentence in zip(report.outcomes, told, strict=True)
        ],
        "coupling": [
            {
                "column": column, "verdict": verdict, "sentence": sentence,
                "conventions": list(report.coupling.verdict[column]) if report.coupling is not None else [],
            }
            for column, verdict, sentence in coupling_verdicts(report, language)
        ],
        "findings": [finding.to_json(language) for finding in report.findings],
    }  # fmt: skip


def _outcome(outcome: Outcome, sentence: str, report: Report, language: Language) -> dict[str, Any]:
    detail = {key: value for key, value in outcome.detail.items() if key not in ("place", "conventions")}
    return {
        "question": outcome.aspect,
        "column": outcome.column,
        "verdict": outcome.verdict,
        "confidence": outcome.confidence,
        "reason": outcome.reason,
        "sentence": sentence,
        "rows": outcome.rows,
        "tested": outcome.detail.get("conventions", len(outcome.tested)),
        "fits": [_fit(fit, outcome, report, language) for fit in outcome.fits],
        "detail": _plain(detail),
    }


def _fit(fit: Fit, outcome: Outcome, report: Report, language: Language) -> dict[str, Any]:
    places = outcome.detail.get("place", ())
    return {
        "convention": fit.convention,
        "name": convention(fit, outcome.aspect, language),
        "parameters": _plain({key: value for key, value in fit.parameters.items() if key != "deciders"}),
        "rows": fit.rows,
        "misfits": [report.table.row(_cell(outcome, places[k], report)[0]) for k in fit.misfits],
        "deciders": [report.table.row(int(places[k])) for k in fit.parameters.get("deciders", ())],
        "residual": _plain(fit.residual),
        "chance": _plain(10.0**fit.chance),
        "weights": _plain(fit.weights),
        "low": _plain(fit.low),
        "high": _plain(fit.high),
    }


def _plain(value: Any) -> Any:
    """Turn arrays, tuples and numbers of any kind into what JSON has."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(item) for item in value]
    if isinstance(value, np.bool_ | bool):
        return bool(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    return value
