"""What each verb of the command line does: read, answer, say what is wrong in one French line."""
