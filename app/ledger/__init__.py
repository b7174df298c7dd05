"""Double entry for goods: append-only, two times on every row, balances only ever its sum.

`postings` and `counts` are pure; `journal` is the pen and only the pipeline holds it.
"""
