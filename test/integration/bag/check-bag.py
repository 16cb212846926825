# Looks at an unpacked bag with nothing of ours and prints what is wrong with it, one JSON list of sentences.
import csv, html.parser, io, json, os, re, sys, unicodedata, urllib.parse

folder = sys.argv[1]
faults = []


def read(path):
    with open(os.path.join(folder, path), "rb") as file:
        return file.read()


# Tables, by the grammar of RFC 4180 read as strictly as Python can.
class Dictionary(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.texts = {}, []

    def handle_data(self, data):
        self.texts.append(data)


dictionary = Dictionary()
dictionary.feed(read("data/metadata/data-dictionary.html").decode("utf-8", "strict"))
described = {text.strip() for text in dictionary.texts}
tables = ["data/metadata/documents.csv", "data/metadata/versions.csv", "data/metadata/files.csv", "data/exceptions.csv"]
rows_of = {}
for path in tables:
    text = read(path).decode("utf-8", "strict")
    if not text.startswith("\ufeff"):
        faults.append(f"{path} begins without a byte order mark")
    if re.search(r"\r(?!\n)|(?<!\r)\n", re.sub(r'"(?:[^"]|"")*"', "", text)):
        faults.append(f"{path} has a lone CR or LF outside quotes")
    if not text.endswith("\r\n"):
        faults.append(f"{path} does not end with CRLF")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
    rows_of[path] = [dict(zip(rows[0], row)) for row in rows[1:]]
    for number, row in enumerate(rows):
        if len(row) != len(rows[0]):
            faults.append(f"row {number} of {path} has {len(row)} cells, expected {len(rows[0])}")
        for cell in row:
            if re.match(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]|\s+[=+\-@]", cell):
                faults.append(f"a cell of {path} may run as a formula: {cell[:40]!r}")
            if re.search(r"[;\t]\s*[=+\-@\uff1d\uff0b\uff0d\uff20]", cell):
                faults.append(f"a cell of {path} may run as a formula where semicolons or tabs part cells: {cell[:60]!r}")
    for column in rows[0]:
        if column not in described:
            faults.append(f"the data dictionary does not describe {column} of {path}")

# The page: links lead to files that are there, every file is linked, and nothing but our two scripts runs.
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.hrefs, self.scripts, self.rows, self.tags = [], 0, 0, set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        values = dict(attributes)
        self.scripts += tag == "script"
        self.rows += tag == "tr" and self.getpos() is not None
        if "href" in values:
            self.hrefs.append(values["href"])
        for name in values:
            if name.startswith("on") or name in ("src", "srcset", "data", "action", "formaction"):
                faults.append(f"the page has an attribute {name}")


page = Page()
page.feed(read("data/index.html").decode("utf-8", "strict"))
if page.scripts != 2:
    faults.append(f"the page has {page.scripts} scripts, expected 2")
if page.tags & {"img", "iframe", "object", "embed", "link", "base", "svg", "math", "video"}:
    faults.append(f"the page has elements that nobody wrote: {sorted(page.tags)}")
linked = set()
for href in page.hrefs:
    if re.match(r"https?://", href):
        continue
    if ":" in href.split("/")[0]:
        faults.append(f"the page links to {href}")
        continue
    path = os.path.normpath(os.path.join("data", urllib.parse.unquote(href, errors="strict")))
    linked.add(path)
    if not os.path.isfile(os.path.join(folder, path)):
        faults.append(f"the page links to {path}, which is not there")
documents = rows_of["data/metadata/documents.csv"]
# Two rows are the head's.
if page.rows - 2 != len(documents):
    faults.append(f"the page has {page.rows - 2} rows, documents.csv {len(documents)}")

# Files: what files.csv lists is what lies there.
found = {}
for at, _, names in os.walk(folder):
    for name in names:
        path = os.path.relpath(os.path.join(at, name), folder)
        found[path] = os.path.getsize(os.path.join(at, name))
stored = {path for path in found if path.startswith("data/documents/")}
listed = {row["path"]: int(row["size_bytes"]) for row in rows_of["data/metadata/files.csv"]}
if set(listed) != stored:
    faults.append(f"files.csv and the folder differ: {sorted(set(listed) ^ stored)[:5]}")
for path in stored - linked:
    faults.append(f"the page does not link to {path}")
root = os.path.basename(folder)
# Format characters that are drawn: Unicode's Prepended_Concatenation_Mark, and the joiners of Egyptian hieroglyphs.
SEEN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]")
folded = {}
for path in found:
    whole = f"{root}/{path}"
    if len(whole.encode("utf-16-le")) // 2 > 150:
        faults.append(f"the path {whole} is too long")
    parts = path.split("/")
    for depth in range(1, len(parts) + 1):
        upper = "/".join(parts[:depth])
        key = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", upper).casefold())
        if folded.setdefault(key, upper) != upper:
            faults.append(f"{upper} and {folded[key]} are one name on some system")
    for part in parts:
        if len(part.encode("utf-16-le")) // 2 > 60 or part in (".", "..") or part[-1] in ". ":
            faults.append(f"a name is too long, or ends badly: {part!r}")
        if part != unicodedata.normalize("NFC", part):
            faults.append(f"a name is not NFC: {part!r}")
        if any(c in '<>:"\\|?*' or unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp") for c in part):
            faults.append(f"a name has a character that some system refuses: {part!r}")
        if any(unicodedata.category(c) == "Cf" and not SEEN.match(c) for c in part):
            faults.append(f"a name has an invisible character: {part!r}")
        if re.match(r"(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]) *(\.|$)", part, re.I):
            faults.append(f"a name is a device: {part!r}")

# Counts: everything is accounted for, and the tables agree with the record.
counts = json.loads(read("data/provenance.json"))["counts"]
for kind, count in [(kind, counts[kind]) for kind in ("documents", "versions", "files")]:
    if count["expected"] != count["included"] + sum(count["excluded"].values()) + count["exceptions"]:
        faults.append(f"not all {kind} are accounted for: {count}")
lines = [json.loads(line) for line in read("data/metadata/documents.jsonl").decode("utf-8").split("\n") if line]
shown = [counts["documents"]["included"], len(lines), len(documents)]
if len(set(shown)) > 1:
    faults.append(f"documents are counted differently: {shown}")
if counts["versions"]["included"] != len(rows_of["data/metadata/versions.csv"]):
    faults.append("versions are counted differently")
if counts["files"]["included"] != len(listed):
    faults.append("files are counted differently")
if counts["documents"]["exceptions"] + counts["files"]["exceptions"] != len(rows_of["data/exceptions.csv"]):
    faults.append("exceptions are counted differently")
print(json.dumps(faults))
