"""What a positioning study asks beside the grid, one module a family of questions."""
