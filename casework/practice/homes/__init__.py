"""Where records lie that are of no child."""
