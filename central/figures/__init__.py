"""Scorecards: published definitions reckoned over the facts, each figure with the records behind it."""
