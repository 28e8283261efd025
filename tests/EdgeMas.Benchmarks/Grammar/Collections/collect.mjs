// Gathers the JSON Schemas of the packages installed in a folder, with instances that ajv has judged, and writes them as JSON lines for 'edgemas grammar eval'.
// Usage: node collect.mjs FOLDER [COLLECTION…] > schemas.jsonl
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const chosen = process.argv.slice(3);
const modules = join(folder, "node_modules");
const require = createRequire(join(folder, "package.json"));
const read = path => JSON.parse(readFileSync(join(modules, path), "utf8"));
const addFormats = require("ajv-formats").default;
const dialects = [["2020-12", require("ajv/dist/2020").default], ["2019-09", require("ajv/dist/2019").default], ["", require("ajv").default]];
const standardFormats = ["date", "time", "date-time", "duration", "uuid", "ipv4", "ipv6", "hostname", "json-pointer", "email", "uri", "uri-reference", "uri-template"];
const isMap = value => value !== null && typeof value === "object" && !Array.isArray(value);

/** The schema at a pointer prefix with all that it refers to, as a document of its own. */
function cutOut(schema, prefix, definitions) {
  const needed = {};
  const rewrite = part => {
    if (Array.isArray(part)) return part.map(rewrite);
    if (!isMap(part)) return part;
    const copy = {};
    for (const [key, value] of Object.entries(part)) {
      if (key === "$ref" && typeof value === "string" && value.startsWith(prefix)) {
        const name = decodeURIComponent(value.slice(prefix.length)).split("/")[0];
        if (!(name in needed)) {
          needed[name] = true;
          needed[name] = rewrite(definitions[name] ?? {});
        }
        copy[key] = "#/$defs/" + value.slice(prefix.length);
      } else {
        copy[key] = rewrite(value);
      }
    }
    return copy;
  };
  const root = rewrite(schema);
  return Object.keys(needed).length === 0 ? root : { ...root, $defs: needed };
}

/** OpenAPI 3.0 says "nullable" where JSON Schema lists null among the types. */
function fromOpenApi(part) {
  if (Array.isArray(part)) return part.map(fromOpenApi);
  if (!isMap(part)) return part;
  const copy = Object.fromEntries(Object.entries(part).filter(([key]) => key !== "example" && key !== "examples").map(([key, value]) => [key, fromOpenApi(value)]));
  if (part.nullable === true && typeof part.type === "string") {
    copy.type = [part.type, "null"];
    if (Array.isArray(part.enum) && !part.enum.includes(null)) copy.enum = [...part.enum, null];
  }
  return copy;
}

const collections = {
  *"github-api"() {
    const api = read("@octokit/openapi/generated/api.github.com.json");
    const definitions = fromOpenApi(api.components.schemas);
    for (const name of Object.keys(definitions)) yield [name, cutOut(definitions[name], "#/components/schemas/", definitions), []];
    for (const [path, methods] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const bodies = [["request", operation.requestBody], ...Object.entries(operation.responses ?? {})];
        for (const [which, body] of bodies) {
          const content = body?.content?.["application/json"];
          if (!content?.schema || Object.keys(content.schema).length === 0) continue;
          const examples = Object.values(content.examples ?? {}).map(e => e.$ref ? api.components.examples[e.$ref.split("/").at(-1)]?.value : e.value).filter(v => v !== undefined);
          if (content.schema.$ref && examples.length === 0) continue; // it is there already
          yield [`${method} ${path} ${which}`, cutOut(fromOpenApi(content.schema), "#/components/schemas/", definitions), examples];
        }
      }
    }
  },
  *"github-webhooks"() {
    const { definitions } = read("@octokit/webhooks-schemas/schema.json");
    const examples = Object.fromEntries(read("@octokit/webhooks-examples/api.github.com/index.json").map(e => [e.name, e.examples]));
    for (const name of Object.keys(definitions)) {
      const event = name.split("$")[0].replace(/_event$/, "");
      yield [name, cutOut(definitions[name], "#/definitions/", definitions), (examples[event] ?? []).slice(0, 6)];
    }
  },
  *kubernetes() {
    const specs = "kubernetes-client/lib/specs";
    const { definitions } = JSON.parse(gunzipSync(readFileSync(join(modules, specs, "swagger-1.13.json.gz"))));
    for (const name of Object.keys(definitions)) yield [name, cutOut(definitions[name], "#/definitions/", definitions), []];
  },
  *"vega-lite"() {
    const { definitions } = read("vega-lite/build/vega-lite-schema.json");
    for (const name of Object.keys(definitions)) yield [name, cutOut(definitions[name], "#/definitions/", definitions), []];
  },
  *eslint() {
    for (const plugin of readdirSync(modules).flatMap(n => n.startsWith("@") ? readdirSync(join(modules, n)).map(p => `${n}/${p}`) : [n]).filter(n => n === "eslint" || /eslint-plugin/.test(n))) {
      let rules;
      try {
        rules = plugin === "eslint" ? Object.fromEntries(new (require("eslint").Linter)({ configType: "eslintrc" }).getRules()) : (m => m.rules ?? m.default?.rules)(require(plugin));
      } catch {
        process.stderr.write(`${plugin}: not read, it is no CommonJS module\n`);
        continue;
      }
      for (const [name, rule] of Object.entries(rules ?? {})) {
        const schema = rule?.meta?.schema;
        if (Array.isArray(schema) && schema.length > 0)
          yield [`${plugin}/${name}`, { $schema: "http://json-schema.org/draft-07/schema#", type: "array", items: schema, maxItems: schema.length }, []];
        else if (isMap(schema) && Object.keys(schema).length > 0)
          yield [`${plugin}/${name}`, { $schema: "http://json-schema.org/draft-07/schema#", ...schema }, []];
      }
    }
  },
  *files() {
    for (const start of ["@adobe/reactor-turbine-schemas/schemas", "@asyncapi/specs/schemas", "@interopio/schemas/schemas", "@schematics/angular", "webpack/schemas"]) {
      for (const file of readdirSync(join(modules, start), { recursive: true }).filter(f => f.endsWith(".json") && !f.includes("node_modules") && !/(^|\/)(package|collection|migrations)\.json$/.test(f)).sort()) {
        const schema = JSON.parse(readFileSync(join(modules, start, file), "utf8").replace(/^\uFEFF/, ""));
        if (isMap(schema) && ("type" in schema || "$ref" in schema || "properties" in schema || "oneOf" in schema || "anyOf" in schema)) yield [`${start}/${file}`, schema, []];
      }
    }
  },
};

