"""What ships with the program: forms, councils, fonts, icons, word lists, and the invented caseload."""
