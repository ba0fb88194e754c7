"""gongfu (共富): measure, explain, simulate and plan digital-driven common prosperity."""

__version__ = "0.1.0"
