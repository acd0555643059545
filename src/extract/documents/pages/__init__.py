"""Printed pages, from characters and rulings at places on paper to paragraphs and tables; the same for every format.

The files in the order in which pages go through them: ``frames`` (how a page lies), ``characters``, ``rulings`` (what
it shows) → ``watermarks`` (left out) → ``lines`` → ``tables`` (cells between rulings) → ``page_parts`` (tables, and
rows of lines beside them) → ``furniture`` (headers, footers, page numbers, left out) → ``columns`` → ``aligned``
(tables without rulings) → ``paragraphs`` → ``page_breaks`` (tables that go on) → ``reading_order``, which puts the
stages together.
"""