// --- instances -------------------------------------------------------------------------------------------------------
let seed = 1;
const random = n => (seed = (seed * 1103515245 + 12345) & 0x7fffffff, Math.floor(seed / 0x7fffffff * n) % n);
const pick = list => list[random(list.length)];
const scalars = [null, true, false, 0, 1, -1, 7, 2.5, "", "a", "https://example.com/x", "2024-02-29T12:00:00Z", "main", [], {}];

function guess(schema, root, depth) {
  if (!isMap(schema) || depth <= 0) return pick(scalars);
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return pick(schema.enum);
  if (typeof schema.$ref === "string") {
    let target = root;
    for (const part of schema.$ref.split("/").slice(1)) target = target?.[decodeURIComponent(part).replace(/~1/g, "/").replace(/~0/g, "~")];
    return guess(target, root, depth - 1);
  }
  for (const key of ["oneOf", "anyOf"]) if (Array.isArray(schema[key]) && !schema.properties) return guess(pick(schema[key]), root, depth - 1);
  if (Array.isArray(schema.allOf)) {
    const parts = schema.allOf.map(part => guess(part, root, depth - 1));
    return parts.every(isMap) ? Object.assign(schema.properties ? guess({ ...schema, allOf: undefined }, root, depth) : {}, ...parts) : parts[0];
  }
  const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type ?? (schema.properties ? "object" : schema.items ? "array" : "any");
  switch (type) {
    case "null": return null;
    case "boolean": return random(2) === 0;
    case "integer": return (schema.minimum ?? 0) + random(9);
    case "number": return pick([(schema.minimum ?? 0) + random(9), 0.5]);
    case "string": return { "date-time": "2024-02-29T12:00:00Z", date: "2024-02-29", uri: "https://example.com/x", email: "a@example.com", uuid: "123e4567-e89b-12d3-a456-426614174000", ipv4: "10.0.0.1", hostname: "example.com" }[schema.format] ?? pick(["a", "", "main", "ab-1", "0123456789", "A"]);
    case "array": {
      const first = Array.isArray(schema.items) ? schema.items : schema.prefixItems ?? [];
      return Array.from({ length: Math.min(Math.max(schema.minItems ?? 0, random(3)), schema.maxItems ?? 9, 9) }, (_, i) => guess(first[i] ?? (isMap(schema.items) ? schema.items : true), root, depth - 1));
    }
    case "object": {
      const value = {};
      for (const [name, part] of Object.entries(schema.properties ?? {})) if (schema.required?.includes?.(name) || random(3) === 0) value[name] = guess(part, root, depth - 1);
      if (schema.additionalProperties !== false && random(4) === 0) value["other"] = guess(schema.additionalProperties, root, depth - 1);
      return value;
    }
    default: return pick(scalars);
  }
}

function mutate(value) {
  const copy = structuredClone(value);
  const keys = isMap(copy) ? Object.keys(copy) : [];
  if (Array.isArray(copy) && copy.length > 0 && random(3) > 0) copy[random(copy.length)] = random(2) ? pick(scalars) : mutate(pick(copy));
  else if (keys.length > 0 && random(5) > 0) {
    const key = pick(keys);
    if (random(3) === 0) delete copy[key];
    else copy[key] = random(2) ? pick(scalars) : mutate(copy[key]);
  } else return pick(scalars);
  return copy;
}

/** Instances with ajv's verdicts; none where ajv does not take the schema. */
function judge(schema, examples) {
  const dialect = dialects.find(([name]) => (schema.$schema ?? "2020-12").includes(name))[1];
  let validate;
  try {
    const ajv = new dialect({ strict: false, logger: false, validateSchema: false });
    addFormats(ajv, standardFormats);
    validate = ajv.compile(schema);
  } catch {
    return null;
  }
  const instances = [...examples, ...examples.slice(0, 3).map(mutate), ...Array.from({ length: 5 }, () => guess(schema, schema, 6))];
  instances.push(...instances.slice(-5).map(mutate));
  const tests = [];
  for (const data of instances) {
    try {
      tests.push({ data, valid: validate(data) });
    } catch {
      // ajv cannot follow a schema that refers to itself without end: no verdict
    }
  }
  return tests;
}

const seen = new Set();
for (const [collection, schemas] of Object.entries(collections)) {
  if (chosen.length > 0 && !chosen.includes(collection)) continue;
  for (const [name, schema, examples] of schemas()) {
    const text = JSON.stringify(schema);
    if (seen.has(text)) continue;
    seen.add(text);
    const tests = judge(schema, examples);
    process.stdout.write(JSON.stringify({ collection, name, schema, tests: tests ?? [], judged: tests !== null }) + "\n");
  }
}
