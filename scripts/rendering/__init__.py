"""Renders annotated reports in the formats that bureaus publish, by real programs, and compares what is read."""
