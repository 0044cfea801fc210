/*
 * timing SPEC ROUNDS - runs commands in turn, round after round, and prints medians.
 *
 * SPEC has a paragraph for each command:
 *   name   NAME            how it is called in the output
 *   mntns  PATH            mount namespace to run in (optional)
 *   copies N               how many at once; the sample ends with the last of them (default 1)
 *   before SHELL           run before each sample, not timed (optional)
 *   after  SHELL           run after each sample, not timed (optional)
 *   run    PROGRAM ARG...  what is timed, split at white space; "%" becomes a number that is used only once
 *
 * Output, a line for each: NAME wall_ms cpu_ms wall_ms_p10 wall_ms_p90 peak_rss_kib failures. The CPU time is that of the
 * process and of all descendants that were waited for. Interleaving makes what else the machine does hit all alike.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_COMMANDS = 16, MAX_ARGUMENTS = 64, MAX_ROUNDS = 10000, MAX_COPIES = 64 };

struct command {
    char name[64], before[1100], after[1100], run[1100];
    int mntns, copies, failures;
    long peak_rss_kib;
    double wall[MAX_ROUNDS], cpu[MAX_ROUNDS];
};

static struct command commands[MAX_COMMANDS];
static int count, sink;
static unsigned serial;

static void die(const char *what)
{
    fprintf(stderr, "timing: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void read_spec(const char *path)
{
    FILE *file = fopen(path, "re");
    char line[1200], key[16], value[1100];
    struct command *current = NULL;
    if (!file)
        die(path);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%15s %1099[^\n]", key, value) != 2)
            continue;
        if (!strcmp(key, "name")) {
            if (count == MAX_COMMANDS)
                errno = E2BIG, die(path);
            current = &commands[count++];
            snprintf(current->name, sizeof current->name, "%.63s", value);
            current->mntns = -1;
            current->copies = 1;
        } else if (!current) {
            errno = EINVAL, die(path);
        } else if (!strcmp(key, "mntns")) {
            if ((current->mntns = open(value, O_RDONLY | O_CLOEXEC)) < 0)
                die(value);
        } else if (!strcmp(key, "copies")) {
            current->copies = atoi(value);
        } else if (!strcmp(key, "before")) {
            snprintf(current->before, sizeof current->before, "%s", value);
        } else if (!strcmp(key, "after")) {
            snprintf(current->after, sizeof current->after, "%s", value);
        } else if (!strcmp(key, "run")) {
            snprintf(current->run, sizeof current->run, "%s", value);
        }
    }
    fclose(file);
}

static void start(struct command *command)
{
    char text[1100], words[MAX_ARGUMENTS][256], *argv[MAX_ARGUMENTS + 1];
    int n = 0;
    snprintf(text, sizeof text, "%s", command->run);
    for (char *word = strtok(text, " \t"); word && n < MAX_ARGUMENTS; word = strtok(NULL, " \t")) {
        char *mark = strchr(word, '%');
        if (mark)
            snprintf(words[n], sizeof words[n], "%.*s%u%s", (int)(mark - word), word, serial++, mark + 1);
        else
            snprintf(words[n], sizeof words[n], "%s", word);
        argv[n] = words[n];
        n++;
    }
    argv[n] = NULL;

    pid_t pid = fork();
    if (pid < 0)
        die("fork");
    if (pid > 0)
        return;
    if (command->mntns >= 0 && setns(command->mntns, CLONE_NEWNS))
        _exit(121);
    dup2(sink, 0);
    dup2(sink, 1);
    if (!getenv("TIMING_STDERR"))
        dup2(sink, 2);
    execvp(argv[0], argv);
    _exit(122);
}

static void sample(struct command *command, int round)
{
    struct rusage usage;
    double cpu = 0, begun;
    int status;
    if (command->before[0] && system(command->before))
        command->failures++;
    begun = now();
    for (int i = 0; i < command->copies; i++)
        start(command);
    for (int i = 0; i < command->copies; i++) {
        if (wait4(-1, &status, 0, &usage) < 0)
            die("wait4");
        if (status)
            command->failures++;
        cpu += usage.ru_utime.tv_sec * 1e3 + usage.ru_utime.tv_usec / 1e3;
        cpu += usage.ru_stime.tv_sec * 1e3 + usage.ru_stime.tv_usec / 1e3;
        if (usage.ru_maxrss > command->peak_rss_kib)
            command->peak_rss_kib = usage.ru_maxrss;
    }
    if (round >= 0) {
        command->wall[round] = now() - begun;
        command->cpu[round] = cpu;
    }
    if (command->after[0] && system(command->after))
        command->failures++;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(double *sorted, int n, double q)
{
    double place = q * (n - 1);
    int below = (int)place;
    return below + 1 < n ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
}

int main(int argc, char **argv)
{
    int rounds = argc == 3 ? atoi(argv[2]) : 0;
    if (rounds < 1 || rounds > MAX_ROUNDS) {
        fprintf(stderr, "usage: timing SPEC ROUNDS\n");
        return 2;
    }
    if ((sink = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0)
        die("/dev/null");
    read_spec(argv[1]);

    /* One round that does not count warms the caches. Each round starts with another command. */
    for (int round = -1; round < rounds; round++)
        for (int i = 0; i < count; i++)
            sample(&commands[(i + round + 1) % count], round);

    for (int i = 0; i < count; i++) {
        struct command *c = &commands[i];
        qsort(c->wall, rounds, sizeof *c->wall, ascending);
        qsort(c->cpu, rounds, sizeof *c->cpu, ascending);
        printf("%s %.3f %.3f %.3f %.3f %ld %d\n", c->name, quantile(c->wall, rounds, 0.5), quantile(c->cpu, rounds, 0.5),
               quantile(c->wall, rounds, 0.1), quantile(c->wall, rounds, 0.9), c->peak_rss_kib, c->failures);
    }
    return 0;
}
