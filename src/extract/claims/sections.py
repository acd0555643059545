"""What the headings above a figure promise about it."""

from __future__ import annotations

from collections.abc import Iterable

from extract.lexicons import heading_cue
from extract.offsets import folded
from extract.records import Role, Segment
from extract.segmentation.periods import later_period

MIXED = "mixed"
_Path = tuple[str, ...]


def section_roles(segments: Iterable[Segment], year: str | None = None) -> dict[_Path, tuple[str, str]]:
    """Path of headings → (role or ``mixed`` or empty, the title that says so), the innermost telling title deciding.

    A title that names a year after ``year`` speaks of plans. Under a title that speaks of goals and results alike, a
    heading that says nothing goes on as the one before it.
    """
    roles: dict[_Path, tuple[str, str]] = {(): ("", "")}
    latest: dict[_Path, tuple[str, str]] = {}
    before: _Path = ()
    for segment in segments:
        if segment.section == before:
            continue
        before = segment.section
        for depth in range(1, len(segment.section) + 1):
            path = segment.section[:depth]
            if path not in roles:
                roles[path] = _role_of(path, roles[path[:-1]], latest, year)
            latest[path[:-1]] = roles[path]
    return roles


def _role_of(
    path: _Path, outer: tuple[str, str], latest: dict[_Path, tuple[str, str]], year: str | None
) -> tuple[str, str]:
    title = folded(path[-1]).replace(" ", "")
    if later_period(title, year):
        return Role.PLAN, path[-1]
    cue = heading_cue(title)
    if cue is not None and not (cue.weak and outer[0] in ("target", "plan")):
        return cue.role, path[-1]
    if outer[0] == MIXED:
        return latest.get(path[:-1], outer)
    return outer
