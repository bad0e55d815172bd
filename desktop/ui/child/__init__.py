"""A child, and the children on this laptop."""
