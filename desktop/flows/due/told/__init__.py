"""What the council told of a child who is away, as the steps of Missing now ask for it."""
