"""What people bring in: files of other tools, captures of the browser extension, uploads from a telephone."""
