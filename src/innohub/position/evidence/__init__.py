"""Evidence in sentences: value, shares, peers passed and not passed, with the value behind each number."""
