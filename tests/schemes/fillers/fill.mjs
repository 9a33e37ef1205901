// Fills a form in with pdf.js, as Firefox does: into the annotation storage, then an incremental save.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , modules, input, output, words] = process.argv;
const library = createRequire(join(modules, "x.js")).resolve("pdfjs-dist/legacy/build/pdf.mjs");
const fonts = join(dirname(library), "..", "..", "standard_fonts") + "/";
const { getDocument } = await import(pathToFileURL(library).href);

const task = getDocument({ data: new Uint8Array(readFileSync(input)), standardFontDataUrl: fonts, verbosity: 0 });
const file = await task.promise;
const fields = await file.getFieldObjects();
for (const [name, value] of Object.entries(JSON.parse(readFileSync(words, "utf8")))) {
  for (const field of fields.get(name) ?? []) {
    file.annotationStorage.setValue(field.id, { value: field.type === "checkbox" ? true : value });
  }
}
writeFileSync(output, await file.saveDocument());
await task.destroy();
