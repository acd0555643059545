"""PDF documents, from characters at places on paper to paragraphs and tables.

The files in the order in which a document goes through them: ``opening`` → ``characters``, ``rulings`` (what a page
shows) → ``scans`` (pages that are pictures) → ``lines`` → ``tables`` (cells between rulings), ``aligned`` (tables
without rulings) → ``furniture`` (headers, footers, page numbers) → ``columns`` → ``paragraphs`` → ``page_breaks``
(tables that go on) → ``reader``.
"""
