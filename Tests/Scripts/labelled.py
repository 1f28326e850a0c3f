"""Read labelled pages: rows `label<TAB>text`, a blank row ends a page, rows that begin with `#` are comments."""


def pages(path):
    """The pages of a file, each a list of (label, text)."""
    page = []
    with open(path, encoding="utf-8", newline="\n") as file:
        for row in file:
            row = row.rstrip("\r\n")
            if row.startswith("#"):
                continue
            if not row.strip():
                if page:
                    yield page
                page = []
            else:
                label, _, text = row.partition("\t")
                page.append((label, text))
    if page:
        yield page
