// Builds the style sheets, fonts and icons of the web doors into src/tragitto/web/parts/static/tragitto.
//
// sass -> rtlcss -> purge -> minify. rtlcss reads the un-minified sheet, because minifying drops the
// comments that carry its instructions.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import rtlcss from "rtlcss";
import * as sass from "sass";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const MODULES = join(ROOT, "node_modules");
const OUT = process.env.TRAGITTO_ASSETS_OUT || join(ROOT, "src/tragitto/web/parts/static/tragitto");
const KIT = join(MODULES, "bootstrap-italia/src");
const FONTS = [
  ["titillium-web", "latin", [400, 600, 700]],
  ["titillium-web", "latin-ext", [400, 700]],
  ["noto-sans-arabic", "arabic", [400]],
];
const LICENCES = ["bootstrap-italia", "@fontsource/titillium-web", "@fontsource/noto-sans-arabic"];

/** The sheet as sass writes it, un-minified. The kit still uses @import, so its own warnings are silenced. */
function compile(name) {
  return sass.compile(join(ROOT, `assets/scss/${name}.scss`), {
    loadPaths: [join(KIT, "scss"), join(ROOT, "assets/scss")],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function", "slash-div"],
  }).css;
}

/** Of the kit, only what a template or a Python file of the web doors can ask for. */
async function purge(css) {
  const [result] = await new PurgeCSS().purge({
    content: [join(ROOT, "src/tragitto/web/**/*.html"), join(ROOT, "src/tragitto/web/**/*.py")],
    css: [{ raw: css }],
    keyframes: true,
    variables: true,
    // Widgets bring their classes and types from Python, Django's own and ours.
    dynamicAttributes: ["type", "dir", "lang", "open", "disabled", "readonly", "multiple"],
    safelist: { standard: ["active", "disabled"] },
  });
  return result.css;
}

/** Minified for every browser: without targets the logical properties stay logical. */
function minify(css, filename) {
  return transform({ filename, code: Buffer.from(css), minify: true, errorRecovery: false }).code;
}

function write(name, content) {
  writeFileSync(join(OUT, name), content);
  process.stdout.write(`  ${name} ${(content.length / 1024).toFixed(1)} kB\n`);
}

function copyFonts() {
  mkdirSync(join(OUT, "fonts"), { recursive: true });
  for (const [family, subset, weights] of FONTS) {
    for (const weight of weights) {
      const file = `${family}-${subset}-${weight}-normal.woff2`;
      copyFileSync(join(MODULES, "@fontsource", family, "files", file), join(OUT, "fonts", file));
    }
  }
}

/** {name: path markup} for the icon tag, which writes each one into the page that shows it. */
function icons() {
  const names = JSON.parse(readFileSync(join(ROOT, "assets/icons.json"), "utf8"));
  const entries = names.map((name) => {
    const svg = readFileSync(join(KIT, "svg", `${name}.svg`), "utf8");
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "");
    return [name, body.replace(/\s+/g, " ").replace(/ ?\/>/g, "/>").trim()];
  });
  return JSON.stringify(Object.fromEntries(entries), null, 0);
}

function licences() {
  return LICENCES.map((name) => {
    const { version, license } = JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
    const text = readFileSync(join(MODULES, name, "LICENSE"), "utf8");
    return `${name} ${version} (${license})\n\n${text}`;
  }).join("\n\n----\n\n");
}

/** One whole sheet: the faces, the purged kit, our own parts; turned around where the reading is. */
async function sheet(name, faces, turn) {
  const kit = await purge(turn(compile("kit")));
  const css = faces.map(compile).join("\n") + kit + turn(compile("house"));
  write(name, minify(css, name));
}

async function main() {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  await sheet("site.css", ["fonts-latin", "fonts-medium"], (css) => css);
  await sheet("site.rtl.css", ["fonts-latin", "fonts-arabic"], (css) => rtlcss.process(css));
  copyFonts();
  write("icons.json", icons());
  write("LICENCES.txt", licences());
}

await main();
