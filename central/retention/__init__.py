"""Records go when their time is over: by the council’s rule, by order of two keepers, and they stay gone."""
