"""What an instructor sees of a class while a set runs, and afterwards."""

from .board import board, reopen

__all__ = ["board", "reopen"]
