"""The one path of every mutation: envelope, schema, handler, outcome, one transaction.

`operation` says what passes through, `schema` turns payload classes into marshmallow schemas,
`floor` is what handlers may read, `execute` applies a chunk, `records` writes what it meant.
"""
