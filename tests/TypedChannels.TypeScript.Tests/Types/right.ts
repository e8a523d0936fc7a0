// What a page may write. It is compiled with --strict, and never run.
import { ShapeClient, type Chat, type ChatInit, type Shape, type Values, type ValuesInit, type Rights, type OneNode } from "./ShapeClient.js";
import { EverythingClient } from "./EverythingClient.js";
import { ClientError, type Disconnect, type MessageError } from "./typedchannels.js";

const client = new ShapeClient("/shapes", { reconnect: { firstDelay: 100 }, queueWhileReconnecting: true, connectTimeout: 1000, WebSocket });
new ShapeClient(new URL("wss://example.org"));
new ShapeClient(async () => `wss://example.org?token=${await Promise.resolve("t")}`, { reconnect: true });
new EverythingClient("/").sendSay({ text: "hi" });

const stop: () => void = client.on("chat", message => {
  const text: string = message.text;
  const name: string | undefined = message.from?.name;
  const at: string | null = message.at;
  client.sendChat({ text: text + name + at });
  client.sendChat(message);
});
stop();
client.on("values", async ({ what, rights, any, byWhat, byNumber, holes, converted, real, exact, ...rest }) => {
  const names: "Fail" | "Close" = what;
  const flags: Rights = rights;
  const maybe: number | undefined = byWhat.Fail;
  const text: string | null | undefined = byNumber["1"];
  const hole: string | null | undefined = holes[0];
  const unknown: unknown = converted;
  const not: number | "NaN" | "Infinity" | "-Infinity" = real;
  const digits: string = exact;
  const more: unknown = rest["whatever"];
  const constant: number = rest.writtenOnly;
});

function area(shape: Shape): number {
  switch (shape.$type) {
    case "circle": return shape.radius ** 2 * Math.PI;
    case "square": return shape.side ** 2;
    case "tagged": return shape.kind.length;
    default: const never: never = shape; return never;
  }
}
area({ $type: "square", side: 2, label: null });

client.on("values", ({ vehicle }) => {
  const wheels: number = vehicle.wheels;
  if (vehicle.kind === 1) { const doors: number = vehicle.doors; }
});

client.sendTick();
client.on("tick", () => {});
client.sendclass({ a: 1 });
client.on("__proto__", ({ a }) => a.toFixed());
client.on("\"quoted\" \\ '` ${x} \u2028 */ 🙂", message => {
  const sum: number = message.__proto__ + message.constructor + message.new + message.readonly + message.get + message.function
    + message["a-b"] + message[""] + message[1] + message["\" \\ \n */"] + message.é;
});
const node: OneNode = { depth: 1, next: { depth: 2, next: null } };
client.on("hostile types", message => {
  const depth: number | undefined = message.other.next?.depth;
  const text: string = message.node.text + message.boxed.item.text;
  const sum: number = message.any.a + message.string.a + message.class.a + message.größe.a;
  const maybe: string | null = message.maybe.item;
});

client.onDisconnect(({ code, reason, wasClean, willReconnect, unsent }: Disconnect) => code + unsent + reason + wasClean + willReconnect);
client.onReconnecting(({ attempt, delay }) => attempt + delay);
client.onReconnected(() => {});
client.onMessageError(({ code, channel, detail, cause, refusedBy }: MessageError) => code === "InvalidMessage" && refusedBy === "server");
client.connect().then(() => client.disconnect(4000, "done"), error => error instanceof ClientError && error.code === "ConnectTimeout");
const alive: boolean = client.isAlive;

declare const values: ValuesInit;
client.sendValues({ ...values, rights: "Read, Write", exact: 12, long: 1, shape: { $type: "circle", radius: 1 }, readOnly: 3, extra: true });
declare const received: Chat;
const sent: ChatInit = received;
