"""Slack's Web API: one module for each family of methods, and what they share."""
