/* Many people in channels over raw WebSockets, and how soon each hears the others.

   load PROTOCOL PORT SERVER_PID PEOPLE SENDERS HZ SECONDS CHANNELS LIMIT_MS

   PROTOCOL is `socketio` or `json`. Everybody joins a channel, the first SENDERS send HZ messages a second each, and one
   line of JSON says what came of it. With a LIMIT_MS it ends as soon as one delivery in a hundred has come later than that.
   One thread: the figures hold only while `own_cpu` stays below `seconds`. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000LL   /* in microseconds, as all times here */
#define WARM_UP (SECOND / 2)
#define DRAIN SECOND       /* for what is still on its way when the last has sent */
#define JOIN_TIMEOUT (30 * SECOND)
#define ROOM (1 << 20)
#define SAMPLE 32          /* the latency of one delivery in so many is noted */
#define BUCKET 100         /* of the histogram */
#define BUCKETS 200000
#define BURST 64           /* messages sent before looking again for what has come */
#define EPOCH 1000000000000000LL /* makes every timestamp sixteen digits long */

enum state { CONNECTING, UPGRADING, OPENING, JOINING, READY, GONE };

struct person {
  int fd, channel, kept;
  enum state state;
  unsigned char *tail; /* of a frame that is not here whole */
};

static struct {
  int socketio, port, people, senders, channels;
  pid_t server;
  double hz, seconds;
  long long limit;
} asked;

static struct {
  long long received, expected, sampled, late, refused;
  long long window_from, window_until, window_deliveries;
  long long joined_us, kb_before, kb_after;
  double server_cpu, own_cpu;
  int ready, gone;
} seen;

static const unsigned char MASK[4] = {0x37, 0xfa, 0x21, 0x3d};
static struct person *people;
static unsigned char room[ROOM];
static unsigned histogram[BUCKETS];
static long long now;
static int poller;
static clockid_t server_clock;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static long long clock_us(clockid_t id) {
  struct timespec at;
  if (clock_gettime(id, &at)) fail("clock_gettime");
  return at.tv_sec * SECOND + at.tv_nsec / 1000;
}

static long long server_kb(void) {
  char path[64];
  long long size, resident = 0;
  snprintf(path, sizeof path, "/proc/%d/statm", asked.server);
  FILE *file = fopen(path, "r");
  if (!file || fscanf(file, "%lld %lld", &size, &resident) != 2) fail(path);
  fclose(file);
  return resident * sysconf(_SC_PAGESIZE) / 1024;
}

/* Sending */

static void leave(struct person *one) {
  if (one->state == READY) seen.ready--;
  one->state = GONE;
  seen.gone++;
  close(one->fd);
}

static void write_whole(struct person *one, const void *data, size_t size) {
  ssize_t wrote = send(one->fd, data, size, MSG_NOSIGNAL);
  if (wrote == (ssize_t)size) return;
  if (wrote < 0 && errno == EAGAIN) seen.refused++; /* the server does not read */
  else leave(one);
}

static void write_frame(struct person *one, int opcode, const char *text) {
  unsigned char frame[512];
  size_t size = strlen(text), head = size < 126 ? 2 : 4;
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (size < 126 ? size : 126);
  if (head == 4) { frame[2] = size >> 8; frame[3] = size & 255; }
  memcpy(frame + head, MASK, 4);
  for (size_t i = 0; i < size; i++) frame[head + 4 + i] = text[i] ^ MASK[i & 3];
  write_whole(one, frame, head + 4 + size);
}

static void upgrade(struct person *one) {
  char text[400];
  int size = snprintf(text, sizeof text,
      "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
      asked.socketio ? "/socket.io/?EIO=4&transport=websocket" : "/", asked.port);
  write_whole(one, text, size);
}

static void join(struct person *one) {
  char text[80];
  const char *form = asked.socketio ? "420[\"subscribe\",\"c-%d\"]" : "{\"join\":\"c-%d\"}";
  snprintf(text, sizeof text, form, one->channel);
  write_frame(one, 1, text);
}

/* A piece of a stroke, as pages send it while somebody draws. */
static void draw(struct person *one) {
  char text[200];
  const char *form = asked.socketio ? "42[\"message\",%s]" : "%s";
  char message[160];
  snprintf(message, sizeof message,
      "{\"at\":%lld,\"stroke\":\"k3j9x2m1p0qa.1f\",\"start\":24,\"points\":[512,318,14,-6,17,-9,21,-4]}",
      EPOCH + clock_us(CLOCK_MONOTONIC));
  snprintf(text, sizeof text, form, message);
  write_frame(one, 1, text);
}

