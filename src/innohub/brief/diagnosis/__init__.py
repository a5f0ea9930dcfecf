"""The brief on what binds a centre: framework, base, chains, constraints, advice, registers."""
