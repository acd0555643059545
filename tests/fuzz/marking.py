"""Cases of a table as parameters of a test."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from _pytest.mark import ParameterSet


def marked(cases: Mapping[str, str], known: Collection[str]) -> list[ParameterSet]:
    """Each case under its name; a known defect may fail, and may pass as soon as it is mended."""
    strangers = set(known) - set(cases)
    if strangers:
        raise LookupError(f"known defects that are no case: {', '.join(sorted(strangers))}")
    mark = pytest.mark.xfail(reason="known defect", strict=False)
    return [pytest.param(text, id=name, marks=mark if name in known else ()) for name, text in cases.items()]
