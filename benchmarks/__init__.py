"""Speed as ratios to a named peer or a physical limit. ``python -m benchmarks`` runs all."""
