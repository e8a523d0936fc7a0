// The benchmark's work by Bun's own WebSocket server: bun.js PORT
const ready = JSON.stringify({ channel: "_system:status:ready", message: {} });
const onChat = ({ user, text }) => JSON.stringify({ channel: "chat", message: { user, text } });

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  fetch: (request, server) => (server.upgrade(request) ? undefined : new Response("A WebSocket is expected.", { status: 426 })),
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      socket.subscribe("everyone");
      socket.send(ready);
    },
    message(socket, data) {
      const { channel, message } = JSON.parse(data);
      switch (channel) {
        case "chat":
          socket.send(onChat(message));
          break;
        case "all":
          server.publish("everyone", onChat(message));
          break;
      }
    },
  },
});
