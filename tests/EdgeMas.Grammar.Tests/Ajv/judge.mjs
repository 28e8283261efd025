// Judges instances with ajv. Reads lines {"schema": …, "instances": ["JSON text", …]} and writes a line for each: {"verdicts": [bool, …]}, or {"error": "…"}
// where ajv does not take the schema.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const addFormats = require("ajv-formats").default;
const dialects = { "2020": require("ajv/dist/2020").default, "7": require("ajv").default };
const options = { strict: false, allErrors: false, logger: false, validateSchema: true, allowUnionTypes: true };

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, instances, dialect = "2020" } = JSON.parse(line);
  let answer;
  try {
    const ajv = new dialects[dialect](options);
    addFormats(ajv);
    const validate = ajv.compile(schema);
    answer = { verdicts: instances.map(text => validate(JSON.parse(text))) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
