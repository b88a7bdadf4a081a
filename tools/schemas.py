"""Holds every rule file against the JSON Schema that stands beside it.

    python3 tools/schemas.py rules [FILE...]

Without files: all of the folder.  Prints what is wrong with its path, exit 1."""

import json
import pathlib
import sys

import jsonschema

# The rule files that several of a folder's schemas could be meant for.
SCHEMA_OF = {"extracts": "extract", "factors": "factors", "measures": "measures", "switches": "switches",
             "registers": "register", "places": "places", "quantities": "quantities", "units": "units",
             "targets": "targets", "plan": "assumptions", "portals": "portals"}


def schema_of(path):
    beside = path.with_name(path.stem + ".schema.json")
    if beside.exists():
        return beside
    if path.parent.name == "products":
        for kind in ("patterns", "versions", "national_"):
            if path.name.startswith(kind):
                return path.with_name({"national_": "national_items"}.get(kind, kind) + ".schema.json")
    if path.name.startswith("gases") and path.parent.name in ("factors", "products"):
        return path.with_name("gases.schema.json")
    if path.name.startswith("small_") and path.parent.name == "measures":
        return path.with_name("small_denominators.schema.json")
    if path.name.startswith("caveats") and path.parent.name == "measures":
        return path.with_name("caveats.schema.json")
    if path.parent.name in SCHEMA_OF:
        return path.with_name(SCHEMA_OF[path.parent.name] + ".schema.json")
    return path.with_name("not_inhalers.schema.json" if path.name.startswith("not_") else "products.schema.json")


def complaints(path, schema_path):
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    validator.check_schema(schema)
    document = json.loads(path.read_text(encoding="utf-8"))
    for error in validator.iter_errors(document):
        yield "%s: /%s: %s" % (path, "/".join(map(str, error.path)), error.message)


def main(root, files):
    paths = [pathlib.Path(f) for f in files] or [
        p for p in sorted(pathlib.Path(root).rglob("*.json")) if ".schema." not in p.name]
    found = [c for p in paths for c in complaints(p, schema_of(p))]
    for complaint in found:
        print(complaint)
    if not paths:
        print("schemas: no rule file in %s" % root)
    return 1 if found or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
