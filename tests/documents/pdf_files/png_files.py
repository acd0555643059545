"""Reads the pictures that ``grey_png`` writes, as any viewer would."""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple


class Picture(NamedTuple):
    width: int
    height: int
    bits: int
    rows: tuple[tuple[int, ...], ...]  #: shades, 0 is black

    def darkest(self, left: float, top: float, right: float, bottom: float) -> float:
        """The darkest pixel of a rectangle, 0 for black to 1 for white; 1 where there is none."""
        most = (1 << self.bits) - 1
        rows = self.rows[max(int(top), 0) : int(bottom) + 1]
        return min((shade / most for row in rows for shade in row[max(int(left), 0) : int(right) + 1]), default=1.0)


def read_grey_png(data: bytes) -> Picture:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, place = {}, 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length]) == (zlib.crc32(kind + body),)
        chunks[kind] = body
        place += 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, bits, colour, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (colour, rest) == (0, [0, 0, 0])
    lines = zlib.decompress(chunks[b"IDAT"])
    length = 1 + -(-width * bits // 8)
    assert len(lines) == length * height
    return Picture(
        width, height, bits, tuple(_row(lines[n * length : (n + 1) * length], width, bits) for n in range(height))
    )


def _row(line: bytes, width: int, bits: int) -> tuple[int, ...]:
    assert line[0] == 0, "a filter"
    shades = (byte >> shift & (1 << bits) - 1 for byte in line[1:] for shift in range(8 - bits, -1, -bits))
    return tuple(shade for shade, _ in zip(shades, range(width), strict=False))
