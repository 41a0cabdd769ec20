"""The ground: settings, addresses, database, command line. Above all rooms."""
