"""Targets and what was done about them, as sentences tell it: goals, shortfalls, sides, bounds said again."""
