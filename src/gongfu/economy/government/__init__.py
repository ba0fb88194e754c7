"""Government: statutory taxes and benefits by date, and who pays for a package."""
