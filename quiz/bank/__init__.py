"""The bank: questions, their immutable versions, their answer options, and how they are published."""
