"""What leaves the house: the report of concern to child welfare, as a document and as the national message."""
