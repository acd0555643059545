"""Reads Chinese public-sector performance reports (绩效自评报告) and lays every figure on the table."""

__version__ = "0.1.0"
