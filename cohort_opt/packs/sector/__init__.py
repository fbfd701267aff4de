"""Figures for a branch or region that reveal nobody: unmet demand, inclusion, a seven-year ramp."""
