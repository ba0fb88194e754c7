"""Arrays in, numbers with errors out."""
