"""How places move over years: convergence, transitions between classes, the shape of the distribution."""

from innohub.index.dynamics.convergence import Beta, Sigma, beta_convergence, sigma_convergence
from innohub.index.dynamics.density import Density, bandwidth, kernel_density
from innohub.index.dynamics.markov import Classes, Markov, classify_pooled, markov, steady_state
from innohub.index.dynamics.neighbours import great_circle, nearest_neighbours, paired_neighbours
from innohub.index.dynamics.spatial import SpatialMarkov, spatial_lag, spatial_markov

__all__ = [
    "Beta",
    "Classes",
    "Density",
    "Markov",
    "Sigma",
    "SpatialMarkov",
    "bandwidth",
    "beta_convergence",
    "classify_pooled",
    "great_circle",
    "kernel_density",
    "markov",
    "nearest_neighbours",
    "paired_neighbours",
    "sigma_convergence",
    "spatial_lag",
    "spatial_markov",
    "steady_state",
]
