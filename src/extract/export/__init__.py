"""What was found, written out: JSON Lines, and a summary for people."""
