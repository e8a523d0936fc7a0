// Receives each message as a client does, sends what it got, and writes a line: the message as it was sent, or why it was refused.
import { readFileSync } from "node:fs";
import { CorpusClient } from "./CorpusClient.js";
import { FakeSocket, settled } from "./fake.mjs";

const client = new CorpusClient("ws://localhost/", { WebSocket: FakeSocket });
const connected = client.connect();
await settled();
const socket = FakeSocket.last;
socket.ready();
await connected;

let answer;
client.onMessageError(error => answer = `${error.code} ${error.detail} ${error.cause ?? ""}`);
const known = new Set();
const lines = [];
for (const line of readFileSync("questions.txt", "utf8").split("\n").filter(line => line)) {
  const [channel, text] = JSON.parse(line);
  if (!known.has(channel)) client.on(channel, message => client.send(channel, message));
  known.add(channel);
  answer = undefined;
  socket.sent.length = 0;
  socket.sayRaw(`{"channel":${JSON.stringify(channel)},"message":${text}}`);
  const start = `{"channel":${JSON.stringify(channel)},"message":`;
  lines.push(answer ?? socket.sent[0].slice(start.length, -1));
}
console.log(lines.join("\n"));
