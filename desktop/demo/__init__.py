"""The invented caseload and the walk through it. The product does not import this."""
