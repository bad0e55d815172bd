"""Themes: what children said in a period, as pictures, with the interviews behind each."""
