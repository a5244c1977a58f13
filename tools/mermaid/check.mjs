// Checks that Mermaid accepts what `sfnctl graph --format mermaid` writes.
//
//   npm install mermaid jsdom          (in any folder; run from there)
//   node .../tools/mermaid/check.mjs [--chromium PATH] FILE...
//
// Every FILE holds one diagram. Each is parsed in this process. With --chromium
// each is also drawn in that browser, as a code forge does, with the security
// level "strict". Exit code 1 when a diagram is refused.

import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const files = process.argv.slice(2);
let chromium = "";
if (files[0] === "--chromium") {
  chromium = files[1];
  files.splice(0, 2);
}
if (files.length === 0) {
  console.error("usage: check.mjs [--chromium PATH] FILE...");
  process.exit(2);
}

const diagrams = files.map((file) => ({ file, source: readFileSync(file, "utf8") }));
const refused = [...(await parseAll()), ...(chromium ? drawAll() : [])];
for (const { file, problem } of refused) console.log(`${file}: ${problem}`);
console.log(`${diagrams.length} diagrams, ${refused.length} refused`);
process.exit(refused.length > 0 ? 1 : 0);

async function parseAll() {
  const { JSDOM } = require("jsdom");
  const { window } = new JSDOM("");
  globalThis.window = window;
  globalThis.document = window.document;
  const { default: mermaid } = await import(pathToFileURL(packageFile("dist/mermaid.core.mjs")));
  mermaid.initialize({ maxEdges: 5000, maxTextSize: 1000000 });
  const refused = [];
  for (const { file, source } of diagrams) {
    try {
      await mermaid.parse(source);
    } catch (error) {
      refused.push({ file, problem: String(error.message ?? error) });
    }
  }
  return refused;
}

// drawAll lets a browser draw all diagrams on one page and reads the outcome.
function drawAll() {
  const page = join(mkdtempSync(join(tmpdir(), "mermaid-")), "page.html");
  const script = readFileSync(packageFile("dist/mermaid.min.js"), "utf8").replaceAll("</script", "<\\/script");
  const data = JSON.stringify(diagrams).replaceAll("<", "\\u003c");
  writeFileSync(page, `<!DOCTYPE html><meta charset="utf-8"><script>${script}</script><pre id="outcome">none</pre><script>
const diagrams = ${data};
mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxEdges: 5000, maxTextSize: 1000000 });
(async () => {
  const refused = [];
  for (const [i, { file, source }] of diagrams.entries()) {
    try {
      const { svg } = await mermaid.render("d" + i, source);
      if (/<script|onerror=/.test(svg)) refused.push({ file, problem: "the drawing holds a script" });
      else if (!svg.includes("<svg")) refused.push({ file, problem: "no drawing" });
    } catch (error) {
      refused.push({ file, problem: "drawing: " + (error.message ?? error) });
    }
  }
  document.getElementById("outcome").textContent = JSON.stringify(refused);
})();
</script>`);
  const dom = execFileSync(chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=600000", "--dump-dom", pathToFileURL(page).href],
    { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
  const outcome = /<pre id="outcome">([^]*?)<\/pre>/.exec(dom);
  if (!outcome || outcome[1] === "none") return [{ file: "(all)", problem: "the browser did not finish" }];
  const text = outcome[1].replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  return JSON.parse(text);
}

// packageFile finds a file of the installed package mermaid.
function packageFile(name) {
  let dir = process.cwd();
  for (;;) {
    const candidate = join(dir, "node_modules", "mermaid", name);
    try {
      readFileSync(candidate);
      return candidate;
    } catch {
      if (dirname(dir) === dir) throw new Error(`npm install mermaid first: ${name} is not there`);
      dir = dirname(dir);
    }
  }
}
