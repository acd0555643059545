"""The page in a real browser, headless: it renders, its anchors stand, nothing of a hostile report runs."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from extract.documents.reading import document_from_bytes
from extract.export.html.page import render_page
from extract.extraction import extract
from tests.export.pages import HOSTILE, REPORT, Page, extracted, page_of

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: what keeps a browser from asking the network for anything of its own: it would wait for the answers
OFFLINE = (
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
    *("--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-default-apps"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
pytestmark = [
    pytest.mark.system,
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="chromium is not installed (apt-get install chromium)"),
]


def browsed(folder: Path, text: str, *options: str, anchor: str = "") -> str:
    """What Chromium says of the page of ``text``."""
    return dumped(folder, render_page(extracted(text)), *options, anchor=anchor)


def dumped(folder: Path, html: str, *options: str, anchor: str = "") -> str:
    """What Chromium says of a page."""
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    command = [
        *(str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *OFFLINE),
        *(f"--user-data-dir={folder / 'profile'}", *options, f"{page.as_uri()}{anchor}"),
    ]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode("utf-8")


@pytest.mark.parametrize("text", [REPORT, HOSTILE], ids=["plain", "hostile"])
def test_the_browser_builds_the_page_that_was_written(text: str, tmp_path: Path) -> None:
    seen, written = Page(browsed(tmp_path, text, "--dump-dom")), page_of(text)
    assert seen.ids == written.ids
    assert {target[1:] for target in seen.targets} <= set(seen.ids)
    assert {element.tag for element in seen.elements} == {element.tag for element in written.elements}


@pytest.mark.parametrize("width", [1280, 500], ids=["desk", "phone"])
def test_the_page_renders_to_a_picture(width: int, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    browsed(tmp_path, REPORT, f"--screenshot={picture}", f"--window-size={width},1600")
    data = picture.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (width, 1600)
    assert len(data) > 30_000  # an empty page of this size is a tenth of it


DISPLAYS = """
<script>
onload = () => {
  const cards = [...document.querySelectorAll("[id$=-card]")];
  const told = document.createElement("pre");
  told.id = "shown";
  told.textContent = JSON.stringify(cards.filter(card => card.getClientRects().length > 0).map(card => card.id));
  document.body.append(told);
};
</script></body>"""


def test_a_card_opens_when_its_claim_is_chosen(tmp_path: Path) -> None:
    page = render_page(extracted(REPORT)).replace("http-equiv", "data-was").replace("</body>", DISPLAYS)
    shown = [
        json.loads(Page(dumped(tmp_path, page, "--dump-dom", anchor=anchor)).at("shown").text)
        for anchor in ("", "#d1-c1-card", "#d1-c2-card")
    ]
    assert shown == [[], ["d1-c1-card"], ["d1-c2-card"]]


MEASURE = """
<script>
onload = () => {
  const found = [], image = document.querySelector(".paper img"), paper = image.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  for (const box of image.parentElement.querySelectorAll(".box")) {
    const own = box.getBoundingClientRect(), fine = canvas.width / paper.width;
    const edges = [own.left - paper.left, own.top - paper.top, own.right - paper.left, own.bottom - paper.top];
    const [x0, y0, x1, y1] = edges.map(edge => Math.round(edge * fine));
    const shades = context.getImageData(x0, y0, x1 - x0, y1 - y0).data.filter((_, n) => n % 4 == 0);
    const at = document.elementFromPoint(own.left + own.width / 2, own.top + own.height / 2) === box;
    found.push({edges: edges.map(edge => edge / paper.width), ink: shades.filter(s => s < 128).length, at});
  }
  const told = document.createElement("pre");
  told.id = "measured"; told.textContent = JSON.stringify(found);
  document.body.append(told);
};
</script></body>"""


def test_each_box_lies_over_its_figure_in_the_picture_of_the_page(tmp_path: Path) -> None:
    source = (Path(__file__).parents[1] / "documents" / "pdf_files" / "columns.pdf").read_bytes()
    extraction = extract(document_from_bytes(source, name="r.pdf", where="r.pdf"))
    page = render_page(extraction, source).replace("http-equiv", "data-was").replace("</body>", MEASURE)
    seen = Page(dumped(tmp_path, page, "--dump-dom", "--window-size=1280,4000"))
    measured = json.loads(seen.at("measured").text)
    boxes = [box for claim in extraction.claims for box in extraction.document.boxes_of(claim.span)]
    assert len(measured) == len(boxes) > 40
    width = 594.96  #: of the page, in points
    for (_, expected), found in zip(boxes, measured, strict=True):
        assert [edge * width for edge in found["edges"]] == pytest.approx(expected, abs=4)
        assert found["ink"] > 10
    assert [found["at"] for found in measured].count(True) > len(measured) * 0.9  # nothing lies over it
