import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { FakeSocket, settled } from "./fake.mjs";
import { ShapeClient } from "./ShapeClient.js";
import { ClientError } from "./typedchannels.js";

const make = options => new ShapeClient("http://localhost:1/shapes", { WebSocket: FakeSocket, ...options });
const dial = async client => { const connected = client.connect(); await settled(); return { connected, socket: FakeSocket.last }; };
const connect = async (options) => {
  const client = make(options);
  const { connected, socket } = await dial(client);
  socket.ready();
  await connected;
  return { client, socket };
};
const fails = (code) => error => error instanceof ClientError && error instanceof Error && error.code === code && error.message.length > 0;
const told = client => { const seen = []; client.onMessageError(error => seen.push(error)); return seen; };

beforeEach(() => {
  FakeSocket.all.length = 0;
  mock.reset();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

// ---- connect and disconnect

test("connects when the server is ready and not before", async () => {
  const client = make();
  let isConnected = false;
  const { connected, socket } = await dial(client);
  connected.then(() => isConnected = true);
  assert.equal(socket.url.href, "ws://localhost:1/shapes");
  socket.open();
  await settled();
  assert.equal(isConnected, false);
  assert.equal(client.isAlive, false);
  socket.say("_system:status:ready", { later: 1 });
  await settled();
  assert.equal(isConnected, true);
  assert.equal(client.isAlive, true);
});

test("a second connect fails, and so does the first where nobody listens", async () => {
  const client = make();
  const { connected, socket } = await dial(client);
  await assert.rejects(client.connect(), fails("AlreadyConnecting"));
  socket.end();
  await assert.rejects(connected, fails("ConnectionRefused"));
  const again = await dial(client);
  again.socket.ready();
  await again.connected;
  await assert.rejects(client.connect(), fails("AlreadyConnected"));
});

test("a socket that tells of an error, and of no close, is refused", async () => {
  const { connected, socket } = await dial(make());
  socket.onerror({});
  await assert.rejects(connected, fails("ConnectionRefused"));
});

test("a server that closes before it is ready fails the handshake", async () => {
  const { connected, socket } = await dial(make());
  socket.open();
  socket.end(1011, "no");
  await assert.rejects(connected, error => fails("HandshakeFailed")(error) && error.message.includes("1011"));
});

test("connecting is bounded, and what comes after the bound is dropped", async () => {
  const client = make({ connectTimeout: 100 });
  const { connected, socket } = await dial(client);
  socket.open();
  mock.timers.tick(99);
  await settled();
  mock.timers.tick(1);
  await assert.rejects(connected, fails("ConnectTimeout"));
  assert.equal(socket.isClosed, true);
  socket.ready();
  assert.equal(client.isAlive, false);
});

test("an address that never comes is bounded too", async () => {
  const client = new ShapeClient(() => new Promise(() => {}), { WebSocket: FakeSocket });
  const connected = client.connect();
  mock.timers.tick(10_000);
  await assert.rejects(connected, fails("ConnectTimeout"));
  assert.equal(FakeSocket.all.length, 0);
});

test("an address that cannot be had fails with its cause", async () => {
  const cause = new Error("no token");
  await assert.rejects(
    new ShapeClient(() => { throw cause; }, { WebSocket: FakeSocket }).connect(), error => fails("HandshakeFailed")(error) && error.cause === cause);
  assert.throws(() => new ShapeClient("http://"), TypeError);
});

test("disconnect ends an attempt to connect", async () => {
  const client = make();
  const { connected, socket } = await dial(client);
  await client.disconnect();
  await assert.rejects(connected, fails("NotAlive"));
  assert.equal(socket.isClosed, true);
  await assert.rejects(client.disconnect(), fails("NotAlive"));
});

test("disconnect resolves when the connection is closed, tells so once, and allows to connect again", async () => {
  const { client, socket } = await connect({ reconnect: true });
  const ends = [];
  client.onDisconnect(end => ends.push(end));
  let isDone = false;
  const done = client.disconnect(4001, "bye").then(() => isDone = true);
  assert.equal(client.isAlive, false);
  assert.throws(() => client.sendTick(), fails("NotAlive"));
  socket.say("tick", {});
  await settled();
  assert.equal(isDone, false);
  socket.end(4001, "bye", true);
  socket.end(1006);
  await done;
  assert.deepEqual(ends, [{ code: 4001, reason: "bye", wasClean: true, willReconnect: false, unsent: 0 }]);
  const again = await dial(client);
  again.socket.ready();
  await again.connected;
});

test("disconnect is bounded where the server does not answer", async () => {
  const { client, socket } = await connect();
  const ends = [];
  client.onDisconnect(end => ends.push(end.code));
  const done = client.disconnect();
  assert.equal(client.disconnect(), done);
  mock.timers.tick(5_000);
  await done;
  socket.end(1000);
  assert.deepEqual(ends, [1006]);
});

test("a code that no program may close with rejects and changes nothing", async () => {
  const { client } = await connect();
  const done = client.disconnect(1001);
  await assert.rejects(done, { name: "InvalidAccessError" });
  assert.equal(client.isAlive, true);
});

// ---- sending

test("sends an envelope; a message without members may be left out", async () => {
  const { client, socket } = await connect();
  client.sendChat({ text: "é\u2028" });
  client.sendTick();
  assert.deepEqual(socket.sent, ['{"channel":"chat","message":{"text":"é\u2028"}}', '{"channel":"tick","message":{}}']);
});

test("without a connection a send fails", () => assert.throws(() => make().sendTick(), fails("NotAlive")));

test("a message over its channel's limit, in bytes, fails before it is sent", async () => {
  const { client, socket } = await connect();
  const envelope = '{"channel":"chat","message":{"text":""}}'.length;
  client.sendChat({ text: "x".repeat(256 - envelope) });
  assert.throws(() => client.sendChat({ text: "x".repeat(257 - envelope) }), fails("MessageTooLarge"));
  assert.throws(() => client.sendChat({ text: "é".repeat((258 - envelope) / 2) }), fails("MessageTooLarge"));
  assert.equal(socket.sent.length, 1);
});

test("what waits to be sent is bounded", async () => {
  const { client, socket } = await connect({ sendQueueBytes: 100 });
  socket.bufferedAmount = 80;
  assert.throws(() => client.sendTick(), fails("QueueFull"));
  assert.throws(() => client.sendName({ value: "x".repeat(100) }), fails("MessageTooLarge"));
  socket.bufferedAmount = 10;
  client.sendTick();
  assert.equal(client.isAlive, true);
});

test("numbers that JSON has not are not sent as null", async () => {
  const { client, socket } = await connect();
  for (const double of [NaN, Infinity, -Infinity]) assert.throws(() => client.sendValues({ double }), fails("InvalidMessage"));
  assert.equal(socket.sent.length, 0);
});

test("a discriminator is sent first, wherever it stands", async () => {
  const { client, socket } = await connect();
  client.sendValues({ shape: { radius: 1, $type: "circle" }, vehicle: { doors: 2, wheels: 4, kind: 1 }, list: [] });
  assert.equal(socket.sent[0], '{"channel":"values","message":{"shape":{"$type":"circle","radius":1},"vehicle":{"kind":1,"doors":2,"wheels":4},"list":[]}}');
});

test("a member called as another union's discriminator is not taken for one", async () => {
  const { client, socket } = await connect();
  const shape = { kind: "any", label: null, $type: "tagged" };
  client.sendValues({ vehicle: { wheels: 4, kind: 1 }, next: { shape } });
  assert.equal(socket.sent[0], '{"channel":"values","message":{"vehicle":{"kind":1,"wheels":4},"next":{"shape":{"$type":"tagged","kind":"any","label":null}}}}');
  assert.deepEqual(Object.keys(shape), ["kind", "label", "$type"]);
});

test("what writes itself is sent as it writes itself", async () => {
  const { client, socket } = await connect();
  client.sendValues({ shape: { toJSON: () => ({ radius: 1, $type: "circle" }) }, list: [] });
  assert.equal(socket.sent[0], '{"channel":"values","message":{"shape":{"$type":"circle","radius":1},"list":[]}}');
});

// ---- receiving

test("hands a message to every handler of its channel until it is removed", async () => {
  const { client, socket } = await connect();
  const seen = [];
  const handler = message => seen.push(message.text);
  const stop = client.on("chat", handler);
  client.on("chat", handler);
  const stopped = client.on("chat", () => stopped());
  socket.say("chat", { text: "a", from: null, at: null });
  stop();
  stop();
  socket.say("chat", { text: "b", from: null, at: null, more: "is ignored" });
  assert.deepEqual(seen, ["a", "a", "b"]);
  assert.throws(() => client.on("name", () => {}), TypeError);
});

test("names that every object has are channels and members like any other", async () => {
  const { client, socket } = await connect();
  const seen = [], errors = told(client);
  for (const channel of ["__proto__", "constructor"]) client.on(channel, message => seen.push([channel, message.a]));
  socket.say("__proto__", { a: 1 });
  socket.say("constructor", { a: 2 });
  client.sendProto({ a: 3 });
  assert.equal(socket.sent[0], '{"channel":"__proto__","message":{"a":3}}');
  const quoted = "\"quoted\" \\ '` ${x} \u2028 */ 🙂";
  const text = '{"__proto__":1,"constructor":2,"toString":null,"new":3,"readonly":4,"get":5,"function":6,"a-b":7,"":8,"1":9,"\\" \\\\ \\n */":10,"é":11}';
  client.on(quoted, message => seen.push(Object.entries(message).length));
  socket.sayRaw(`{"channel":${JSON.stringify(quoted)},"message":${text}}`);
  socket.sayRaw(`{"channel":${JSON.stringify(quoted)},"message":${text.replace('"__proto__":1,', "").replace('"constructor":2,', "")}}`);
  assert.deepEqual(seen, [["__proto__", 1], ["constructor", 2], 12]);
  assert.deepEqual(errors.map(error => error.detail), ["message.__proto__ is missing."]);
  // The server's prototype is nobody's.
  socket.sayRaw('{"channel":"__proto__","message":{"__proto__":{"a":1}}}');
  assert.equal(errors.at(-1).detail, "message.a is missing.");
});

test("what is no message is told with its code, and costs only itself", async () => {
  const { client, socket } = await connect();
  const errors = told(client), seen = [];
  client.on("tick", () => seen.push("tick"));
  for (const raw of ["", "{", "[1", "undefined", new ArrayBuffer(1)]) socket.sayRaw(raw);
  for (const raw of ["null", "1", "[]", '"x"', "{}", '{"channel":1}', '{"channel":"tick","message":[]}', '{"channel":"tick","message":1}']) socket.sayRaw(raw);
  socket.say("nowhere", {});
  socket.say("_system:later", {});
  socket.say("name", { value: "x" });
  socket.say("chat", { text: "nobody listens", from: null, at: null });
  socket.sayRaw('{"channel":"tick"}');
  socket.sayRaw('{"message":null,"channel":"tick","id":1}');
  const codes = errors.map(error => error.code);
  assert.deepEqual(codes, [
    ...Array(5).fill("InvalidJson"), ...Array(8).fill("InvalidEnvelope"), ...Array(3).fill("UnknownChannel"), "NoHandler",
  ]);
  assert.ok(errors[0].cause instanceof SyntaxError && errors.every(error => error.refusedBy === "client" && error.detail));
  assert.deepEqual(seen, ["tick", "tick"]);
  assert.equal(client.isAlive, true);
});

test("what the server refused is told as its", async () => {
  const { client, socket } = await connect();
  const errors = told(client);
  socket.say("_system:error", { code: "InvalidMessage", channel: "chat" });
  socket.say("_system:error", { code: "OfALaterServer" });
  assert.deepEqual(errors.map(({ code, channel, refusedBy }) => [code, channel, refusedBy]), [["InvalidMessage", "chat", "server"], ["OfALaterServer", undefined, "server"]]);
});

test("a handler that fails costs its message, and the others still run", async () => {
  const { client, socket } = await connect();
  const errors = told(client), seen = [], cause = new Error("on purpose");
  client.on("tick", () => { throw cause; });
  client.on("tick", async () => { throw cause; });
  client.on("tick", () => seen.push("ran"));
  socket.say("tick", {});
  await settled();
  assert.deepEqual(seen, ["ran"]);
  assert.deepEqual(errors.map(error => [error.code, error.channel, error.cause]), [["HandlerFailed", "tick", cause], ["HandlerFailed", "tick", cause]]);
});

test("an error that nobody listens to goes to the console, but a channel without handler does not", async () => {
  const { socket } = await connect();
  const log = mock.method(console, "error", () => {});
  socket.say("tick", {});
  assert.equal(log.mock.callCount(), 0);
  socket.say("chat", {});
  assert.equal(log.mock.calls[0].arguments[0], "InvalidMessage");
});

// ---- connecting again

const lose = async (options, random = 1) => {
  mock.method(Math, "random", () => random);
  const { client, socket } = await connect({ reconnect: true, ...options });
  const events = [];
  client.onDisconnect(({ code, willReconnect, unsent }) => events.push(["disconnect", code, willReconnect, unsent]));
  client.onReconnecting(({ attempt, delay }) => events.push(["reconnecting", attempt, delay]));
  client.onReconnected(() => events.push(["reconnected"]));
  return { client, socket, events };
};

test("delays double up to the longest, and are spread from nothing to all of it", async () => {
  const { client, socket, events } = await lose({});
  socket.end(1006);
  for (let i = 0; i < 8; i++) {
    mock.timers.tick(30_000);
    await settled();
    FakeSocket.last.end();
    await settled();
  }
  assert.deepEqual(events[0], ["disconnect", 1006, true, 0]);
  assert.deepEqual(events.slice(1).map(([, , delay]) => delay), [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  Math.random.mock.restore();
  mock.method(Math, "random", () => 0.25);
  mock.timers.tick(30_000);
  await settled();
  FakeSocket.last.end();
  await settled();
  assert.deepEqual(events.at(-1), ["reconnecting", 10, 7500]);
  mock.timers.tick(7500);
  await settled();
  FakeSocket.last.ready();
  await settled();
  assert.deepEqual(events.at(-1), ["reconnected"]);
  assert.equal(client.isAlive, true);
});

test("not without being asked, and not where the server meant the end", async () => {
  const { socket, events } = await lose({ reconnect: false });
  socket.end(1006);
  assert.deepEqual(events, [["disconnect", 1006, false, 0]]);
  for (const [code, again] of [[1000, false], [1001, true], [1002, false], [1005, true], [1008, false], [1009, false], [1011, true], [1013, true], [3000, false], [4000, false], [4408, true]]) {
    mock.reset();
    const lost = await lose({});
    lost.socket.end(code);
    assert.deepEqual(lost.events[0], ["disconnect", code, again, 0]);
    if (again) await lost.client.disconnect();
  }
  const own = await lose({ reconnect: { when: ({ code }) => code === 4000 } });
  own.socket.end(4000);
  assert.equal(own.events[0][2], true);
});

test("a server that accepts only to drop does not start the delays anew, one that stays does", async () => {
  const { socket, events } = await lose({});
  const again = async () => { mock.timers.tick(30_000); await settled(); FakeSocket.last.ready(); await settled(); };
  socket.end();
  mock.timers.tick(500);
  await settled();
  FakeSocket.last.ready();
  await settled();
  FakeSocket.last.end();
  assert.equal(events.at(-1)[2], 1000);
  mock.timers.tick(1000);
  await settled();
  FakeSocket.last.ready();
  await settled();
  mock.timers.tick(10_000);
  FakeSocket.last.end();
  assert.equal(events.at(-1)[2], 500);
});

test("gives up after the attempts it may make, and says what was not sent", async () => {
  const { client, socket, events } = await lose({ reconnect: { maxAttempts: 2 }, queueWhileReconnecting: true });
  socket.end();
  client.sendTick();
  for (let i = 0; i < 2; i++) {
    mock.timers.tick(30_000);
    await settled();
    FakeSocket.last.end();
    await settled();
  }
  assert.deepEqual(events, [["disconnect", 1006, true, 0], ["reconnecting", 1, 500], ["reconnecting", 2, 1000], ["disconnect", 1006, false, 1]]);
  assert.throws(() => client.sendTick(), fails("NotAlive"));
  assert.equal(FakeSocket.all.length, 3);
});

test("what is sent meanwhile fails, or waits in a bounded queue and follows what the handlers send", async () => {
  const plain = await lose({});
  plain.socket.end();
  assert.throws(() => plain.client.sendTick(), fails("NotAlive"));
  await plain.client.disconnect();

  const { client, socket } = await lose({ queueWhileReconnecting: true, sendQueueBytes: 100 });
  client.onReconnected(() => client.sendName({ value: "me" }));
  socket.end();
  client.sendTick();
  mock.timers.tick(500);
  await settled();
  client.sendTick();
  client.sendTick();
  assert.throws(() => client.sendTick(), fails("QueueFull"));
  FakeSocket.last.ready();
  const tick = '{"channel":"tick","message":{}}';
  assert.deepEqual(FakeSocket.last.sent, ['{"channel":"name","message":{"value":"me"}}', tick, tick, tick]);
});

test("connect does not wait for the delay, and disconnect ends the waiting", async () => {
  const { client, socket, events } = await lose({});
  socket.end();
  const { connected, socket: second } = await dial(client);
  assert.notEqual(second, socket);
  second.end();
  await assert.rejects(connected, fails("ConnectionRefused"));
  assert.equal(events.at(-1)[0], "reconnecting");
  await client.disconnect();
  const count = FakeSocket.all.length;
  mock.timers.tick(60_000);
  await settled();
  assert.equal(FakeSocket.all.length, count);
  await assert.rejects(client.disconnect(), fails("NotAlive"));
});

test("disconnect in a handler of the loss is the last word", async () => {
  const { client, socket, events } = await lose({});
  client.onDisconnect(() => client.disconnect());
  socket.end();
  mock.timers.tick(60_000);
  await settled();
  assert.deepEqual(events, [["disconnect", 1006, true, 0]]);
  assert.equal(FakeSocket.all.length, 1);
});
