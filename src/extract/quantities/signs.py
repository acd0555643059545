"""Characters that more than one reader of numbers asks for."""

from __future__ import annotations

SPACES = frozenset(" \t\n\r\f\v")
SCALES = {"万": 4, "亿": 8}  #: a scale behind Arabic digits → the zeros that it stands for
