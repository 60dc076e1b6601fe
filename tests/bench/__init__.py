"""`make bench`: what an answer costs, beside the least that it could cost. Every figure is from one run."""
