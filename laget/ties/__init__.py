"""Ties between those who work here and the families: who is disqualified, by law or by a leader's decision."""
