"""Reads a workbook back by its XML, without the library that wrote it, and holds every row of every
table against the CSV files and audit.json beside it.
usage: xlsx_back.py FOLDER [WORKBOOK] [--tables]
prints rows and numbers compared; exit 1 at the first difference.  --tables: without the charts, for a
workbook that another program has written again"""

import csv
import datetime
import json
import posixpath
import sys
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
FILES = {"Measures": "measures", "Switches": "switches", "Devices": "prescribing",
         "Products": "products", "Organisations": "organisations", "Unclassified": "unclassified",
         "Targets": "targets", "Alerts": "alerts", "Control charts": "spc",
         "Opportunities": "opportunities", "Factor sets": "factor_sets", "Gases": "gases",
         "Gases quality": "gases_quality"}
MONTHS = {"month", "first_month", "last_month", "due_month", "latest_month", "from", "to",
          "patients_month", "since"}
numbers = 0


def fail(*words):
    print(*words)
    sys.exit(1)


class Workbook:
    def __init__(self, path):
        archive = zipfile.ZipFile(path)
        self.parts = {name: archive.read(name) for name in archive.namelist()}
        for name, text in self.parts.items():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(text)  # every part is well-formed
        strings = self.parts.get("xl/sharedStrings.xml")
        self.strings = ["".join(t.text or "" for t in si.iter(MAIN + "t"))
                        for si in ET.fromstring(strings)] if strings else []
        links = self.links("xl/workbook.xml")
        book = ET.fromstring(self.parts["xl/workbook.xml"])
        self.sheets = {s.get("name"): links[s.get(ID)] for s in book.iter(MAIN + "sheet")}

    def links(self, part):
        rels = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
        if rels not in self.parts:
            return {}
        return {r.get("Id"): posixpath.normpath(posixpath.join(posixpath.dirname(part), r.get("Target")))
                for r in ET.fromstring(self.parts[rels]) if r.get("TargetMode") != "External"}

    def cells(self, name):
        root = ET.fromstring(self.parts[self.sheets[name]])
        if root.find(MAIN + "mergeCells") is not None:
            fail(name, "has merged cells")
        if next(root.iter(MAIN + "f"), None) is not None:
            fail(name, "has a formula")
        return {c.get("r"): self.value(c) for c in root.iter(MAIN + "c")}

    def value(self, cell):
        text = cell.find(MAIN + "v")
        if text is None:
            return None
        return self.strings[int(text.text)] if cell.get("t") == "s" else float(text.text)

    def table(self, name):
        """The one real table of a sheet as rows of {column: value}."""
        found = [p for p in self.links(self.sheets[name]).values() if p.startswith("xl/tables/")]
        if len(found) != 1:
            fail(name, "has", len(found), "tables")
        table = ET.fromstring(self.parts[found[0]])
        columns = [c.get("name") for c in table.iter(MAIN + "tableColumn")]
        if len(set(columns)) != len(columns):
            fail(name, "has a column twice")
        first, last = table.get("ref").split(":")
        top, bottom = (int("".join(filter(str.isdigit, corner))) for corner in (first, last))
        cells = self.cells(name)
        if [cells.get(letters(i) + str(top)) for i in range(len(columns))] != columns:
            fail(name, "the heading is not that of the table")
        if max(int("".join(filter(str.isdigit, at))) for at in cells) != bottom:
            fail(name, "has cells below its table")
        return columns, [{c: cells.get(letters(i) + str(row)) for i, c in enumerate(columns)}
                         for row in range(top + 1, bottom + 1)]


