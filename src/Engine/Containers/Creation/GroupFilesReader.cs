using MiniDock.Abstractions.Model;

namespace MiniDock.Engine.Containers.Creation;

/// <summary>Reads the limits that go by the names of the kernel: huge pages by their size, and files of the group.</summary>
internal sealed class GroupFilesReader(Findings findings)
{
    /// <summary>Limits of huge pages, <c>PAGE:SIZE</c>.</summary>
    public IReadOnlyList<HugepageLimit> Hugepages(IReadOnlyList<string> texts, IReadOnlyList<HugepageLimit> before)
    {
        if (texts.Count == 0)
        {
            return before;
        }

        var limits = new List<HugepageLimit>(before);
        foreach (var text in texts)
        {
            if (text.Split(':') is [var page, var limit] && SizeText.TryParse(page, out var pageBytes) && pageBytes > 0 && SizeText.TryParse(limit, out var bytes))
            {
                limits.RemoveAll(l => l.PageSize == Name(pageBytes));
                limits.Add(new HugepageLimit(Name(pageBytes), bytes));
            }
            else
            {
                findings.Invalid("--hugetlb-limit", text, "it is PAGE:SIZE", "such as 2MB:64M");
            }
        }

        return limits;
    }

    /// <summary>Files and their values, <c>FILE=VALUE</c>.</summary>
    public IReadOnlyList<CgroupSetting> Settings(IReadOnlyList<string> texts, IReadOnlyList<CgroupSetting> before)
    {
        if (texts.Count == 0)
        {
            return before;
        }

        var settings = new List<CgroupSetting>(before);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=');
            if (equals > 0 && equals < text.Length - 1 && !text.AsSpan().ContainsAnyInRange('\0', '\x1f'))
            {
                settings.RemoveAll(s => s.File == text[..equals]);
                settings.Add(new CgroupSetting(text[..equals], text[(equals + 1)..]));
            }
            else
            {
                findings.Invalid("--cgroup-conf", text, "it is FILE=VALUE", "such as memory.oom.group=1");
            }
        }

        return settings;
    }

    // As hugetlb files have it (hugetlb.rst): the greatest unit that leaves no fraction.
    private static string Name(long bytes) => (bytes % (1 << 30), bytes % (1 << 20)) switch
    {
        (0, _) => $"{bytes >> 30}GB",
        (_, 0) => $"{bytes >> 20}MB",
        _ => $"{bytes >> 10}KB",
    };
}
