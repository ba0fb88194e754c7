// Builds the bundle that ships in the package, and records which sources it was built from.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "..", "src", "gongfu", "report", "web");
const LIBRARIES = ["preact", "htm", "echarts", "zrender", "tslib"];
const LIMIT = 450_000; // bytes, compressed

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
  loader: { ".css": "text" },
  define: { "process.env.NODE_ENV": '"production"' },
  banner: { js: await banner() },
  write: false,
});
const bundle = result.outputFiles[0].text;
const packed = gzipSync(bundle, { level: 9 }); // without name and time: the same sources, the same bytes
if (/<\/script|<!--/i.test(bundle)) throw new Error("the bundle would end its own script element");
if (packed.length > LIMIT) throw new Error(`the bundle has ${packed.length} bytes compressed, more than ${LIMIT}`);
await mkdir(out, { recursive: true });
await writeFile(join(out, "report.js.gz"), packed);
await writeFile(join(out, "LICENSES.txt"), await licences());
await writeFile(join(out, "sources.sha256"), await sourceHashes());
console.log(`report.js.gz: ${bundle.length} bytes, ${packed.length} compressed`);

/** Names, versions and licences of what is bundled. */
async function banner() {
  const lines = await Promise.all(
    LIBRARIES.map(async (name) => {
      const about = JSON.parse(await readFile(join(here, "node_modules", name, "package.json"), "utf8"));
      return ` * ${name} ${about.version}: ${about.license}`;
    }),
  );
  return `/*! gongfu report, Apache-2.0. Holds, with their licences in LICENSES.txt beside this file:\n${lines.join("\n")}\n */`;
}

/** Licence texts of what is bundled, and the notices they ask to pass on. */
async function licences() {
  const parts = [];
  for (const name of LIBRARIES) {
    const folder = join(here, "node_modules", name);
    const kept = (await readdir(folder)).filter((one) => /^(LICENSE|NOTICE)/.test(one)).sort();
    for (const one of kept)
      parts.push(`==== ${name}: ${one} ====\n\n${(await readFile(join(folder, one), "utf8")).trim()}\n`);
  }
  return parts.join("\n").replaceAll("\r\n", "\n");
}

/** One line per source: hash, two spaces, path. Line ends are made equal on every machine. */
async function sourceHashes() {
  const names = await readdir(join(here, "src"), { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const all = [...files, ...["build.mjs", "package.json", "package-lock.json", "tsconfig.json"].map((one) => join(here, one))];
  const lines = await Promise.all(
    all.map(async (file) => {
      const text = (await readFile(file, "utf8")).replaceAll("\r\n", "\n");
      return `${createHash("sha256").update(text).digest("hex")}  ${relative(here, file).split(sep).join("/")}`;
    }),
  );
  return `${lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("\n")}\n`;
}
