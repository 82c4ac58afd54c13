"""What time does to tickets: clocks, reminders, ladders, silences, and the account of it all."""
