"""What a record means: pure, shared by the laptop and the central service."""
