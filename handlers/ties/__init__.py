"""What ties tickets together, and what is taken out of them."""
