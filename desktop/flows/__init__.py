"""What a person does, free of any window: each flow returns what changed."""
