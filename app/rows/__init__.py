"""Records without the ORM: the write path of every scan reads and writes whole tables at a time.

The models stay the only description of the tables; what is built from them once is kept.
"""
