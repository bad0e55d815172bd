"""The groups: the agenda by rule, what is decided about each child, the minutes."""
