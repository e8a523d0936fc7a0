// The benchmark's work by npm's ws: ws.js PORT
import { WebSocketServer } from "ws";

const ready = JSON.stringify({ channel: "_system:status:ready", message: {} });
const onChat = ({ user, text }) => JSON.stringify({ channel: "chat", message: { user, text } });

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false });
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const { channel, message } = JSON.parse(data.toString());
    switch (channel) {
      case "chat":
        socket.send(onChat(message));
        break;
      case "all": {
        const text = onChat(message);
        server.clients.forEach((client) => client.send(text));
        break;
      }
    }
  });
  socket.send(ready);
});
