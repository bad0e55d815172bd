"""When nobody is at the laptop any more: what the operating system tells, and what can be seen without it."""
