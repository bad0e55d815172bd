"""What the council tells of people and records that are not on this laptop: names, and how records stand."""
