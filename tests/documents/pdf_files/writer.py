"""Small PDFs with content streams written by hand, for what no office program writes on request."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


def text_at(x: float, y: float, text: str, *, size: float = 12, mode: int = 0, before: str = "") -> str:
    """``text`` printed from (x, y), which counts from the lower left; ``before`` sets colours and the like."""
    return f"q {before} BT /F1 {size} Tf {mode} Tr 1 0 0 1 {x} {y} Tm <{_hex(text)}> Tj ET Q\n"


def turned_text(x: float, y: float, text: str, matrix: tuple[float, float, float, float], *, size: float = 12) -> str:
    """``text`` from (x, y), turned by the first four numbers of a text matrix."""
    a, b, c, d = matrix
    return f"q BT /F1 {size} Tf {a} {b} {c} {d} {x} {y} Tm <{_hex(text)}> Tj ET Q\n"


def line_from(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.5 w {x0} {y0} m {x1} {y1} l S\n"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Level and upright lines through all of ``xs`` and ``ys``."""
    level = "".join(line_from(xs[0], y, xs[-1], y) for y in ys)
    return level + "".join(line_from(x, ys[0], x, ys[-1]) for x in xs)


def picture(x: float, y: float, width: float, height: float) -> str:
    """A grey picture."""
    return f"q {width} 0 0 {height} {x} {y} cm /Im1 Do Q\n"


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()


@dataclass(frozen=True, slots=True)
class Page:
    content: str
    rotate: int = 0
    box: tuple[float, float, float, float] = (0, 0, WIDTH, HEIGHT)


@dataclass(slots=True)
class _File:
    parts: list[bytes] = field(default_factory=list)

    def add(self, body: str | bytes) -> int:
        self.parts.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.parts)

    def stream(self, head: str, data: bytes) -> int:
        packed = zlib.compress(data)
        start = f"<< {head} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
        return self.add(start + packed + b"\nendstream")

    def written(self, root: int) -> bytes:
        out, places = b"%PDF-1.7\n", []
        for number, part in enumerate(self.parts, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        count = len(places) + 1
        end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root {root} 0 R >>"
        return out + f"{end}\nstartxref\n{len(out)}\n%%EOF\n".encode()


def pdf_of(*pages: Page | str, to_unicode: str | None = None) -> bytes:
    """A PDF whose font F1 takes UTF-16 codes; 汉字 are as wide as the font's size, ASCII half as wide.

    With ``to_unicode`` (the body of a CMap) the font has codes of its own, and only that says what they mean.
    """
    file = _File()
    font = _plain_font(file) if to_unicode is None else _coded_font(file, to_unicode)
    image = file.stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\xc0"
    )
    pale = file.add("<< /Type /ExtGState /ca 0.3 >>")
    resources = f"<< /Font << /F1 {font} 0 R >> /XObject << /Im1 {image} 0 R >> /ExtGState << /Pale {pale} 0 R >> >>"
    root = file.add("")
    kids = []
    for page in pages:
        made = Page(page) if isinstance(page, str) else page
        content = file.stream("", made.content.encode("latin-1"))
        box = " ".join(str(edge) for edge in made.box)
        kids.append(
            file.add(
                f"<< /Type /Page /Parent {root} 0 R /MediaBox [{box}] /Rotate {made.rotate} "
                f"/Resources {resources} /Contents {content} 0 R >>"
            )
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    file.parts[root - 1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return file.written(file.add(f"<< /Type /Catalog /Pages {root} 0 R >>"))


def _plain_font(file: _File) -> int:
    descriptor = file.add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    descendant = file.add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
        f"/FontDescriptor {descriptor} 0 R >>"
    )
    return file.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H "
        f"/DescendantFonts [{descendant} 0 R] >>"
    )


def _coded_font(file: _File, to_unicode: str) -> int:
    cmap = file.stream(
        "",
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{to_unicode}\nendcmap end end"
        ).encode(),
    )
    descriptor = file.add(
        "<< /Type /FontDescriptor /FontName /AAAAAA+Own /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    descendant = file.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Own /DW 1000 /CIDToGIDMap /Identity "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R >>"
    )
    return file.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Own /Encoding /Identity-H "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode {cmap} 0 R >>"
    )
