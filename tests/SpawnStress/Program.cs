using System.Diagnostics;
using MiniDock.Linux.Child;

// spawn-stress CHILDREN STARTERS ALLOCATORS: starts children while other threads allocate and collect. Every child must get
// to its program and end with its own status; a hang is found by the caller's time-out, damage by the heap checks.
int children = args.Length > 0 ? int.Parse(args[0]) : 10_000;
int starters = args.Length > 1 ? int.Parse(args[1]) : 6;
int allocators = args.Length > 2 ? int.Parse(args[2]) : 2;
int started = 0;
int wrong = 0;
bool done = false;
long collections = GC.CollectionCount(0);
long began = Stopwatch.GetTimestamp();

Thread[] noise = [.. Enumerable.Range(0, allocators).Select(n => Start(() => Noise(n)))];
Thread[] work = [.. Enumerable.Range(0, starters).Select(_ => Start(Work))];
foreach (Thread thread in work)
{
    thread.Join();
}

Volatile.Write(ref done, true);
foreach (Thread thread in noise)
{
    thread.Join();
}

collections = GC.CollectionCount(0) - collections;
double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
Console.WriteLine($"{started - wrong} of {children} children right, {collections} collections, {seconds:F1} s");
return wrong == 0 && started == children ? 0 : 1;

static Thread Start(ThreadStart body)
{
    var thread = new Thread(body);
    thread.Start();
    return thread;
}

void Work()
{
    while (true)
    {
        int number = Interlocked.Increment(ref started);
        if (number > children)
        {
            Interlocked.Decrement(ref started);
            return;
        }

        int expected = number % 100;
        int status = OneChild.Run(expected);
        if (status != expected)
        {
            Interlocked.Increment(ref wrong);
            Console.Error.WriteLine($"child {number}: status {status} instead of {expected}");
        }
    }
}

void Noise(int seed)
{
    var random = new Random(seed);
    var kept = new Dictionary<int, byte[]>();
    for (int round = 0; !Volatile.Read(ref done); round++)
    {
        byte[] block = new byte[random.Next(16, 4096)];
        block.AsSpan().Fill((byte)block.Length);
        kept[random.Next(2_000)] = block;
        if (round % 5_000 == 0)
        {
            GC.Collect(round % 20_000 == 0 ? 2 : 0, GCCollectionMode.Forced, blocking: round % 10_000 == 0);
            if (kept.Values.Any(b => b.AsSpan().ContainsAnyExcept((byte)b.Length)))
            {
                Interlocked.Increment(ref wrong);
                Console.Error.WriteLine("a block has changed");
            }
        }
    }
}
