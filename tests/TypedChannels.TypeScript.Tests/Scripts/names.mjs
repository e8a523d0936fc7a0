// Uses a client of each of the names that it is told.
import assert from "node:assert/strict";
import { FakeSocket, settled } from "./fake.mjs";

for (const name of process.argv.slice(2)) {
  const Client = (await import(`./${name}.js`))[name];
  const client = new Client("http://localhost:1/", { WebSocket: FakeSocket });
  const connected = client.connect();
  await settled();
  FakeSocket.last.ready();
  await connected;
  const seen = [];
  client.on("chat", message => seen.push(message.text));
  FakeSocket.last.say("chat", { text: "a", shape: { $type: "circle" } });
  client.sendChat({ text: "b", shape: { $type: "circle" } });
  assert.deepEqual([name, ...seen, ...FakeSocket.last.sent], [name, "a", '{"channel":"chat","message":{"text":"b","shape":{"$type":"circle"}}}']);
}
console.log("ok");
