"""Signing, correcting what was signed, and copies for those who may have them."""
