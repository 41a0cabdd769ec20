"""The facts that decide who sees what about which child."""