static int members(int channel) {
  return asked.people / asked.channels + (channel < asked.people % asked.channels);
}

static void draw_next(long long number) {
  struct person *one = &people[number % asked.senders];
  seen.expected += members(one->channel) - 1;
  if (one->state == READY) draw(one);
}

/* Receiving */

static void sample(const unsigned char *text, size_t size) {
  const char *at = memmem(text, size < 64 ? size : 64, "\"at\":", 5);
  if (!at) return;
  long long sent = strtoll(at + 5, NULL, 10) - EPOCH;
  if (sent < seen.window_from || !seen.window_from) return;
  long long bucket = (now - sent) / BUCKET;
  histogram[bucket < 0 ? 0 : bucket < BUCKETS ? bucket : BUCKETS - 1]++;
  seen.sampled++;
  seen.late += now - sent > asked.limit;
}

static void deliver(const unsigned char *text, size_t size) {
  if (++seen.received % SAMPLE == 0) sample(text, size);
}

static void become_ready(struct person *one) {
  one->state = READY;
  seen.ready++;
}

static void take_socketio(struct person *one, const unsigned char *text, size_t size) {
  if (size == 1 && text[0] == '2') write_frame(one, 1, "3");
  else if (size > 2 && text[0] == '4' && text[1] == '2') deliver(text, size);
  else if (one->state == OPENING && text[0] == '0') { write_frame(one, 1, "40"); one->state = JOINING; }
  else if (one->state == JOINING && size > 1 && text[1] == '0') join(one);
  else if (one->state == JOINING && size > 1 && text[1] == '3') become_ready(one);
}

static void take_frame(struct person *one, int opcode, const unsigned char *data, size_t size) {
  if (opcode == 8) leave(one);
  else if (opcode == 9) write_frame(one, 10, "");
  else if (asked.socketio) take_socketio(one, data, size);
  else if (one->state == READY) deliver(data, size);
  else become_ready(one);
}

/* Return how many bytes the frame at data has, of which head are before its content; 0 when it is not here whole. */
static size_t measure(const unsigned char *data, size_t here, size_t *head) {
  if (here < 2) return 0;
  size_t size = data[1] & 127;
  *head = size < 126 ? 2 : size == 126 ? 4 : 10;
  if (here < *head) return 0;
  if (*head > 2) {
    size = 0;
    for (size_t i = 2; i < *head; i++) size = size << 8 | data[i];
  }
  return here < *head + size ? 0 : *head + size;
}

static size_t take_upgrade(struct person *one, const unsigned char *data, size_t here) {
  const unsigned char *end = memmem(data, here, "\r\n\r\n", 4);
  if (!end) return 0;
  if (memcmp(data, "HTTP/1.1 101", 12)) { leave(one); return 0; }
  one->state = OPENING;
  if (!asked.socketio) join(one);
  return end + 4 - data;
}

static size_t take_frames(struct person *one, size_t from, size_t here) {
  size_t head, whole;
  while (one->state != GONE && (whole = measure(room + from, here - from, &head))) {
    take_frame(one, room[from] & 15, room + from + head, whole - head);
    from += whole;
  }
  return from;
}

static void keep(struct person *one, const unsigned char *data, size_t size) {
  one->tail = size ? realloc(one->tail, size) : one->tail;
  memcpy(one->tail, data, size);
  one->kept = size;
}

static void receive(struct person *one) {
  if (one->kept) memcpy(room, one->tail, one->kept);
  ssize_t got = recv(one->fd, room + one->kept, ROOM - one->kept, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) { leave(one); return; }
  now = clock_us(CLOCK_MONOTONIC);
  size_t here = one->kept + got, used = 0;
  if (one->state == UPGRADING) used = take_upgrade(one, room, here);
  if (one->state != UPGRADING) used = take_frames(one, used, here);
  if (one->state != GONE) keep(one, room + used, here - used);
}

/* The loop */

static void listen_to(struct person *one, unsigned events, int how) {
  struct epoll_event event = {.events = events, .data.ptr = one};
  if (epoll_ctl(poller, how, one->fd, &event)) fail("epoll_ctl");
}

static void attend(struct person *one) {
  if (one->state == GONE) return;
  if (one->state != CONNECTING) { receive(one); return; }
  one->state = UPGRADING;
  listen_to(one, EPOLLIN, EPOLL_CTL_MOD);
  upgrade(one);
}

