"""The police’s monthly list: taken in, each child decided about, signed off; and the results that police owe."""
