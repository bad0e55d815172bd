"""Invented children, to learn with: a store of their own, whose words go nowhere."""
