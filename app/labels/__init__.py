"""Labels: what they say, what they look like, and how they get onto paper.

A layout is data (`layouts.json`): which fields it may show, and where. `composing` turns a layout
and what one label says into marks in millimetres; PDF, SVG, PNG and ZPL only draw marks, so the
four cannot disagree. Printers on the network are fed from a queue that is a table.
"""