static void turn(long long until) {
  struct epoll_event events[64];
  long long wait = until - clock_us(CLOCK_MONOTONIC);
  if (wait < 0) wait = 0;
  struct timespec patience = {wait / SECOND, wait % SECOND * 1000};
  int count = epoll_pwait2(poller, events, 64, &patience, NULL);
  for (int i = 0; i < count; i++) attend(events[i].data.ptr);
  now = clock_us(CLOCK_MONOTONIC);
}

static void enter(struct person *one, int number) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(asked.port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int at_once = 1;
  one->channel = number % asked.channels;
  one->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (one->fd < 0) fail("socket");
  setsockopt(one->fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (connect(one->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) fail("connect");
  listen_to(one, EPOLLOUT, EPOLL_CTL_ADD);
}

static void gather(void) {
  long long began = now = clock_us(CLOCK_MONOTONIC);
  seen.kb_before = server_kb();
  for (int i = 0; i < asked.people; i++) enter(&people[i], i);
  while (seen.ready + seen.gone < asked.people && now < began + JOIN_TIMEOUT) turn(began + JOIN_TIMEOUT);
  seen.joined_us = now - began;
}

static void open_window(void) {
  seen.window_from = now;
  seen.window_deliveries = -seen.received;
  seen.server_cpu = -clock_us(server_clock);
  seen.own_cpu = -clock_us(CLOCK_PROCESS_CPUTIME_ID);
}

static void close_window(void) {
  seen.window_until = now;
  seen.window_deliveries += seen.received;
  seen.server_cpu += clock_us(server_clock);
  seen.own_cpu += clock_us(CLOCK_PROCESS_CPUTIME_ID);
  seen.kb_after = server_kb();
}

static int too_late(void) {
  double whole = asked.senders * asked.hz * asked.seconds * (members(0) - 1);
  return asked.limit && seen.late * SAMPLE * 100 > whole;
}

static void converse(void) {
  double pace = asked.senders ? SECOND / (asked.hz * asked.senders) : 1e15;
  long long began = now, from = began + WARM_UP, end = from + asked.seconds * SECOND;
  for (long long number = 0; now < end && !too_late();) {
    long long due = began + number * pace;
    for (int i = 0; asked.senders && i < BURST && due <= now; i++, due = began + number * pace) draw_next(number++);
    if (!seen.window_from && now >= from) open_window();
    long long next = seen.window_from ? end : from;
    turn(due < next ? due : next);
  }
  if (!seen.window_from) open_window();
  close_window();
}

static void drain(void) {
  long long end = now + DRAIN;
  while (seen.received < seen.expected && now < end && !too_late()) turn(end);
}

static double quantile(double share) {
  long long wanted = seen.sampled * share, counted = 0;
  int bucket = 0;
  while (bucket < BUCKETS && (counted += histogram[bucket]) <= wanted) bucket++;
  return bucket * BUCKET / 1000.0;
}

static void report(void) {
  printf("{\"ready\": %d, \"joined_ms\": %.1f, \"expected\": %lld, \"delivered\": %lld, \"late\": %d, ", seen.ready,
      seen.joined_us / 1e3, seen.expected, seen.received, too_late());
  printf("\"p50_ms\": %.1f, \"p99_ms\": %.1f, \"seconds\": %.3f, \"deliveries\": %lld, ", quantile(0.5),
      quantile(0.99), (seen.window_until - seen.window_from) / 1e6, seen.window_deliveries);
  printf("\"server_cpu\": %.4f, \"own_cpu\": %.4f, \"kb\": %lld, \"compiled\": true}\n", seen.server_cpu / 1e6,
      seen.own_cpu / 1e6, seen.kb_after - seen.kb_before);
}

static void understand(char **words) {
  asked.socketio = !strcmp(words[1], "socketio");
  asked.port = atoi(words[2]);
  asked.server = atoi(words[3]);
  asked.people = atoi(words[4]);
  asked.senders = atoi(words[5]);
  asked.hz = atof(words[6]);
  asked.seconds = atof(words[7]);
  asked.channels = atoi(words[8]);
  asked.limit = atoll(words[9]) * 1000;
}

int main(int count, char **words) {
  if (count != 10) { fprintf(stderr, "load needs nine arguments\n"); return 2; }
  understand(words);
  if (clock_getcpuclockid(asked.server, &server_clock)) fail("clock_getcpuclockid");
  people = calloc(asked.people, sizeof *people);
  poller = epoll_create1(0);
  gather();
  if (seen.ready == asked.people) converse();
  else { open_window(); close_window(); }
  drain();
  report();
  return 0;
}
