"""Samples of work: pictures that are turned, cropped, and have names hidden before they are kept."""
