"""A Slack workspace on one machine, for trying the bot without an account and for testing it honestly.

The bot talks to it over HTTP with slack_sdk and gets signed requests back, exactly as from Slack.
It imports nothing else of `bot` and nothing of `storage`: it is Slack, not us.
"""
