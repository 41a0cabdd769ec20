"""Who agreed that which service may know what, until when."""
