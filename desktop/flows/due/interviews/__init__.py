"""Return home interviews that are still to be had."""
