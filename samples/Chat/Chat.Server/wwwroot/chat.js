// The page of the chat. Its client is generated from the records in Chat.Contracts/Messages.cs when they are built: an editor
// knows every channel and member (hover over one for its comment), and says so where one is not there.
import { ChatClient } from "./client/ChatClient.js";

const $ = (id) => document.getElementById(id);
const groupWithin = 5 * 60_000;
const client = new ChatClient("chat", { reconnect: { when: () => true } }); // whatever the end was, a room is to be in

let connection = 0;  // counts them
let me = null;       // { id, name }, once the server has let us in on this connection
let wanted = localStorage.getItem("name");
let wasIn = false;   // on an earlier connection of this page
let people = new Map();
const hues = new Map(); // by a person's id
let unread = 0;
let atEnd = true;    // of the log; where it then stays
// Every connection has an id of its own; with the earlier ones a reloaded page still knows which messages are its own.
const myIds = new Set(JSON.parse(sessionStorage.getItem("ids") ?? "[]"));

// ---- The connection -------------------------------------------------------------------------------------------------

client.on("set:name success", ({ you }) => enter(you));
client.on("set:name refused", ({ reason }) => refuse(reason));
client.on("history", ({ messages }) => showHistory(messages));
client.on("people", ({ here }) => showPeople(here));
client.on("chat", (message) => append(() => showMessage(message), { own: myIds.has(message.from?.id), counts: true }));
client.on("joined", ({ who }) => append(() => showEvent(who.name, " joined")));
client.on("left", ({ who }) => append(() => showEvent(who.name, " left")));
client.onDisconnect(lost);
client.onReconnecting(() => showStatus("closed", "Offline, retrying"));
client.onReconnected(ready);
client.onMessageError(({ code, channel, refusedBy, detail }) => {
  if (refusedBy === "server") notify(errorText(code, channel));
  else console.warn(code, channel, detail); // of a newer server, say: the rest of the page goes on
});

/** The first time. A connection that was there once and is lost comes back by itself. */
function connect() {
  showStatus("connecting", "Connecting…");
  client.connect().then(ready, () => {
    showStatus("closed", "Offline, retrying");
    setTimeout(connect, 1000 + Math.random() * 4000);
  });
}

function ready() {
  connection++;
  showStatus("open", "Connected");
  if (wanted) client.sendSetName({ name: wanted });
  else askName();
}

function lost() {
  me = null;
  updateComposer();
}

function showStatus(state, text) {
  $("status").dataset.state = state;
  $("status").textContent = text;
  updateComposer();
}

// ---- The name -------------------------------------------------------------------------------------------------------

function askName(error = "") {
  $("name-error").textContent = error;
  $("name").setAttribute("aria-invalid", error !== "");
  if ($("name-dialog").open) return;
  $("name").value = wanted ?? "";
  $("name-cancel").hidden = !me;
  $("name-submit").textContent = me ? "Change my name" : "Join the room";
  $("name-dialog").showModal();
  $("name").select();
}

function chooseName(event) {
  event.preventDefault();
  wanted = $("name").value.trim();
  if (!wanted) askName(refusals.Missing);
  else if (client.isAlive) client.sendSetName({ name: wanted });
  else askName("There is no connection yet. You join as soon as there is.");
}

function enter(you) {
  me = you;
  wasIn = true;
  wanted = you.name;
  notify("");
  myIds.add(you.id);
  localStorage.setItem("name", you.name);
  sessionStorage.setItem("ids", JSON.stringify([...myIds].slice(-50)));
  $("my-name").textContent = you.name;
  $("rename").hidden = false;
  updateComposer();
  if (!$("name-dialog").open) return;
  $("name-dialog").close();
  $("message").focus();
}

const refusals = {
  Missing: "A name is needed to take part.",
  TooLong: "That is too long. Up to 24 characters fit.",
  Taken: "Somebody here has that name already.",
};

function refuse(reason) {
  // A server notices a lost connection later than we do, and until then that connection has our name.
  if (reason === "Taken" && wasIn && !me && !$("name-dialog").open) return enterLater();
  wanted = me?.name ?? wanted;
  askName(refusals[reason] ?? "The server did not accept that name.");
}

function enterLater() {
  notify("Your name is still in use, perhaps by your own lost connection. Trying again…");
  const on = connection;
  setTimeout(() => { if (on === connection && client.isAlive && !me) client.sendSetName({ name: wanted }); }, 3000);
}

// ---- Writing --------------------------------------------------------------------------------------------------------

function say(event) {
  event.preventDefault();
  if (!me || !$("message").value.trim()) return;
  try {
    client.sendChat({ text: $("message").value.trim() });
  } catch (error) { // a ClientError: too long, say
    return notify(errorText(error.code, "chat"));
  }
  $("message").value = "";
  notify("");
  updateComposer();
}

