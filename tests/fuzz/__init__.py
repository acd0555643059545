"""Random texts against the readers: ``scripts/fuzz`` runs the loop, pytest runs what it once found."""
