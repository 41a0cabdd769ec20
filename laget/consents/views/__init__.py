"""The pages of consents: asking, and answering."""
