"""The simulated economy: households, enterprises, markets and government, year by year."""
