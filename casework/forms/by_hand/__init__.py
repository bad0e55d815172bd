"""A form filled in with a pen: what stands on the paper, before any layout."""
