// Reads the server's address from its input, once more after the server was restarted.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { ShapeClient } from "./ShapeClient.js";
import { ClientError } from "./typedchannels.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const nextLine = async () => (await lines.next()).value;
const next = (client, on) => new Promise(resolve => { const stop = on(value => { stop(); resolve(value); }); });
const onceOn = (client, channel) => next(client, handler => client.on(channel, handler));

let address = await nextLine();
const client = new ShapeClient(address);
const errors = [];
client.onMessageError(error => errors.push([error.code, error.channel, error.refusedBy]));
await client.connect();
assert.equal(client.isAlive, true);

const welcome = onceOn(client, "welcome");
client.sendName({ value: "alice" });
assert.deepEqual(await welcome, { name: "alice", connections: 1 });

const chat = onceOn(client, "chat");
client.sendChat({ text: "hi" });
assert.deepEqual(await chat, { text: "hi", from: { id: "00000000-0000-0000-0000-000000000000", name: "alice" }, at: "1970-01-01T00:00:00+00:00" });

const ticked = onceOn(client, "tick");
client.sendTick();
assert.deepEqual(await ticked, {});

// There and back, with every kind of value; the discriminators are not where the server needs them.
const values = JSON.parse(readFileSync("values.json", "utf8"));
const { $type, ...circle } = values.shape;
const echoed = onceOn(client, "values");
client.sendValues({ ...values, shape: { ...circle, $type } });
assert.deepEqual(await echoed, values);
const tagged = onceOn(client, "values");
client.sendValues({ ...values, shape: { kind: "any", label: null, $type: "tagged" } });
assert.deepEqual((await tagged).shape, { kind: "any", label: null, $type: "tagged" });

const hostile = { node: { text: "t" }, other: { depth: 1, next: { depth: 2, next: null } }, boxed: { item: { text: "t" }, more: [] }, otherBoxed: { item: { depth: 1, next: null }, more: [] }, maybe: { item: null, more: [null, "x"] } };
for (const name of ["any", "string", "class", "record", "array", "promise", "map", "object", "error", "client", "clientError", "contract", "shapeClient", "shapeClientReceives", "größe"]) hostile[name] = { a: 1 };
const types = onceOn(client, "hostile types");
client.sendHostileTypes(hostile);
assert.deepEqual(await types, hostile);

const quoted = onceOn(client, "\"quoted\" \\ '` ${x} \u2028 */ 🙂");
client.sendQuoted(JSON.parse('{"__proto__":1,"constructor":2,"toString":3,"new":3,"readonly":4,"get":5,"function":6,"a-b":7,"":8,"1":9,"\\" \\\\ \\n */":10,"é":11}'));
assert.equal((await quoted).toString, 3);

const proto = onceOn(client, "__proto__");
client.sendProto({ a: 5 });
assert.deepEqual(await proto, { a: 5 });

// What the server refuses.
let refused = next(client, handler => client.onMessageError(handler));
client.sendChat({ text: 1 });
await refused;
refused = next(client, handler => client.onMessageError(handler));
client.sendOrder({ what: "Fail" });
await refused;
assert.deepEqual(errors, [["InvalidMessage", "chat", "server"], ["HandlerFailed", "order", "server"]]);

const ended = next(client, handler => client.onDisconnect(handler));
client.sendOrder({ what: "Close", code: 4321 });
assert.deepEqual(await ended, { code: 4321, reason: "as ordered", wasClean: true, willReconnect: false, unsent: 0 });
assert.throws(() => client.sendTick(), error => error instanceof ClientError && error.code === "NotAlive");

// A server that is stopped, and started again at another address.
let known = address;
const loyal = new ShapeClient(() => known, { reconnect: { firstDelay: 10, maxDelay: 50 }, queueWhileReconnecting: true });
const events = [];
loyal.onReconnected(() => { events.push("reconnected"); loyal.sendName({ value: "again" }); });
const lost = next(loyal, handler => loyal.onDisconnect(handler));
const back = next(loyal, handler => loyal.onReconnected(handler));
await loyal.connect();
loyal.sendName({ value: "restart" });
const end = await lost;
assert.deepEqual([end.code, end.willReconnect], [1001, true]);
const said = onceOn(loyal, "chat");
loyal.sendChat({ text: "was sent while nobody was there" });
known = await nextLine();
await back;
assert.equal((await said).from.name, "again");
await loyal.disconnect(4000, "done");
await assert.rejects(new ShapeClient(address).connect(), error => error.code === "ConnectionRefused");
console.log("ok");
process.exit(0);
