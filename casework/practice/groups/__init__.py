"""The groups that look at children who go missing: who sits in them, and why a child is on an agenda."""
