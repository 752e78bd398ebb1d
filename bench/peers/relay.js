// A relay as it is usually written: what one says in a channel, the others in it hear.
import { createServer } from "node:http";
import { Server } from "socket.io";

const pages = createServer();
new Server(pages).on("connection", (socket) => {
  socket.on("subscribe", (channel, answer) => {
    socket.data.channel = channel;
    socket.join(channel);
    answer();
  });
  socket.on("message", (message) => socket.to(socket.data.channel).emit("message", message));
});
pages.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });
