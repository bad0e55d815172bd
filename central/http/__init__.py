"""The service as the network sees it: signed requests, limits, routes."""
