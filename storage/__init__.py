"""The nouns: records, the tables that hold them, and the statements that read and write them.

Every function takes the transaction and the workspace first, and gives frozen records back. It knows
nothing of `bot`.
"""
