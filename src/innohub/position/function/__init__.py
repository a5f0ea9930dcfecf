"""What a place is good for, at which scope: comparison with named peers, function by function."""
