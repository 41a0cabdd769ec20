"""A made-up municipality of any size, loaded in bulk: for measuring, and for seeing pages with much in them."""
