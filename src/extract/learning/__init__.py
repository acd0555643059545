"""Training: from annotated reports to weights, and how well they hold on reports that were kept out."""
