"""Movement of children: schools that owe a return, and leavers to follow."""
