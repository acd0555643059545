"""PDF documents: what PDFium says of a file, as characters and rulings of pages (``documents/pages`` reads on).

The files in the order in which a document goes through them: ``opening`` → ``drawings`` (rulings, surfaces, pictures),
``characters`` → ``scans`` (pages that are pictures) → ``reader``.
"""
