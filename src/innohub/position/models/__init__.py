"""Models of foreign centres, modes of practice, the register of cases."""
