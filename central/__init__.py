"""The council's central service: takes in signed operations, answers each, and feeds them to those entitled."""
