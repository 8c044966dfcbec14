"""A link as a QR code: the path of one shape on a grid, for an SVG without any style."""

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True)
class Qr:
    """`path` draws the dark modules; the picture is `size` by `size` with its quiet border."""

    path: str
    size: int


def qr_path(text):
    """The QR code of a text, with a border of four modules as scanners want it."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return Qr("".join(dark), len(rows))
