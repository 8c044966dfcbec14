"""Practice sessions: one run through questions, saved at every step."""
