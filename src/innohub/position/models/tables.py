"""Comparisons with models as tables."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from innohub.position.models.likeness import Likeness


def model_tables(likeness: Mapping[str, Likeness]) -> dict[str, pd.DataFrame]:
    """Lay comparisons out by place as the tables model_mix, model_fit and model_slots."""
    mix, fit, slots = [], [], []
    for place, found in likeness.items():
        mixture = found.mixture
        residual, unique = (mixture.residual, mixture.unique) if mixture else (np.nan, None)
        gap = found.largest_gap or ("", "", np.nan)
        told = (found.compare, residual, found.norm, found.fits, ";".join(found.nearest), *gap, unique)
        fit.append((place, *told, len(found.slots), ";".join(found.left_out)))
        if mixture is None:
            continue
        for row, model in enumerate(found.models):
            weight = [float(part[row]) for part in (mixture.weights, mixture.low, mixture.high)]
            mix.append((place, model, float(found.cosine[row]), *weight, model in found.nearest))
            slots += [
                (place, model, slot, float(found.place[at]), float(found.patterns[row, at]),
                 float(found.gaps[row, at]), float(mixture.fitted[at]))
                for at, slot in enumerate(found.slots)
            ]  # fmt: skip
    head = "place model cosine weight weight_low weight_high nearest"
    fit_head = "place compare residual norm fits nearest gap_model gap_slot gap unique slots left_out"
    slot_head = "place model slot value model_value gap mixture"
    return {
        "model_mix": pd.DataFrame(mix, columns=head.split()),
        "model_fit": pd.DataFrame(fit, columns=fit_head.split()),
        "model_slots": pd.DataFrame(slots, columns=slot_head.split()),
    }
