"""The self-evaluation form of a report as records: its fund rows, its indicator rows, its total."""

from extract.audit.forms.reading import read_forms
from extract.audit.forms.rows import Form, FormCell, FundRow, IndicatorRow, Level, TotalRow, figure_in

__all__ = ["Form", "FormCell", "FundRow", "IndicatorRow", "Level", "TotalRow", "figure_in", "read_forms"]
