"""The scopes that Waymark asks Slack for, as `manifest.json` does, and what is gone without each."""

SCOPES = {
    "app_mentions:read": "answers to mentions of Waymark",
    "channels:history": "replies to check-ins in public channels",
    "channels:read": "public channels that Waymark knows",
    "chat:write": "messages of Waymark",
    "commands": "slash commands and shortcuts",
    "files:write": "charts as images",
    "groups:history": "replies to check-ins in private channels",
    "groups:read": "private channels that Waymark knows",
    "im:history": "answers to what people write to Waymark directly",
    "im:write": "direct messages",
    "reactions:write": "marks on replies that were understood",
    "users:read": "people that Waymark knows",
}
SPARED = frozenset({"app_mentions:read", "files:write", "reactions:write"})
"""Without these, only that is gone."""
