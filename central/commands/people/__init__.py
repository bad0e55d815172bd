"""The verbs for officers, their laptops and what each holds."""
