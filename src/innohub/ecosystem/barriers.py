"""Flows across borders: which resource passes freely, is limited or closed between two places."""

import numpy as np
import pandas as pd

from innohub.catalog.registers import word_list


def barrier_matrix(barriers: pd.DataFrame) -> pd.DataFrame:
    """Return the state of each resource on each border, and how many rules stand behind it.

    Parameters
    ----------
    barriers : columns place, other, resource, barrier (ids of the register of flows across borders); the two
        places may stand in any order.

    Returns
    -------
    Table place, other (in alphabetical order), resource (people, equipment, money, information, all of them),
    free, limited, closed (number of rows), state: the strictest that occurs, "not known" without a row.
    """
    resources, states = list(word_list("resource")), list(word_list("barrier"))
    ends = barriers[["place", "other"]].to_numpy(str)
    sorted_ends = np.sort(ends, axis=1)
    counted = (
        barriers.assign(place=sorted_ends[:, 0], other=sorted_ends[:, 1])
        .groupby(["place", "other", "resource", "barrier"])
        .size()
    )
    borders = sorted({tuple(row) for row in sorted_ends.tolist()})
    rows = []
    for place, other in borders:
        for resource in resources:
            counts = [int(counted.get((place, other, resource, state), 0)) for state in states]
            present = [state for state, number in zip(states, counts, strict=True) if number]
            rows.append((place, other, resource, *counts, present[-1] if present else "not known"))
    return pd.DataFrame(rows, columns=["place", "other", "resource", *states, "state"])
