"""What a signed PDF is worth: one judgement for the laptop, the command line and the council’s page."""
