"""Records as operations, drafts and views; searched, summed up, audited."""
