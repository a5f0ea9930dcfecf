"""Treating many columns at once gives what treating them one by one gives."""

import numpy as np
import pytest

from innohub.catalog import parse_spec
from innohub.errors import ScaleError
from innohub.index.treat import treat
from innohub.index.treat.many import treat_many

SPECS = [
    "none",
    "skew_kurt",
    "skew_kurt(1, 1, 3)",
    "skew_kurt(1, 1, 2, none)",
    "skew_kurt(1, 1, 0, log)",
    "skew_kurt(1, 1, 2, log_shift)",
    "skew_kurt(1, 1, 1, box_cox)",
    "gii(3)",
    "winsorise(1, 1)",
    "winsorise_share(0.1, 0.2)",
    "log",
    "log_ct",
    "log_shift",
    "log_gii",
    "box_cox",
]


def columns(rows, count=60):
    """Skewed columns with ties, some constant, some short, gaps in a third of them."""
    rng = np.random.default_rng(rows)
    x = np.exp(rng.normal(size=(rows, count)) * rng.uniform(0.1, 2.5, count)) + 1
    x[:, ::4] = np.ceil(x[:, ::4])
    x[:, 5] = 3.0
    x[rng.random(x.shape) < np.where(np.arange(count) % 3 == 0, 0.2, 0)] = np.nan
    x[3:, 6] = np.nan
    return x


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("rows", [8, 31])
def test_same_as_one_by_one(spec, rows):
    x, chosen = columns(rows), parse_spec(spec, "treat")
    np.testing.assert_allclose(treat_many(x, chosen), treat(x, chosen).values, rtol=1e-12)


@pytest.mark.parametrize("spec", ["log", "skew_kurt(0.01, 0.01, 0, log)", "winsorise(3, 5)"])
def test_refusals_name_the_column(spec):
    x = np.abs(columns(8, 9)) + 1
    x[:, 6] = np.linspace(1, 9, 8) ** 3
    if "log" in spec:
        x[2, 6] = 0.0
    names = [f"i{n}" for n in range(9)]
    with pytest.raises(ScaleError) as one:
        treat(x, parse_spec(spec, "treat"), indicators=names)
    with pytest.raises(ScaleError) as many:
        treat_many(x, parse_spec(spec, "treat"), indicators=names)
    assert many.value.findings[0] in one.value.findings
