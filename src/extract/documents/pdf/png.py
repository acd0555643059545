"""Shades of grey → a PNG, as small as few shades make it; the standard library is enough for that."""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _NO_FILTER = 0, b"\x00"


def grey_png(pixels: bytes, *, width: int, height: int, bits: int) -> bytes:
    """A PNG of ``pixels`` (a byte each, 0 black, rows without gaps) in ``2 ** bits`` shades; bits are 1, 2, 4 or 8."""
    rows = packed(pixels, width=width, height=height, bits=bits)
    length = len(rows) // height
    lines = b"".join(_NO_FILTER + rows[row * length : (row + 1) * length] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, bits, _GREY, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 9)) + _chunk(b"IEND", b"")


def packed(pixels: bytes, *, width: int, height: int, bits: int) -> bytes:
    """Rows of ``8 // bits`` pixels a byte, the first in the highest bits; the end of a row is filled with white.

    >>> packed(bytes([0, 255, 128]), width=3, height=1, bits=4).hex()
    '0f8f'
    """
    a_byte = 8 // bits
    missing = -width % a_byte
    if missing:
        white = b"\xff" * missing
        pixels = b"".join(pixels[row * width : (row + 1) * width] + white for row in range(height))
    most = (1 << bits) - 1
    together = 0
    for place in range(a_byte):
        shift = 8 - bits * (place + 1)
        shades = bytes((value * most + 127) // 255 << shift for value in range(256))
        together |= int.from_bytes(pixels[place::a_byte].translate(shades), "big")
    return together.to_bytes(len(pixels) // a_byte, "big")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
