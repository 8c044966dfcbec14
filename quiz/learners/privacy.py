"""What is kept of people, read from the one file that classes every field of every table."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("privacy.yaml")


@dataclass(frozen=True)
class Kept:
    """One table: what it is in words, what for and how long it is kept, and its fields by class."""

    table: str
    what: str = ""
    why: str = ""
    kept: str = ""
    personal: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    @property
    def fields(self):
        return self.personal + self.secret + self.none


@cache
def tables():
    """Every table, those about people first, in the order of the file."""
    held = yaml.safe_load(FILE.read_text())
    return tuple(Kept(table, **read(entry)) for table, entry in held.items())


def read(entry):
    lists = ("personal", "secret", "none")
    return {name: tuple(text.split()) if name in lists else text for name, text in entry.items()}


def about_people():
    return [each for each in tables() if each.personal or each.secret]
