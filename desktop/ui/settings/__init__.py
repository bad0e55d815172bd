"""How this window works for you."""
