"""Words in the language that the family speaks, beside English."""
