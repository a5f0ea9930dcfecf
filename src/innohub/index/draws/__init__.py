"""Monte-Carlo draws of what is uncertain: weights, methods, filled values, errors of the data, indicators left out."""
