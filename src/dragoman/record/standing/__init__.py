"""Standing: who treats whom as what on a day, on two axes that are never one: recognition and representation.

Begin at `ask.pairs`, which takes the steps of the record to `pair.pair`.
"""
