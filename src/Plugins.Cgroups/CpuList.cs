namespace MiniDock.Plugins.Cgroups;

/// <summary>Lists of processors or memory nodes such as <c>0-2,7</c> (cpuset.rst, "List Format").</summary>
internal static class CpuList
{
    private const int Maximum = 8191;

    /// <summary>The numbers of a list; false where it is none.</summary>
    public static bool TryParse(string text, out SortedSet<int> numbers)
    {
        numbers = [];
        foreach (var part in text.Trim().Split(','))
        {
            var dash = part.IndexOf('-');
            var first = dash < 0 ? part : part[..dash];
            var last = dash < 0 ? part : part[(dash + 1)..];
            if (!IsNumber(first, out var from) || !IsNumber(last, out var to) || from > to)
            {
                return false;
            }

            for (var n = from; n <= to; n++)
            {
                numbers.Add(n);
            }
        }

        return true;
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, null, out number) && number <= Maximum;
}
