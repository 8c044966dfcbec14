"""Every letter that the content is written in is in the typeface of the site."""

import struct
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

FONT = "fonts/atkinson-hyperlegible-next.woff2"
CMAP = 0  # the place of this table in the list of known tables of WOFF2
TRANSFORMED = (10, 11)  # glyf and loca


def letters_of(font):
    """The code points that a WOFF2 file draws: the directory, then one compressed stream."""
    [count] = struct.unpack(">H", font[12:14])
    [compressed] = struct.unpack(">I", font[20:24])
    at, before, place = 48, 0, None
    for _ in range(count):
        flags, at = font[at], at + 1
        table, version = flags & 63, flags >> 6
        at += 4 if table == 63 else 0
        size, at = number_at(font, at)
        if (version == 0) if table in TRANSFORMED else (version != 0):
            size, at = number_at(font, at)
        if table == CMAP:
            place = before, before + size
        before += size
    return code_points(brotli.decompress(font[at : at + compressed])[slice(*place)])


def number_at(font, at):
    """A number of seven bits a byte, and where it ends."""
    value = 0
    while True:
        byte, at = font[at], at + 1
        value = value << 7 | byte & 127
        if not byte & 128:
            return value, at


def code_points(cmap):
    """The code points of the table of format 4: the segments, each from its start to its end."""
    [count] = struct.unpack(">H", cmap[2:4])
    for place in range(8, 8 + count * 8, 8):
        [start] = struct.unpack(">I", cmap[place : place + 4])
        kind, _, _, twice = struct.unpack(">HHHH", cmap[start : start + 8])
        if kind == 4:
            last, first = (
                struct.unpack(f">{twice // 2}H", cmap[at : at + twice])
                for at in (start + 14, start + 16 + twice)
            )
            spans = zip(first, last, strict=True)
            return {each for start, end in spans for each in range(start, end + 1)} - {0xFFFF}
    raise AssertionError("The font has no table of format 4.")


@pytest.fixture(scope="module")
def letters():
    return letters_of(Path(finders.find(FONT)).read_bytes())


def test_the_font_is_read_as_it_is(letters):
    assert {ord(each) for each in "aZé0%–"} < letters
    assert not {ord(each) for each in "ж漢"} & letters


def test_the_content_is_written_in_letters_that_the_font_has(letters):
    missing = {
        (each, path.name)
        for path in sorted(Path(settings.BASE_DIR, "fixtures").glob("*.yaml"))
        for each in set(path.read_text()) - {"\n"}
        if ord(each) not in letters
    }

    assert missing == set()
