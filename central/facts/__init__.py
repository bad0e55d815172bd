"""What counts: kept up with every intake from each record's merged view, and worked out anew whenever asked."""
