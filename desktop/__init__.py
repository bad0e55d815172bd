"""The application that goes into the house."""
