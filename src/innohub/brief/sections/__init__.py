"""The sections of a brief, one file each: what is said, and when."""
