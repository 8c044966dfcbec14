"""Quiz sets: what an instructor gives a class to answer, by which rules, and who takes part."""
