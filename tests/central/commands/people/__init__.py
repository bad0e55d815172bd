"""Officers, laptops and what each holds, as an administrator types it."""
