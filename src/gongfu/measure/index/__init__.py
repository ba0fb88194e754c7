"""Composite indices: a tree of indicators put together step by step, checked and replayed."""
