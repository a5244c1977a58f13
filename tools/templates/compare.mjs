// Compares how many states sfnctl reads in templates with what the tools read
// that deploy them: aws-cdk-lib's CfnInclude for CloudFormation and SAM, and the
// Serverless Framework with its own variables, for the machines that
// serverless-step-functions deploys. They share no code with sfnctl.
//
//   npm install aws-cdk-lib constructs js-yaml serverless@3
//   node tools/templates/compare.mjs SFNCTL FILE...
//
// Prints one line for each state machine; exit code 1 when sfnctl reads fewer
// states of one than the other tool.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

const require = createRequire(join(process.cwd(), "x.js"));
const yaml = require("js-yaml");
const [sfnctl, ...files] = process.argv.slice(2);
if (files.length === 0) {
  console.error("usage: compare.mjs SFNCTL FILE...");
  process.exit(2);
}

// countStates counts the states of a definition, those of branches and
// processors among them.
function countStates(node) {
  if (node === null || typeof node !== "object") return 0;
  if (Array.isArray(node)) return node.reduce((sum, item) => sum + countStates(item), 0);
  let sum = 0;
  for (const [key, value] of Object.entries(node)) {
    if (key === "States" && value && typeof value === "object") sum += Object.keys(value).length;
    sum += countStates(value);
  }
  return sum;
}

// parse reads the text of a definition, whose placeholders may stand for
// anything.
function parse(text) {
  for (const value of ["0", '"0"', "x"]) {
    try {
      return yaml.load(text.replace(/\$\{[^{}]*\}/g, value));
    } catch {
      // try the next value
    }
  }
  return undefined;
}

// textOf puts the text of a DefinitionString together.
function textOf(value) {
  if (typeof value === "string") return value;
  if (value?.["Fn::Sub"]) return [value["Fn::Sub"]].flat()[0];
  if (value?.["Fn::Join"]) return value["Fn::Join"][1].map((v) => (typeof v === "string" ? v : "0")).join(value["Fn::Join"][0]);
  return undefined;
}

// included returns the states of each machine as the AWS CDK reads the template.
function included(file) {
  const { App, Stack, cloudformation_include } = require("aws-cdk-lib");
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), "cdk-")) });
  const stack = new Stack(app, "Stack");
  new cloudformation_include.CfnInclude(stack, "Template", { templateFile: file });
  const template = app.synth().getStackByName("Stack").template;
  const counts = {};
  for (const [name, { Type, Properties = {} }] of Object.entries(template.Resources)) {
    if (!/^AWS::(StepFunctions|Serverless)::StateMachine$/.test(Type)) continue;
    const { Definition, DefinitionString, DefinitionUri } = Properties;
    if (Definition) counts[name] = countStates(Definition);
    else if (textOf(DefinitionString)) counts[name] = countStates(parse(textOf(DefinitionString)));
    else if (typeof DefinitionUri === "string") counts[name] = countStates(parse(readFileSync(join(dirname(file), DefinitionUri), "utf8")));
    else counts[name] = 0;
  }
  return counts;
}

// printed returns the states of each machine as the Serverless Framework prints
// its configuration, without the plugins that are not installed.
function printed(file) {
  const dir = join(mkdtempSync(join(tmpdir(), "sls-")), "service");
  cpSync(dirname(file), dir, { recursive: true });
  const text = readFileSync(file, "utf8").replace(/^plugins:.*\n(?:[ -].*\n|\n)*/m, "");
  writeFileSync(join(dir, basename(file)), text);
  const bin = join(process.cwd(), "node_modules/.bin/serverless");
  const run = spawnSync(bin, ["print", "--format", "json", "--config", basename(file)], { cwd: dir, encoding: "utf8" });
  rmSync(dir, { recursive: true });
  if (run.status !== 0) throw new Error(/Error:\n(.*)/.exec(run.stderr + run.stdout)?.[1] ?? "serverless print fails");
  const counts = {};
  for (const [name, machine] of Object.entries(JSON.parse(run.stdout).stepFunctions?.stateMachines ?? {})) {
    counts[name] = countStates(typeof machine.definition === "string" ? parse(machine.definition) : machine.definition);
  }
  return counts;
}

// read returns how many states sfnctl draws of a machine; undefined when it does
// not read it.
function read(file, name) {
  try {
    const drawn = execFileSync(sfnctl, ["graph", "--format", "json", `${file}#${name}`], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 });
    const ids = new Set();
    const visit = (node) => {
      if (Array.isArray(node)) node.forEach(visit);
      else if (node && typeof node === "object") {
        if ("type" in node && "id" in node) ids.add(node.id);
        Object.values(node).forEach(visit);
      }
    };
    visit(JSON.parse(drawn));
    return ids.size;
  } catch {
    return undefined;
  }
}

const total = { same: 0, more: 0, fewer: 0, other: 0 };
for (const file of files) {
  let counts;
  try {
    counts = /serverless[^/]*\.ya?ml$/.test(file) ? printed(file) : included(file);
  } catch (error) {
    total.other++;
    console.log(`${file}: the other tool fails: ${String(error.message).split("\n")[0].slice(0, 100)}`);
    continue;
  }
  for (const [name, want] of Object.entries(counts)) {
    const got = read(file, name) ?? 0;
    const outcome = got === want ? "same" : got > want ? "more" : "fewer";
    total[outcome]++;
    console.log(`${file}#${name}: ${outcome}: ${got} states, the other tool ${want}`);
  }
}
console.log(JSON.stringify(total));
process.exit(total.fewer > 0 ? 1 : 0);
