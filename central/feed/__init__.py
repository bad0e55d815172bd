"""What a laptop is sent: pages in the order of the sequence, and the sums that prove them."""
