"""A floor that never was, on the real server: virtual hours, real faults, an independent oracle.

`truth` draws what hands do and when; `oracle` says what the books must show, and both know
nothing of the product. `scanner` is the device core as a step machine, `network` and `mishaps`
are what goes wrong, `play` lets it happen, `checks` compares, `running` does it seed after seed.
"""
