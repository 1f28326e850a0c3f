#!/usr/bin/env python3
"""Check that chaff's JSON is what its schemas say: schemas.py CHAFF DATA

Every option that adds members is used. Needs Python's jsonschema, and installs it where it is missing.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import jsonschema
except ImportError:
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "jsonschema"], check=True)
    import jsonschema

SCHEMAS = Path(__file__).parent.parent / "Schemas"


def main(chaff, data):
    def rows(*words):
        out = subprocess.run([chaff, *words], check=True, capture_output=True, text=True).stdout
        return [json.loads(row) for row in out.split("\n") if row]

    def output(*words):
        found = rows(*words)
        assert len(found) == 1, f"{words}: {len(found)} objects"
        return found[0]

    with tempfile.TemporaryDirectory() as folder:
        model = f"{folder}/model"
        subprocess.run([chaff, "train", data, "--output", model], check=True, stdout=subprocess.DEVNULL)
        page = Path(folder) / "page.txt"
        page.write_text("Home\n\nThe vote passed by 7 to 2 late on Monday.\n", encoding="utf-8")
        strange = Path(folder) / "strange.tsv"
        strange.write_text("other\tHome\n", encoding="utf-8")
        pages = Path(folder) / "pages.jsonl"
        pages.write_text('{"text": "Home\\n\\nThe vote passed by 7 to 2."}\n\n{"id": 2, "text": "Sign in"}\n{"text": ""}\n', encoding="utf-8")
        texts = [
            ("evaluate", output("evaluate", data, "--json")),
            ("evaluate", output("evaluate", data, "--json", "--errors", "5", "--compare", model,
                                "--threshold-for", "content.recall=0.9", "--threshold-for", "donation.precision=1")),
            ("evaluate", output("evaluate", data, "--json", "--cross-validate", "3", "--errors", "1")),
            ("evaluate", output("evaluate", str(strange), "--json", "--errors", "1")),
            ("explain", output("explain", str(page), "--json")),
            ("explain", output("explain", str(page), "--json", "--lines-alone", "--against", "content/body")),
        ]
        texts += [("explain", text) for text in rows("explain", str(pages), "--json")]
        for words in (["classify", str(pages)], ["classify", str(pages), "--reasons", "3"], ["classify", str(page), "--format", "jsonl"]):
            texts += [("classify", text) for text in rows(*words)]
    for name, text in texts:
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        faults = list(jsonschema.Draft202012Validator(schema).iter_errors(text))
        for fault in faults[:10]:
            print(f"{name}: {fault.json_path}: {fault.message[:200]}")
        if faults:
            sys.exit(1)
    print(f"{len(texts)} texts are as the schemas say")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
