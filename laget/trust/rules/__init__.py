"""What can be decided about readings without asking anybody: what is striking, who could see, and by when to answer."""
