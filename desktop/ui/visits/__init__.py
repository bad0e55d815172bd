"""Safe-and-well visits that were asked for, as their asker and the team see them."""
