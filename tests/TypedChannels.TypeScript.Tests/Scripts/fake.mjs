// A server in place of a socket: a test says what it does, and nothing waits.
export class FakeSocket {
  static all = [];
  static get last() { return FakeSocket.all.at(-1); }

  sent = [];
  bufferedAmount = 0;
  isClosed = false;

  constructor(url) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(text) { this.sent.push(text); }
  close(code, reason) {
    if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999)) throw new DOMException("no such code", "InvalidAccessError");
    this.isClosed = true;
    this.closedWith = code;
  }

  // What the server does.
  open() { this.onopen?.({}); }
  say(channel, message) { this.onmessage?.({ data: JSON.stringify({ channel, message }) }); }
  sayRaw(data) { this.onmessage?.({ data }); }
  ready() { this.open(); this.say("_system:status:ready", {}); }
  end(code = 1006, reason = "", wasClean = code !== 1006) { this.onclose?.({ code, reason, wasClean }); }
}

/** Lets everything run that is already promised. */
export const settled = async () => { for (let i = 0; i < 20; i++) await null; };
