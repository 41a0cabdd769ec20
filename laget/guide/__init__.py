"""The municipality's own model as dated data: nobody else writes a level, a name, an age, a deadline or a word.

data/national.toml is the national default; data and data/places hold models of real places that build on it. What a
guide carries stands in docs/reference/guide.md.

How a file becomes a guide: `files` opens it and refuses what is no plain text of sensible size; `chain` finds what it
builds on; `lines` knows where everything stands; `layers` lays one file over another by code; `reading` makes frozen
`values` of it and holds them against `laget.law.floor`; every fault is said with its line (`faults`).

What is asked of it: `rules` are the questions one may ask, `days` counts working days, `words` gives a text in the
reader's language. `national` gives the guide of a day or of a case, from the `versions` that were loaded (`actions`).

What people see of a guide as a whole: `telling` (as text), `writing` (as one file), `difference` (two versions in
words), `schema` and `coverage` (the published pages).
"""
