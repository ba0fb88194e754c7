"""Would the baseline have known? Forecasts from figures up to an origin, against what came."""
