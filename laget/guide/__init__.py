"""The municipality's own model as dated data: nobody else writes a level, a name, an age, a deadline or a word.

What stands in the guide (data/national.toml is the national default):

- levels (0-3) with name, meaning, colour and a neutral form of cooperation; moves between them; the log's first level
- steps of each level: what, how, who, deadline; the roles that do them
- the first question (is it safe to talk with the parents?) with its answers and what each leads to
- holders: which professions stand nearest to the child at each level, and what counts when one is chosen
- deadlines by code; evaluation without a default means that the date is set in the meeting
- consent: how far back it reaches, kinds of information offered first, ages of being heard, what families are told
- evaluation outcomes, closing reasons, kinds of entries, areas of life, help numbers, words per concept

`values` holds the shapes, `rules` the questions one may ask, `days` counts working days, `reading` reads a TOML file
and says every fault with its line, `national` gives the guide of a day, `words` a text in the reader's language.
"""
