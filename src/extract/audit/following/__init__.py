"""Figures that follow from others told near them, by learnt weights: rates, changes, differences, averages."""
