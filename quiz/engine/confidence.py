"""How sure somebody was, asked before any verdict and never part of a score."""

LEVELS = ((1, "A guess"), (2, "Not sure"), (3, "Fairly sure"), (4, "Certain"))
