"""Measures predictions against annotations: scores, lists of mistakes, calibration, agreement of annotators."""
