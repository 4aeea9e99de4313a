"""To and from others: the employer's list of agents, the day's closing, the transfer file; bytes in, bytes out."""
