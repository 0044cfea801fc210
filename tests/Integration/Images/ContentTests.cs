using MiniDock.Abstractions.Model;
using MiniDock.Abstractions.Providers;
using MiniDock.Engine.Images.Extraction;
using MiniDock.Engine.Images.Store;
using MiniDock.Tests.Integration.Harness;

namespace MiniDock.Tests.Integration.Images;

/// <summary>A layer that the kernel mounts, or that is extracted, is what <c>tar -x</c> makes of the same archive.</summary>
public sealed class ContentTests : ImageTest
{
    private const string MakeTree = """
        mkdir -p tree/etc tree/usr/lib tree/many tree/empty; cd tree
        ln -s usr/lib lib; ln -s /absolute/target abs
        echo hi > etc/x; ln etc/x etc/y; ln etc/x usr/z
        echo old > etc/old; touch -d '1960-01-01 00:00:00.123456789' etc/old; chown 70000:4000000000 etc/old; chmod 4755 etc/old
        touch -d '2200-06-01 12:00:00.5' etc/far
        mkfifo -m 600 fifo; mknod -m 660 nul c 1 3; mknod -m 600 disk b 259 70000
        : > "$(printf 'b\377\376')"; : > -dash; : > '#hash'; : > .hidden; : > "$(printf 'new\nline')"
        ln -s "$(printf '/%.0s' $(seq 700))end" longlink; ln -s "$(printf 'a%.0s' $(seq 430))" link430; ln -s "$(printf 'a%.0s' $(seq 511))" link511
        i=0; while [ $i -lt 700 ]; do echo $i > many/a-file-with-quite-a-long-name-$i; i=$((i+1)); done
        : > "$(printf 'n%.0s' $(seq 255))"
        truncate -s 10M sparse; printf mid | dd of=sparse bs=1 seek=5000000 conv=notrunc 2>/dev/null
        truncate -s 1M hole; truncate -s 3000000 tail; printf end >> tail
        head -c 200000 /dev/urandom > random; chmod 1777 empty; mkdir -m 2750 setgid
        d=deep; for n in 1 2 3 4 5 6 7 8 9; do d=$d/level-$n; done; mkdir -p $d; echo x > $d/file
        chmod 711 .
        """;

    [Theory]
    [InlineData("--format=gnu")]
    [InlineData("--format=gnu -S")]
    [InlineData("--format=pax")]
    [InlineData("--format=pax -S --sparse-version=0.0")]
    [InlineData("--format=pax -S --sparse-version=0.1")]
    [InlineData("--format=pax -S --sparse-version=1.0")]
    [InlineData("--format=pax --xattrs --acls --numeric-owner")]
    public void A_layer_equals_what_tar_extracts(string options)
    {
        HostCommand.Shell($"cd {Scratch}; {MakeTree}");
        if (options.Contains("--xattrs"))
        {
            Requires.Program("setfattr");
            Requires.Program("setfacl");
            HostCommand.Shell($"""
                cd {Scratch}/tree
                setfattr -n user.plain -v value etc/x; setfattr -n trusted.t -v 0x0001ff etc/x; setfattr -n security.capability -v 0sAQAAAgAgAAAAAAAAAAAAAAAAAAA= random
                setfattr -n user.big -v $(printf 'v%.0s' $(seq 1500)) many; setfacl -m u:1234:rx,g:7:w random; setfacl -d -m u:1234:rwx setgid
                """);
        }

        HostCommand.Shell($"cd {Scratch}; tar {options} -C tree -cf a.tar .; mkdir x; tar --xattrs --xattrs-include='*' --acls --numeric-owner -C x -xpf a.tar");
        Engine.Run("import", Path.Combine(Scratch, "a.tar"), "a").ShouldSucceed();
        var expected = Path.Combine(Scratch, "x");
        string[] copies = [MountLayer("a"), Extract("a")];
        foreach (var copy in copies)
        {
            Assert.Equal(Listing(expected), Listing(copy));
            Assert.Equal(Contents(expected), Contents(copy));
            if (options.Contains("--xattrs"))
            {
                Assert.Equal(Attributes(expected), Attributes(copy));
            }
        }
    }

