// Reads the traces that are named with the library that viewers use, and holds every
// message of /log and /scene against the published schemas. Prints what it found.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";

// The packages lie where npm ci has put them.
const packages = createRequire(process.env.HARMPROOF_VIEWERS + "/");
const Ajv = packages("ajv");
const { decompress } = packages("fzstd");
const { McapIndexedReader, McapStreamReader } = packages("@mcap/core");
const published = packages("@foxglove/schemas/jsonschema");
const schemas = { "foxglove.Log": published.Log, "foxglove.SceneUpdate": published.SceneUpdate };
const decompressHandlers = { zstd: (data, size) => decompress(data, new Uint8Array(Number(size))) };
const ajv = new Ajv({ strict: false, allErrors: true });
const plain = (x) => JSON.parse(JSON.stringify(x, (key, value) => (key === "description" || key === "$comment" ? undefined : value)));

function fail(text) {
  console.error(text);
  process.exit(1);
}

for (const name of process.argv.slice(2)) {
  const file = await readFile(name);
  const readable = {
    size: async () => BigInt(file.length),
    read: async (offset, size) => new Uint8Array(file.buffer, file.byteOffset + Number(offset), Number(size)),
  };
  const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
  const found = { file: name, topics: {}, devices: 0 };
  const validators = new Map();
  for (const channel of reader.channelsById.values()) {
    const schema = reader.schemasById.get(channel.schemaId);
    if (!(schema.name in schemas)) continue;
    if (schema.encoding !== "jsonschema" || channel.messageEncoding !== "json") fail(`${channel.topic}: ${schema.encoding}, ${channel.messageEncoding}`);
    const carried = JSON.parse(new TextDecoder().decode(schema.data));
    if (!isDeepStrictEqual(plain(carried), plain(schemas[schema.name]))) fail(`${schema.name} is not the schema that is published`);
    validators.set(channel.id, ajv.compile(schemas[schema.name]));
  }
  if (validators.size !== 2) fail(`${validators.size} channels for viewers`);
  let last = 0n;
  for await (const message of reader.readMessages()) {
    const { topic } = reader.channelsById.get(message.channelId);
    found.topics[topic] = (found.topics[topic] ?? 0) + 1;
    if (message.logTime < last) fail(`${topic}: a message at ${message.logTime} after one at ${last}`);
    last = message.logTime;
    const valid = validators.get(message.channelId);
    if (!valid) continue;
    const body = JSON.parse(new TextDecoder().decode(message.data));
    if (!valid(body)) fail(`${topic} at ${message.logTime}: ${ajv.errorsText(valid.errors)}`);
    const stamp = body.timestamp ?? body.entities[0].timestamp;
    if (BigInt(stamp.sec) * 1000000000n + BigInt(stamp.nsec) !== message.logTime) fail(`${topic} at ${message.logTime} says ${JSON.stringify(stamp)}`);
    if (body.entities) found.devices = Math.max(found.devices, new Set(body.entities.map((e) => e.id)).size);
  }
  const stream = new McapStreamReader({ decompressHandlers, validateCrcs: true });
  stream.append(file);
  let streamed = 0;
  for (let record; (record = stream.nextRecord()); ) if (record.type === "Message") streamed++;
  const all = Object.values(found.topics).reduce((a, b) => a + b, 0);
  if (streamed !== all || BigInt(all) !== reader.statistics.messageCount) fail(`${streamed} messages in order, ${all} by index, ${reader.statistics.messageCount} in the summary`);
  console.log(JSON.stringify(found));
}
