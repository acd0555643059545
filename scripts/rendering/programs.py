"""What only whole programs write: PDF, .doc, .xls, .ods and .odt by LibreOffice; pictures of a PDF's pages."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_LIMIT = 120  #: seconds for one conversion
OCR_DPI = 200


def has_office() -> bool:
    return shutil.which("soffice") is not None


def converted(data: bytes, suffix: str, into: str) -> bytes:
    """``data``, a file ending in ``suffix``, as LibreOffice saves it under the ending ``into``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"report{suffix}").write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        command += [into.lstrip("."), "--outdir", str(folder / "out"), str(folder / f"report{suffix}")]
        subprocess.run(command, check=True, capture_output=True, timeout=_LIMIT)
        return (folder / "out" / f"report{into}").read_bytes()


def scanned(pdf: bytes, *, dpi: int = OCR_DPI) -> bytes:
    """A PDF whose pages are pictures of the pages of ``pdf``."""
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return buffer.getvalue()
