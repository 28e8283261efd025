// Adds to each line of schemas ("gbnf") what llama.cpp's own converter makes of the schema, as llama-server tells it:
//   node with-gbnf.mjs path/to/llama-server path/to/model.gguf < rover.jsonl > rover-gbnf.jsonl
// Lines whose schema llama.cpp refuses stay as they are.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const [server, model] = process.argv.slice(2);
if (!server || !model) {
  console.error("usage: node with-gbnf.mjs LLAMA_SERVER MODEL < lines > lines");
  process.exit(2);
}
const port = await new Promise((done) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const child = spawn(server, ["-m", model, "--host", "127.0.0.1", "--port", port, "-c", "256", "-np", "1", "-t", "1", "--no-warmup"], { stdio: "ignore" });
child.on("error", (error) => {
  console.error(`${server}: ${error.message}`);
  process.exit(1);
});
const base = `http://127.0.0.1:${port}`;
try {
  let ready = false;
  for (let i = 0; i < 300 && !ready && child.exitCode === null; i++) {
    ready = await fetch(`${base}/health`).then((answer) => answer.ok, () => false);
    if (!ready) await new Promise((done) => setTimeout(done, 200));
  }
  if (!ready) throw new Error(`${server} does not start`);
  for await (const text of createInterface({ input: process.stdin })) {
    if (!text.trim()) continue;
    const line = JSON.parse(text);
    const answer = await fetch(`${base}/completion`, { method: "POST", body: JSON.stringify({ prompt: "x", n_predict: 0, json_schema: line.schema }) });
    const gbnf = answer.ok ? (await answer.json()).generation_settings?.grammar : undefined;
    console.log(JSON.stringify(gbnf ? { ...line, gbnf } : line));
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  child.kill();
}
