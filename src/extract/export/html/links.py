"""Where one thing on the page points to another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: an id on the page, and what to call it."""

    id: str
    text: str
    place: str = ""
    kind: str = ""  #: of a finding its severity
    box: str = ""  #: id of the box around it in the picture of its page, where there is one
    page: str = ""  #: what to call that
