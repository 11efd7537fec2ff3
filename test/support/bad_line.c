/*
 * A bad line: two TAP devices joined with a delay and a loss, in both directions.
 * usage: bad_line TAP1 TAP2 DELAY_MS LOSS_PERCENT SEED
 * It says "ready" once both devices exist, and runs until its standard input ends.
 */
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { QUEUE = 4096, FRAME = 2048 };

struct frame {
    long long due;
    int to;
    int size;
    char bytes[FRAME];
};

static struct frame queue[QUEUE];
static int head;
static int count;

static long long now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static int open_tap(const char *name)
{
    struct ifreq request;
    int tap = open("/dev/net/tun", O_RDWR);
    memset(&request, 0, sizeof request);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (tap < 0 || ioctl(tap, TUNSETIFF, &request) < 0) {
        perror("bad_line");
        exit(1);
    }
    return tap;
}

/* The same delay for all: the queue is in the order of its due times. */
static void take(int from, int to, int delay, int loss)
{
    struct frame *frame = &queue[(head + count) % QUEUE];
    frame->size = (int) read(from, frame->bytes, FRAME);
    if (frame->size > 0 && count < QUEUE && random() % 100 >= loss) {
        frame->due = now_ms() + delay;
        frame->to = to;
        count++;
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: bad_line TAP1 TAP2 DELAY_MS LOSS_PERCENT SEED\n");
        return 2;
    }
    int taps[] = {open_tap(argv[1]), open_tap(argv[2])};
    int delay = atoi(argv[3]);
    int loss = atoi(argv[4]);
    srandom((unsigned) atoi(argv[5]));
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct pollfd ready[] = {{taps[0], POLLIN, 0}, {taps[1], POLLIN, 0}, {0, POLLIN, 0}};
        long long wait = count == 0 ? 1000 : queue[head].due - now_ms();
        poll(ready, 3, wait < 0 ? 0 : (int) wait);
        for (int i = 0; i < 2; i++) {
            if (ready[i].revents & POLLIN) {
                take(taps[i], taps[1 - i], delay, loss);
            }
        }
        if (ready[2].revents != 0) {
            return 0;
        }
        while (count > 0 && queue[head].due <= now_ms()) {
            if (write(queue[head].to, queue[head].bytes, (size_t) queue[head].size) < 0) {
                /* The device is down: the frame is lost, as on a real line. */
            }
            head = (head + 1) % QUEUE;
            count--;
        }
    }
}
