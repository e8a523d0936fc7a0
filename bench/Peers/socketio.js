// The benchmark's work by Socket.IO, over WebSocket alone: socketio.js PORT
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const server = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
server.on("connection", (socket) => {
  socket.on("chat", ({ user, text }) => socket.emit("chat", { user, text }));
  socket.on("all", ({ user, text }) => server.emit("chat", { user, text }));
});
http.listen(Number(process.argv[2]), "127.0.0.1");
