"""Charts of single measures: plain result values in, one chart out."""
