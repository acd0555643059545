"""The page in a real browser, headless: it renders, its anchors stand, nothing of a hostile report runs."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from extract.export.html.page import render_page
from tests.export.pages import HOSTILE, REPORT, Page, extracted, page_of

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.system,
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="chromium is not installed (apt-get install chromium)"),
]


def browsed(folder: Path, text: str, *options: str, anchor: str = "") -> str:
    """What Chromium says of the page of ``text``."""
    page = folder / "page.html"
    page.write_text(render_page(extracted(text)), encoding="utf-8")
    command = [
        *(str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
        *("--hide-scrollbars", f"--user-data-dir={folder / 'profile'}", *options, f"{page.as_uri()}{anchor}"),
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


def test_a_card_opens_when_its_claim_is_chosen(tmp_path: Path) -> None:
    pictures = []
    for number, anchor in enumerate(("", "", "#d1-c1-card")):
        picture = tmp_path / f"{number}.png"
        browsed(tmp_path, REPORT, f"--screenshot={picture}", "--window-size=1280,800", anchor=anchor)
        pictures.append(picture.read_bytes())
    assert pictures[0] == pictures[1] != pictures[2]
