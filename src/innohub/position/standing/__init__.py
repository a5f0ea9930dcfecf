"""Stage, size, targets, base conditions, similar peers."""
