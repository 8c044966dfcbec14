"""The quiz engine: kinds of question, scoring, shuffling, feedback; no web, no disk, no clock, no dice."""
