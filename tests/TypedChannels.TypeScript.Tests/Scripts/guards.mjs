// The argument is a file with a message of the channel "values", as the server writes it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FakeSocket, settled } from "./fake.mjs";
import { ShapeClient } from "./ShapeClient.js";

const right = JSON.parse(readFileSync("values.json", "utf8"));
const client = new ShapeClient("ws://localhost/", { WebSocket: FakeSocket });
const errors = [], seen = [];
client.onMessageError(error => errors.push(error));
client.on("values", message => seen.push(message));
const connected = client.connect();
await settled();
const socket = FakeSocket.last;
socket.ready();
await connected;

/** What is wrong with the message; nothing, if it was handed on. */
const tell = message => {
  errors.length = seen.length = 0;
  socket.say("values", message);
  assert.equal(errors.length + seen.length, 1);
  assert.ok(seen.length === 1 || errors[0].code === "InvalidMessage");
  return errors[0]?.detail;
};

test("what the server writes fits", () => {
  assert.equal(tell(right), undefined);
  assert.deepEqual(seen[0], right);
});

const wrong = {
  bool: [0, "true", null], byte: [-1, 256, 1.5, "1", null], int: [2147483648, -2147483649, 1.5, true], long: [2 ** 53, -(2 ** 53), 0.5, "1"],
  uLong: [-1, 2 ** 53, 2 ** 64], double: ["1", null, [1]], decimal: ["1.5"], exact: [1, null], real: ["nan", null, true],
  char: ["", "ab", 1], text: [1, null, {}], guid: [null, 1], dateTime: [0], date: [{}], time: [1], span: [1], bytes: [[0, 1]],
  rights: ["read", "Read,Write", "Read, Execute", 3, ""], what: ["fail", 0, null, "Explode"], number: ["Fail", 0.5, null],
  byText: [null, [], { a: "1" }, { a: null }], byWhat: [{ fail: 1 }, { Fail: null }], byNumber: [{ 1: 1 }, "x"],
  list: [null, {}, [null], [1], ["a", 1]], holes: [[1], null], grid: [[1], [["1"]], [null]],
  shape: [null, {}, { $type: "circle" }, { $type: "triangle", radius: 1, label: null }, { radius: 1, label: null }, { $type: "square", radius: 1, label: null }, []],
  vehicle: [{}, { kind: 2, wheels: 1 }, { kind: "1", wheels: 1, doors: 1 }, { kind: 1, wheels: 1 }, 1],
  ints: [{ item: "1", more: [] }, { item: 1, more: ["1"] }, { item: 1 }], texts: [{ item: null, more: [] }, { item: "a", more: [null] }],
  maybe: ["1", 1.5], needed: ["x"], label: [1], sparse: [1, null], writtenOnly: [null, "1"], next: [{}, [], 1],
};

for (const [name, values] of Object.entries(wrong)) {
  test(`a wrong ${name} is refused, with the way to it`, () => {
    for (const value of values) {
      const problem = tell({ ...right, [name]: value });
      assert.ok(problem?.startsWith(`message.${name}`), `${name}: ${JSON.stringify(value)} gave ${problem}`);
    }
  });
}

test("a member that is always written and is missing is refused, one that may be left out is not", () => {
  for (const name of Object.keys(right)) {
    const { [name]: _, ...rest } = right;
    const isAnything = name === "extra";
    assert.equal(tell(rest), isAnything ? undefined : `message.${name} is missing.`, name);
  }
});

test("what may be null, absent or more is taken", () => {
  for (const change of [
    { maybe: null }, { maybe: 1 }, { needed: 5 }, { label: null }, { sparse: "x" }, { further: {} }, { converted: { any: 1 } }, { any: null }, { next: right },
    { byWhat: {} }, { rights: "None" }, { real: "NaN" }, { real: 1.5 }, { vehicle: { wheels: 2 } }, { shape: { label: "l", side: 2, $type: "square" } },
  ]) assert.equal(tell({ ...right, ...change }), undefined, JSON.stringify(change));
});

test("a problem deep inside says the whole way", () => {
  assert.equal(tell({ ...right, next: { ...right, grid: [[1], [2, 1.5]] } }), "message.next.grid[1][1] is not an integer from -2147483648 to 2147483647.");
  assert.equal(tell({ ...right, byText: { "a b": "x" } }), 'message.byText["a b"] is not an integer from -2147483648 to 2147483647.');
  assert.equal(tell({ ...right, shape: { $type: "dot" } }), 'message.shape.$type is "dot", which no type has.');
});

test("nesting without end costs the message only", () => {
  let text = JSON.stringify(right), deep = text;
  for (let i = 0; i < 12; i++) deep = deep.replace('"next":null', `"next":${deep}`);
  errors.length = seen.length = 0;
  socket.sayRaw(`{"channel":"values","message":${deep}}`);
  assert.equal(errors.length + seen.length, 1);
});
