"""The kit holds what it promises."""
