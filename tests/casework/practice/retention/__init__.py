"""From when on a record counts as closed, and when its time is over."""
