"""What the law says of keeping a parent away, and what may be said of where somebody lives; pure."""
