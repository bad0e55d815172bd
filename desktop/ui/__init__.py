"""The window: Qt widgets, one folder for each place a person goes. No rule of practice lives here."""