def letters(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def same(column, value, expected):
    """A cell against the text of the CSV file."""
    global numbers
    if value is None:
        return expected == ""
    if isinstance(value, str):
        return value == expected
    numbers += 1
    if column in MONTHS:
        day = datetime.date(1899, 12, 30) + datetime.timedelta(days=value)
        return day.strftime("%Y-%m-%d") == expected + "-01"
    return value == float(expected)


def read_csv(folder, name):
    with open(f"{folder}/{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_list(book, folder, sheet, name):
    """The rows of the sheet are rows of the file, in its order."""
    columns, rows = book.table(sheet)
    expected = iter(read_csv(folder, name))
    for number, row in enumerate(rows):
        for candidate in expected:
            if all(same(c, row[c], candidate[c]) for c in columns):
                break
        else:
            fail(sheet, "row", number, "is not in", name + ".csv", row)
    return len(rows)


def check_practices(book, folder):
    columns, rows = book.table("Practices")
    measures = {}
    latest = max(m["month"] for m in read_csv(folder, "measures"))
    before = str(int(latest[:4]) - 1) + latest[4:]
    for m in read_csv(folder, "measures"):
        if m["level"] == "practice":
            measures[m["organisation_code"], m["measure"], m["month"]] = m
    for row in rows:
        small = [c for c in columns if measures.get((row["practice_code"], c, latest), {"value": ""})
                 ["value"] and measures[row["practice_code"], c, latest]["small_denominator"]]
        if (row["small_denominators"] or "") != " ".join(small):
            fail("Practices", row["practice_code"], "small", row["small_denominators"], small)
        for column in columns[4:]:
            measure, _, what = column.partition(" ")
            month = before if what == "a year before" else latest
            found = measures.get((row["practice_code"], measure, month), {})
            if not same(column, row[column], found.get(what if what == "percentile" else "value", "")):
                fail("Practices", row["practice_code"], column, row[column], found)
    return len(rows)


def check_quality(book, folder):
    with open(f"{folder}/audit.json", encoding="utf-8") as file:
        files = json.load(file)["files"]
    _, rows = book.table("Data quality")
    for row, told in zip(rows, files, strict=True):
        pairs = [("file", told["name"]), ("rows_read", told.get("rows_read")),
                 ("rows_kept", told.get("rows_kept")), ("sha256", told.get("sha256")),
                 ("rows_out_of_scope", told.get("rows_out_of_scope")),
                 ("rows_rejected", told.get("rows_rejected")),
                 ("items", told.get("items_of_all_rows")),
                 ("actual_cost_gbp", told.get("actual_cost_gbp_of_all_rows")),
                 ("indicative_cost_gbp", told.get("indicative_cost_gbp_of_all_rows"))]
        for column, expected in pairs:
            if row[column] != expected:
                fail("Data quality", column, row[column], expected)
    return len(rows)


def check_charts(book):
    """Each chart has a title and a sentence, and draws rows of the tables."""
    charts = [p for p in book.parts if p.startswith("xl/charts/chart")]
    drawn = [d for p, text in book.parts.items() if p.startswith("xl/drawings/drawing")
             for d in ET.fromstring(text).iter(DRAWN + "cNvPr")]
    if len(drawn) != len(charts) or any(len(d.get("descr", "")) < 40 for d in drawn):
        fail("a chart without a sentence")
    for chart in charts:
        text = book.parts[chart].decode()
        if "<c:title>" not in text or "<c:f>" not in text:
            fail(chart, "has no title or no numbers")
    return len(charts)


def main(folder, path, charts):
    book = Workbook(path)
    rows = 0
    for sheet, name in FILES.items():
        if sheet in book.sheets:
            rows += check_list(book, folder, sheet, name)
    if "Practices" in book.sheets:
        rows += check_practices(book, folder)
    if "Data quality" in book.sheets:
        rows += check_quality(book, folder)
    contents = {row["sheet"] for row in book.table("Contents")[1]}
    if contents != set(book.sheets) - {"Cover", "Contents", "Notes"}:
        fail("the contents are not the sheets:", contents, list(book.sheets))
    for sheet in ("Notes", "Definitions", "Columns"):
        book.table(sheet)
    drawn = check_charts(book) if charts else 0
    print(f"{rows} rows, {numbers} numbers, {drawn} charts, {len(book.sheets)} sheets")


names = [name for name in sys.argv[1:] if not name.startswith("--")]
main(names[0], names[1] if len(names) > 1 else names[0] + "/canister.xlsx",
     "--tables" not in sys.argv)
