"""A child’s placements: each move, and who must hear of it."""
