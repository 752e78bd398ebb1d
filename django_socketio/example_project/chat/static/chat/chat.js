/** Every room on one page, one socket for all of them. */

const socket = new io.Socket();
const rooms = new Map();

class Room {
  constructor(section) {
    this.section = section;
    this.channel = section.dataset.channel;
    this.wanted = false;
    this.find(".join").addEventListener("click", () => this.join());
    this.find(".leave").addEventListener("click", () => this.leave());
    this.find(".say").addEventListener("submit", (event) => this.say(event));
  }

  find(selector) {
    return this.section.querySelector(selector);
  }

  join() {
    this.wanted = true;
    socket.subscribe(this.channel, (names) => this.show(names));
  }

  leave() {
    this.wanted = false;
    socket.unsubscribe(this.channel);
    this.show(null);
  }

  say(event) {
    event.preventDefault();
    const { text } = event.target.elements;
    socket.send({ channel: this.channel, text: text.value });
    text.value = "";
  }

  /** Show who is here, or that we are not. */
  show(names) {
    this.names = names && new Set(names);
    this.find(".join").hidden = Boolean(names);
    this.find(".leave").hidden = this.find(".say").hidden = !names;
    this.showNames();
  }

  showNames() {
    this.find(".here").textContent = this.names ? [...this.names].sort().join(", ") : "";
  }

  hear(message) {
    const { action, name, text } = message;
    if (action === "join") this.names?.add(name);
    if (action === "leave") this.names?.delete(name);
    this.showNames();
    if (action === "say") this.write(`${name}: ${text}`);
    else if (action === "system") this.write(text, "notice");
    else this.write(`${name} ${action === "join" ? "joined" : "left"}`, "notice");
  }

  write(line, kind = "said") {
    const item = document.createElement("li");
    item.className = kind;
    item.textContent = line;
    this.find(".talk").append(item);
    item.scrollIntoView({ block: "nearest" });
  }
}

function everywhere(text) {
  document.querySelector(".everywhere").textContent = text;
}

for (const section of document.querySelectorAll(".room")) {
  rooms.set(section.dataset.channel, new Room(section));
}
socket.on("connect", () => {
  everywhere("");
  for (const room of rooms.values()) if (room.wanted) room.join();
});
socket.on("disconnect", () => everywhere("Away; coming back…"));
socket.on("refused", (code) => everywhere(code === "no-name" ? "Give a name first." : code));
socket.on("message", (message, channel) => {
  if (channel) rooms.get(channel).hear(message);
  else everywhere(message.text);
});
socket.connect();
