"""What binds a place: coupling of subsystems, obstacles, chains, synergies, constraints."""

from innohub.ecosystem.chains import Fusion, fuse_chains
from innohub.ecosystem.constraints import Diagnosis, diagnose
from innohub.ecosystem.coupling import couple
from innohub.ecosystem.coupling_table import CouplingResult, coupling_table
from innohub.ecosystem.helix import triple_helix
from innohub.ecosystem.obstacle import Obstacles, find_obstacles, obstacle_degrees
from innohub.ecosystem.subsystems import Subsystems, read_subsystems

__all__ = [
    "CouplingResult",
    "Diagnosis",
    "Fusion",
    "Obstacles",
    "Subsystems",
    "couple",
    "coupling_table",
    "diagnose",
    "find_obstacles",
    "fuse_chains",
    "obstacle_degrees",
    "read_subsystems",
    "triple_helix",
]
