"""Progress: what all finished sessions of a learner came to, over time."""
