"""No task: nothing of the weekly summary is due by the clock, people freeze it. The worker lists this module."""
