"""The house itself: names, sizes, arrows and pages that describe it."""
