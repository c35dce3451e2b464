"""No task: nothing of the weekly summary is due by the clock; people freeze it. Named here because the worker lists this module."""
