"""Claims of a text: its numbers read, laid out as facts, and held against each other and a study."""
