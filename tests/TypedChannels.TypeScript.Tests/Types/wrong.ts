// What a page must not write: each line after a comment is an error, or this file is one. It is compiled with --strict, and never run.
import { ShapeClient, type Chat, type Shape, type ValuesInit } from "./ShapeClient.js";

// @ts-expect-error An address is needed.
new ShapeClient();
const client = new ShapeClient("/shapes");
// @ts-expect-error There is no such option.
new ShapeClient("/shapes", { reconect: true });
// @ts-expect-error No member is called so.
client.sendChat({ txt: "hi" });
// @ts-expect-error A required member is missing.
client.sendChat({});
// @ts-expect-error Text is not nullable.
client.sendChat({ text: null });
// @ts-expect-error A member too many.
client.sendChat({ text: "hi", loud: true });
// @ts-expect-error A date is sent as text.
client.sendChat({ text: "hi", at: new Date() });
// @ts-expect-error The server alone sends it.
client.sendWelcome({ name: "x", connections: 1 });
// @ts-expect-error A message with members is needed.
client.sendName();
// @ts-expect-error It has no members.
client.sendTick({ a: 1 });
// @ts-expect-error No channel is called so.
client.on("chatt", () => {});
// @ts-expect-error This side does not receive it.
client.on("name", () => {});
// @ts-expect-error The message has no such member.
client.on("chat", message => message.txt);
// @ts-expect-error It may be null.
client.on("chat", message => message.from.name);
// @ts-expect-error What stops a handler takes no arguments.
client.on("chat", () => {})("chat");
// @ts-expect-error No value is called so.
client.sendOrder({ what: "Explode" });
// @ts-expect-error It is written by its name.
client.sendOrder({ what: 0 });
// @ts-expect-error Only named channels are sent.
client.send("chat", { text: "hi" });
// @ts-expect-error It is told, not set.
client.isAlive = true;
// @ts-expect-error A shape says which it is.
const nothing: Shape = { radius: 1, label: null };
// @ts-expect-error A circle has no side.
const circle: Shape = { $type: "circle", side: 1, label: null };
// @ts-expect-error There is no such shape.
const triangle: Shape = { $type: "triangle", side: 1, label: null };
declare const shape: Shape;
// @ts-expect-error Not every shape has a radius.
shape.radius;
declare const values: ValuesInit;
// @ts-expect-error What JSON does not know must be looked at first.
client.on("values", ({ converted }) => converted.length);
// @ts-expect-error Written, but never read.
const written: number = values.writtenOnly;
// @ts-expect-error Numbers with all digits come as text.
client.on("values", ({ exact }) => exact + 1 satisfies number);
// @ts-expect-error Read, but never written.
client.on("values", ({ readOnly }) => readOnly satisfies number);
// @ts-expect-error No flag is called so.
client.sendValues({ ...values, rights: "Execute" });
// @ts-expect-error A list has elements of its type only.
client.sendValues({ ...values, list: ["a", null] });
// @ts-expect-error As it is received, all is there.
const chat: Chat = { text: "hi" };
// @ts-expect-error No such code.
client.connect().catch(() => {}).then(() => client.disconnect("4000"));
