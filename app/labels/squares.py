"""QR codes for screens: rows of modules, drawn there."""

import qrcode


def modules(text: str) -> list[str]:
    """Return the rows of a QR code, 1 for dark; the quiet zone is the screen's business."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return ["".join("1" if dark else "0" for dark in row) for row in code.get_matrix()]
