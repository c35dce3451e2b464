"""`make shots`: the pictures of the documents, from a running example, into docs/img/.

pages      the table: which pages there are, whose they are, how one comes there
stories    what is done before those that an act alone leads to
desk       one person in a browser, and how a picture is taken and kept
__main__   the run, each person in turn, and the gallery
"""
