// What docs/typescript.md shows. DeclarationTests compiles it against the client of samples/Chat.

// #region ts-start
import { ChatClient } from "./chat/ChatClient.js";

const client = new ChatClient("/chat");
client.on("chat", message => console.log(message.from?.name, message.text));
await client.connect();
client.sendChat({ text: "hi" });
// #endregion

// #region ts-types
import type { ChatMessage, ChatMessageInit, NameRefusal } from "./chat/ChatClient.js";

function show({ text, from, at }: ChatMessage) {}      // received: all is there; `from` and `at` may be null
const message: ChatMessageInit = { text: "hi" };        // sent: the record gives the rest defaults
const why: Record<NameRefusal, string> = { Missing: "…", TooLong: "…", Taken: "…" };
// #endregion

// #region ts-errors
import { ClientError } from "./chat/typedchannels.js";

try {
  client.sendChat({ text: "hi" });
} catch (error) {
  if (error instanceof ClientError && error.code === "NotAlive") console.log("Not sent.");
}
client.onMessageError(({ code, channel, detail, refusedBy }) => console.warn(refusedBy, code, channel, detail));
// #endregion

// #region ts-reconnect
const loyal = new ChatClient("/chat", { reconnect: true });
loyal.onDisconnect(({ code, willReconnect }) => console.log(code, willReconnect));
loyal.onReconnecting(({ attempt, delay }) => console.log(`attempt ${attempt} in ${delay} ms`));
loyal.onReconnected(() => loyal.sendSetName({ name: "alice" })); // a new connection: the server does not know who this is
// #endregion

// #region ts-token
async function freshToken(): Promise<string> {
  return (await fetch("/token")).text();
}
new ChatClient(async () => `wss://chat.example/chat?token=${await freshToken()}`, { reconnect: true });
// #endregion
