"""Rows as a CSV file that a spreadsheet opens without taking any cell for a formula."""

import csv

from django.http import HttpResponse

# The wide forms are read as the plain ones by spreadsheets set to East Asian languages.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def sheet(filename, head, rows):
    """A download of these rows under their head."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    written = csv.writer(response)
    written.writerow(head)
    written.writerows([harmless(cell) for cell in row] for row in rows)
    return response


def harmless(cell):
    """The cell as it is, after an apostrophe where a spreadsheet would calculate it."""
    if isinstance(cell, str) and (cell.startswith(FORMULA) or cell.strip().startswith(FORMULA)):
        return f"'{cell}"
    return cell
