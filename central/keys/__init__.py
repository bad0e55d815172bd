"""The council's keys: the root that two keepers open together, the running service's own, and what they certify."""
