"""The top of the house: pages that read everything and own nothing.

Here: today, the caseload, the list of cases, the overview of a case with its merged timeline, and the thin desks of
partner, board, privacy officer and administrator. Not here: anything that is stored.
"""
