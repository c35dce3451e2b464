"""Door 2: the workbench. Empty beyond this line: its pages need a site that is made already (see pages.py)."""
