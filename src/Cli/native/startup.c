/* What the .NET runtime asks the machine before it runs the first line of ours, and what a start of a container has no use for:
 * it reads mountinfo and cgroup files twice, lists NUMA nodes and the sizes of processor caches, about a hundred system calls.
 * The linker puts these in place of the originals (--wrap, see Cli.csproj). Without them the runtime takes no limits from its own
 * cgroup: the engine's heap is a few megabytes. The names are those of ILCompiler 9.0; where a later one has others, the originals stay. */
#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>

void __wrap__Z16InitializeCGroupv(void) {}
void __wrap__Z19InitializeCpuCGroupv(void) {}
void __wrap__Z21NUMASupportInitializev(void) {}

/* Bytes; the collector sizes its youngest generation by it. */
size_t __wrap__ZN15GCToOSInterface25GetCacheSizePerLogicalCpuEb(bool trueSize) { (void)trueSize; return 4 << 20; }

/* One heap of malloc for all threads: each of its own costs a thread that hardly uses it five system calls and 128 MiB of addresses. */
__attribute__((constructor)) static void share_heap(void) { mallopt(M_ARENA_MAX, 1); }
