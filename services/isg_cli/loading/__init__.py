"""`isg load` behind its command line: what is asked (`mix`), by whom (`worker`), and what came of it
(`report`).

It is a client like any other: it knows the query channel and nothing of the processes behind it.
"""
