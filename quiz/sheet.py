"""Rows as a CSV file that a spreadsheet opens without taking any cell for a formula."""

import csv
from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse

TYPE = "text/csv; charset=utf-8"
A_PIECE = 500

# The wide forms are read as the plain ones by spreadsheets set to East Asian languages.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def sheet(filename, head, rows):
    """A download of these rows under their head."""
    response = HttpResponse(content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.writelines(lines(head, rows))
    return response


def long_sheet(filename, head, rows):
    """The same for more rows than should be held at once: they are sent while they are read."""
    response = StreamingHttpResponse(together(lines(head, rows)), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def lines(head, rows):
    written = csv.writer(Echo())
    yield written.writerow(head)
    for row in rows:
        yield written.writerow([harmless(cell) for cell in row])


def together(lines):
    """The same lines in pieces that are worth sending."""
    lines = iter(lines)
    while piece := "".join(islice(lines, A_PIECE)):
        yield piece


def harmless(cell):
    """The cell as it is, after an apostrophe where a spreadsheet would calculate it."""
    if isinstance(cell, str) and (cell.startswith(FORMULA) or cell.strip().startswith(FORMULA)):
        return f"'{cell}"
    return cell
