"""What runs on a timer, a module each; `table.py` says how often."""
