"""What is measured: ratios of one run, on this machine, never a verdict."""
