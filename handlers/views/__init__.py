"""What agents, supervisors and reviewers look at: tickets, lists, Home, histories. It changes nothing."""
