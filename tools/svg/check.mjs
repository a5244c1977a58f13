// Checks in a real browser that the pictures of `sfnctl graph` are well-formed
// and that no text leaves its box with the fonts of this machine.
//
//   node tools/svg/check.mjs CHROMIUM FILE...
//
// Exit code 1 when something is wrong.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [chromium, ...files] = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: check.mjs CHROMIUM FILE...");
  process.exit(2);
}

// inspect runs in the browser.
function inspect(pictures) {
  const problems = [];
  let texts = 0;
  for (const { file, source } of pictures) {
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
    if (parsed.querySelector("parsererror")) {
      problems.push(`${file}: not well-formed`);
      continue;
    }
    const svg = document.importNode(parsed.documentElement, true);
    document.body.append(svg);
    for (const group of svg.querySelectorAll("g")) {
      const box = group.querySelector("path").getBBox();
      for (const text of group.querySelectorAll("text")) {
        texts++;
        const inked = text.getBBox();
        const beyond = Math.max(box.x - inked.x, inked.x + inked.width - box.x - box.width);
        if (beyond > 0.5) problems.push(`${file}: "${text.textContent}" leaves its box by ${beyond.toFixed(1)} px`);
      }
    }
    svg.remove();
  }
  return { texts, problems };
}

const page = join(mkdtempSync(join(tmpdir(), "svg-")), "page.html");
const pictures = JSON.stringify(files.map((file) => ({ file, source: readFileSync(file, "utf8") }))).replaceAll("<", "\\u003c");
writeFileSync(page, `<!DOCTYPE html><meta charset="utf-8"><body><script>${inspect}
const outcome = document.createElement("pre");
outcome.id = "outcome";
outcome.textContent = JSON.stringify(inspect(${pictures}));
document.body.append(outcome);
</script>`);
const dom = execFileSync(chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", "--dump-dom", pathToFileURL(page).href],
  { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
const outcome = /<pre id="outcome">([^]*?)<\/pre>/.exec(dom);
if (!outcome) {
  console.error("the browser did not finish");
  process.exit(1);
}
const text = outcome[1].replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
const { texts, problems } = JSON.parse(text);
for (const problem of problems) console.log(problem);
console.log(`${files.length} pictures with ${texts} texts, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
