// A client in another language, with another WebSocket: it knows what the README says of the wire and nothing else.
// Usage: node client.mjs ws://host:port/    Ends with status 0 and "ok", or says what was wrong.
import assert from 'node:assert/strict';
import WebSocket from 'ws';

const socket = new WebSocket(process.argv[2], { perMessageDeflate: true });
const received = [];
let wake = () => {};

socket.on('message', (data, isBinary) => {
  assert.equal(isBinary, false);
  received.push(JSON.parse(data.toString()));
  wake();
});
socket.on('error', fail);
const closed = new Promise(resolve => socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })));
closed.then(() => wake());
process.on('unhandledRejection', fail);

function fail(error) {
  console.error(error);
  process.exit(1);
}

async function next() {
  while (received.length === 0) {
    assert.ok(socket.readyState <= WebSocket.OPEN, 'the server closed the connection');
    await new Promise(resolve => { wake = resolve; });
  }
  return received.shift();
}

const say = (channel, message) => socket.send(JSON.stringify({ channel, message }));

// Ready comes first.
assert.deepEqual(await next(), { channel: '_system:status:ready', message: {} });

// A name is set, and told to this client alone.
say('up', { text: 'Zoë 🙂' });
assert.deepEqual(await next(), { channel: 'down', message: { text: 'Zoë 🙂' } });

// What is said comes back to everybody; both orders of the members are valid, and unknown members are ignored.
socket.send('{ "later": [1, {}], "message": { "number": 7, "text": "h\\u00e9llo \\"<>\\"" }, "channel": "say" }');
assert.deepEqual(await next(), { channel: 'say', message: { text: 'Zoë 🙂: héllo "<>"', number: 7 } });

// A message in pieces is one message.
socket.send('{"channel":"say","mess', { fin: false });
socket.send('age":{"text":"pieces"}}', { fin: true });
assert.deepEqual(await next(), { channel: 'say', message: { text: 'Zoë 🙂: pieces', number: 0 } });

// One bad message of each kind, and its answer.
const bad = [
  ['no json', { code: 'InvalidJson' }],
  ['{"channel":"say","message":{"text":"x"}} trailing', { code: 'InvalidJson' }],
  ['["say"]', { code: 'InvalidEnvelope' }],
  ['{"channel":"nowhere","message":{}}', { code: 'UnknownChannel' }],
  ['{"channel":"say","message":{"text":5}}', { code: 'InvalidMessage', channel: 'say' }],
  [JSON.stringify({ channel: 'small', message: { text: 'x'.repeat(100) } }), { code: 'MessageTooLarge', channel: 'small' }],
  ['{"channel":"tick"}', { code: 'HandlerFailed', channel: 'tick' }],
];
for (const [text, message] of bad) {
  socket.send(text);
  assert.deepEqual(await next(), { channel: '_system:error', message });
}
// Nobody handles this one, and its sender is not told.
say('lonely', { text: 'hello?' });

// Still connected, for text and for pings.
say('say', { text: 'still here' });
assert.deepEqual(await next(), { channel: 'say', message: { text: 'Zoë 🙂: still here', number: 0 } });
const pong = new Promise(resolve => socket.on('pong', data => resolve(data.toString())));
socket.ping('are you there?');
assert.equal(await pong, 'are you there?');

socket.close(4000, 'done');
assert.deepEqual(await closed, { code: 4000, reason: '' });
assert.deepEqual(received, []);
console.log('ok');
