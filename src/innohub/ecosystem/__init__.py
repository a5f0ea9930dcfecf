"""What binds a place: coupling of subsystems, obstacles, chains, synergies, constraints."""