function sendOnEnter(event) {
  // While an input method composes, Enter picks a character.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("message-form").requestSubmit();
}

function updateComposer() {
  $("send").disabled = !me || !$("message").value.trim();
}

// ---- What is shown. Text from others only ever becomes text: textContent, never innerHTML. ---------------------------

function showHistory(messages) {
  $("messages").setAttribute("aria-busy", "true"); // not to be read out line by line
  $("messages").replaceChildren();
  append(() => messages.forEach(showMessage), { own: true });
  requestAnimationFrame(() => $("messages").removeAttribute("aria-busy"));
}

function showMessage({ from, text, at }) {
  const time = new Date(at);
  const bubble = element("p", "bubble", text);
  bubble.dir = "auto";
  bubble.title = time.toLocaleString();
  groupFor(from, time).append(bubble);
}

/** The group at the end of the log if it is this author's and recent; otherwise a new one. */
function groupFor(from, time) {
  const last = $("messages").lastElementChild;
  if (last?.dataset.from === from.id && last.dataset.name === from.name && time - last.dataset.at < groupWithin) return last;
  const group = $("group-template").content.cloneNode(true).firstElementChild;
  Object.assign(group.dataset, { from: from.id, name: from.name, at: time.getTime() });
  group.classList.toggle("own", myIds.has(from.id));
  paint(group, from);
  group.querySelector(".name").textContent = from.name;
  group.querySelector("time").dateTime = time.toISOString();
  group.querySelector("time").textContent = timeText(time);
  $("messages").append(group);
  return group;
}

function showEvent(name, what) {
  const line = element("p", "event");
  line.append(element("bdi", "", name), what);
  $("messages").append(line);
}

function showPeople(here) {
  const before = people;
  people = new Map(here.map((person) => [person.id, person]));
  for (const { id, name } of here) {
    const old = before.get(id)?.name;
    if (old && old !== name) append(() => showEvent(old, ` is now called ${name}`));
  }
  $("people").replaceChildren(...here.map(personItem));
  for (const count of document.querySelectorAll(".people-count")) count.textContent = here.length;
}

function personItem(person) {
  const item = element("li");
  const avatar = element("span", "avatar");
  avatar.ariaHidden = "true";
  item.append(avatar, element("bdi", "name", person.name));
  if (person.id === me?.id) item.append(element("span", "you", "you"));
  paint(item, person);
  return item;
}

/** Gives everybody an initial, and a colour: the golden angle keeps any number of hues apart. */
function paint(parent, { id, name }) {
  if (!hues.has(id)) hues.set(id, (300 + hues.size * 137.5) % 360);
  parent.style.setProperty("--hue", hues.get(id));
  const [first] = new Intl.Segmenter().segment(name);
  parent.querySelector(".avatar").textContent = first.segment.toUpperCase();
}

/** Adds to the log, and stays at its end, unless the reader has scrolled back. */
function append(add, { own = false, counts = false } = {}) {
  add();
  if (own || atEnd) scrollToEnd();
  else if (counts) $("newest").hidden = false;
  if (counts && document.hidden) document.title = `(${++unread}) Chat`;
}

function scrollToEnd() {
  $("messages").scrollTop = $("messages").scrollHeight;
}

function scrolled({ target }) {
  atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 80;
  if (atEnd) $("newest").hidden = true;
}

function timeText(time) {
  const clock = { hour: "numeric", minute: "2-digit" };
  const isToday = time.toDateString() === new Date().toDateString();
  return time.toLocaleString([], isToday ? clock : { weekday: "short", ...clock });
}

function notify(text) {
  $("notice").textContent = text;
}

function errorText(code, channel) {
  const what = channel === "chat" ? "your message" : "what this page sent";
  return code === "MessageTooLarge" ? `The server did not accept ${what}: it is too long.` : `The server did not accept ${what} (${code}).`;
}

function element(tag, className = "", text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

// ---- Start ----------------------------------------------------------------------------------------------------------

$("name-form").addEventListener("submit", chooseName);
$("name-dialog").addEventListener("cancel", (event) => { if (!me) event.preventDefault(); });
$("name-cancel").addEventListener("click", () => $("name-dialog").close());
$("rename").addEventListener("click", () => askName());
$("message-form").addEventListener("submit", say);
$("message").addEventListener("keydown", sendOnEnter);
$("message").addEventListener("input", updateComposer);
$("newest").addEventListener("click", scrollToEnd);
$("messages").addEventListener("scroll", scrolled);
new ResizeObserver(() => { if (atEnd) scrollToEnd(); }).observe($("messages")); // a keyboard, a second line of text
document.addEventListener("visibilitychange", () => { unread = 0; document.title = "Chat"; });
window.addEventListener("online", () => { if (wasIn && !client.isAlive) client.connect().catch(() => {}); }); // not to wait for the next attempt

if (!wanted) askName();
connect();
