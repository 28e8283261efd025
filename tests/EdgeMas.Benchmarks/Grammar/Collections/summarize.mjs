// Holds the answers of 'edgemas grammar eval' against what ajv said. Usage: node summarize.mjs schemas.jsonl answers.jsonl
import { readFileSync } from "node:fs";

const lines = path => readFileSync(path, "utf8").split("\n").filter(Boolean).map(line => JSON.parse(line));
const [asked, answers] = [lines(process.argv[2]), lines(process.argv[3])];
if (asked.length !== answers.length) throw new Error(`${asked.length} schemas, ${answers.length} answers`);
const totals = {};
const reasons = {};
const wrong = [];
const times = [];
asked.forEach((line, i) => {
  const answer = answers[i];
  for (const name of [line.collection, "all"]) {
    const total = (totals[name] ??= { schemas: 0, compiled: 0, "judged by ajv": 0, verdicts: 0, valid: 0, wrong: 0 });
    total.schemas++;
    total.compiled += answer.compiled ? 1 : 0;
    total["judged by ajv"] += line.judged ? 1 : 0;
    answer.results.forEach((verdict, j) => {
      total.verdicts++;
      total.valid += line.tests[j].valid ? 1 : 0;
      if (verdict !== line.tests[j].valid) total.wrong++;
    });
  }
  times.push(answer.compile_ms);
  answer.results.forEach((verdict, j) => {
    if (verdict !== line.tests[j].valid) wrong.push(`${line.collection} ${line.name}: ajv says ${line.tests[j].valid} of ${JSON.stringify(line.tests[j].data)}`);
  });
  if (!answer.compiled) {
    const reason = answer.reason.replace(/^schema [^ ]*?(, keyword '([^']*)')?: /, (_, __, keyword) => `${keyword ?? ""}: `).replace(/'[^']*'/g, "…").slice(0, 110);
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
});
for (const total of Object.values(totals)) total["%"] = Math.round(1000 * total.compiled / total.schemas) / 10;
console.table(totals);
times.sort((a, b) => a - b);
console.log(`compile ms: p50 ${times[times.length >> 1].toFixed(2)}, p99 ${times[Math.floor(times.length * 0.99)].toFixed(1)}, most ${times.at(-1).toFixed(0)}`);
console.log("refused because of");
for (const [reason, count] of Object.entries(reasons).sort((a, b) => b[1] - a[1]).slice(0, 30)) console.log(`  ${String(count).padStart(5)}  ${reason}`);
if (wrong.length > 0) {
  console.log(`${wrong.length} wrong verdicts, the shortest:`);
  for (const text of wrong.sort((a, b) => a.length - b.length).slice(0, 10)) console.log(`  ${text.slice(0, 300)}`);
  process.exitCode = 1;
}
