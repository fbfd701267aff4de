"""Measuring: public instance families, peers, a judge of compact problems, tables."""
