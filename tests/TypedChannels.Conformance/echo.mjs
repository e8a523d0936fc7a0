// An independent server for the runner's own proof: `node echo.mjs [--deflate]`, with `npm ci` run in ../TypedChannels.Tests/Foreign.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../TypedChannels.Tests/Foreign/', import.meta.url));
const { WebSocketServer } = require('ws');
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  maxPayload: 64 * 1024 * 1024,
  perMessageDeflate: process.argv.includes('--deflate'),
});
server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
process.stdin.on('end', () => process.exit()).resume();
