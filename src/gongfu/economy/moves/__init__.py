"""The moves of one year, each a function of the world, the state and what is decided."""
