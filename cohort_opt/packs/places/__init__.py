"""Mentors, host places and aftercare as capacity: what a plan needs of them, what is missing, and why."""