    [Theory]
    [InlineData("gzip -c")]
    [InlineData("xz -c")]
    [InlineData("zstd -q -c")]
    [InlineData("bzip2 -c")]
    public void The_packing_is_found_by_content_and_leaves_no_trace(string packer)
    {
        Requires.Program(packer.Split(' ')[0]);
        HostCommand.Shell($"cd {Scratch}; mkdir t; seq 100000 > t/numbers; tar -C t -cf plain.tar .; {packer} < plain.tar > packed.jpg");
        var packed = Engine.Run("import", Path.Combine(Scratch, "packed.jpg"), "packed").ShouldSucceed();
        Assert.StartsWith("sha256:", packed.Text, StringComparison.Ordinal);
        Engine.Run("import", Path.Combine(Scratch, "plain.tar")).ShouldSucceed();
        Assert.Equal(Store.LayerOf("plain"), Store.LayerOf("packed"));
        Assert.Single(Store.Layers);
    }

    [Fact]
    public void Standard_input_is_an_archive_too()
    {
        HostCommand.Shell($"cd {Scratch}; mkdir t; echo x > t/x; tar -C t -cf a.tar .");
        HostCommand.Shell($"'{Minidock.Binary}' --root '{Engine.Root}' --run-root '{Engine.RunRoot}' import - piped < {Scratch}/a.tar");
        Engine.Run("import", Path.Combine(Scratch, "a.tar")).ShouldSucceed();
        Assert.Equal(Store.LayerOf("a"), Store.LayerOf("piped"));
    }

    [Fact]
    public void Peak_memory_of_an_import_stays_below_64_MiB()
    {
        HostCommand.Shell($"cd {Scratch}; mkdir t; for d in $(seq 60); do mkdir t/$d; for f in $(seq 200); do : > t/$d/file-number-$f; done; done; head -c 30000000 /dev/zero > t/zeros; tar -C t -cf a.tar .; xz -1 -k a.tar");
        foreach (var archive in (string[])["a.tar", "a.tar.xz"])
        {
            // On a busy machine an import may be over before it was looked at once.
            long peak = 0;
            for (var attempt = 0; peak == 0 && attempt < 10; attempt++)
            {
                peak = PeakOfImport(archive);
            }

            Assert.InRange(peak, 1, 64 * 1024);
        }
    }

    private long PeakOfImport(string archive)
    {
        using var running = Engine.Start("import", Path.Combine(Scratch, archive), "a");
        long peak = 0;
        while (!running.HasExited)
        {
            peak = Math.Max(peak, PeakKibibytes(running.Pid));
            Thread.Sleep(2);
        }

        running.Wait().ShouldSucceed();
        return peak;
    }

    // As the storage driver "dir" does.
    private string Extract(string image) => new LayerExtraction(new ImageStore(new EnginePaths(Engine.Root, Engine.RunRoot)))
        .Ensure(Digest.Parse(Path.GetFileName(Store.LayerOf(image))));

    private static long PeakKibibytes(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(':')[1].Replace("kB", ""), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // Sizes of directories are the file system's own affair.
    private static string Listing(string directory) => HostCommand.Shell(
        $"cd {directory}; find . \\( -type d -printf '%p\\0%y\\0%m\\0%U\\0%G\\0%T@\\0%n\\n' \\) -o \\( -printf '%p\\0%y\\0%m\\0%U\\0%G\\0%T@\\0%n\\0%s\\0%l\\n' \\) | tr '\\0' '|' | LC_ALL=C sort; " +
        "find . \\( -type c -o -type b \\) -exec stat -c '%n %t %T' {} + | LC_ALL=C sort").Stdout;

    private static string Contents(string directory) => HostCommand.Shell($"cd {directory}; find . -type f -exec sha256sum {{}} + | LC_ALL=C sort").Stdout;

    private static string Attributes(string directory) => HostCommand.Shell($"cd {directory}; find . -print0 | LC_ALL=C sort -z | xargs -0 getfattr -h -d -m - -e hex").Stdout;
}
