"""What other systems call our columns, in the languages of the screens."""

ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "sku": ("item", "item code", "article", "product", "product code", "referencia", "artículo"),
    "name": ("description", "title", "item name", "nombre", "descripción"),
    "code": ("location", "bin", "place", "código", "ubicación"),
    "kind": ("type", "tipo", "clase"),
    "zone": ("area", "zona"),
    "gtin": ("ean", "upc", "barcode", "código de barras"),
    "place": ("location", "bin", "ubicación", "hueco"),
    "quantity": ("qty", "on hand", "stock", "amount", "cantidad", "existencias"),
    "lot": ("batch", "lote"),
    "expiry": ("expires", "best before", "use by", "caducidad"),
    "serial": ("serial number", "número de serie"),
    "number": ("order", "order number", "document", "número", "pedido"),
    "customer": ("customer code", "client", "cliente"),
    "supplier": ("vendor", "supplier code", "proveedor"),
    "badge": ("employee", "employee id", "id", "tarjeta"),
    "roles": ("role", "job", "rol", "funciones"),
    "due": ("due date", "deliver by", "fecha de entrega"),
    "priority": ("prioridad",),
    "label_ais": ("label", "gs1 label", "etiqueta gs1"),
    "cost": ("unit cost", "purchase price", "coste", "precio de compra"),
}


def alike(column: str, heading: str) -> bool:
    """Tell whether a heading of a file means one of our columns."""
    plain = " ".join(heading.casefold().replace("_", " ").split())
    return plain in {column.replace("_", " "), *ALSO_CALLED.get(column, ())}
