"""Industry chains with weak and strong links."""

import pandas as pd

from innohub.catalog.registers import word_list


def chain_links(chains: pd.DataFrame) -> pd.DataFrame:
    """Return the links of each chain by strength.

    Parameters
    ----------
    chains : columns place, chain, link, strength ("" where not told), order.

    Returns
    -------
    Table place, chain, links, weak, middle, strong, not_stated (numbers), weak_share (of the links whose strength is
    told; NaN without any), weak_links, strong_links (names in the order of the chain, joined by ";").
    """
    strengths = list(word_list("link-strength"))
    rows = []
    for key, part in chains.groupby(["place", "chain"], sort=False):
        ordered = part.sort_values("order", kind="stable", na_position="last")
        of = {name: ordered.loc[ordered["strength"].eq(name), "link"].tolist() for name in strengths}
        counts = [len(of[name]) for name in strengths]
        known = sum(counts)
        share = counts[0] / known if known else float("nan")
        told = (len(part) - known, share, ";".join(of["weak"]), ";".join(of["strong"]))
        rows.append((*key, len(part), *counts, *told))
    head = ["place", "chain", "links", *strengths, "not_stated", "weak_share", "weak_links", "strong_links"]
    return pd.DataFrame(rows, columns=head).astype({"weak_share": "float64"})
