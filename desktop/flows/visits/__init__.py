"""Safe-and-well visits that one team asks of another: asked, accepted, made, told back."""
