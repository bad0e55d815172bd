"""Placements: each move of a child, who must hear of it, and who has heard."""
