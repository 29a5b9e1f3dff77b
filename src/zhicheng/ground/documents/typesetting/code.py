"""The QR code that leads to the page that verifies a paper."""

import io

import segno


def qr_svg(address: str) -> str:
    """`address` as an SVG picture; error correction M, no border: the layout leaves the quiet zone."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", xmldecl=False, border=0)
    return target.getvalue().decode()


def qr_png(address: str) -> bytes:
    """`address` as a PNG picture, four pixels a module."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="png", scale=4, border=2)
    return target.getvalue()
