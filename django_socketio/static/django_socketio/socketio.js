/**
 * `new io.Socket()` for pages without modules: connect, on, send, subscribe, unsubscribe, disconnect.
 * Pages with modules have realtime/socket.js.
 */
(() => {
  const { io } = window;

  class Socket {
    /**
     * @param {string} [url] where the server is, if it is not where the page is from
     * @param {object} [options] as socket.io-client's
     */
    constructor(url = "", options = {}) {
      this.io = io(url, { autoConnect: false, transports: ["websocket", "polling"], ...options });
    }

    get connected() {
      return this.io.connected;
    }

    connect() {
      this.io.connect();
      return this;
    }

    disconnect() {
      this.io.disconnect();
      return this;
    }

    /** Listen for connect, disconnect, message (value, channel) or refused (code). */
    on(name, listener) {
      this.io.on(name, listener);
      return this;
    }

    /** Send a message; `answered` gets what the server's handler returned. */
    send(message, answered) {
      return this.ask("message", message, answered);
    }

    subscribe(channel, answered) {
      return this.ask("subscribe", channel, answered);
    }

    unsubscribe(channel, answered) {
      return this.ask("unsubscribe", channel, answered);
    }

    ask(name, value, answered = () => {}) {
      this.io.emit(name, value, (answer) => {
        if (answer.refused === undefined) answered(answer.ok);
        else for (const listener of this.io.listeners("refused")) listener(answer.refused);
      });
      return this;
    }
  }

  io.Socket = Socket;
})();
