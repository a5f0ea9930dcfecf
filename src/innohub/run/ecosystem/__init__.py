"""What a run says of an innovation ecosystem: coupling, obstacles, constraints, and what else is asked."""
