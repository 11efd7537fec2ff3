/* Lets the wall clock jump a day ahead once a file exists; the monotonic clock goes on. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const time_t day = 24 * 60 * 60;

static int jumped(void)
{
    const char *file = getenv("JUMP_WHEN_EXISTS");
    return file != NULL && access(file, F_OK) == 0;
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    static int (*original)(clockid_t, struct timespec *);
    if (original == NULL) {
        original = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
    }
    int result = original(clock, time);
    if (result == 0 && clock == CLOCK_REALTIME && jumped()) {
        time->tv_sec += day;
    }
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct timespec now;
    (void) zone;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return result;
}
