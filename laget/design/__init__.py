"""The interface kit: layouts, macros, pictures and words of time, so that every page looks and speaks the same."""
