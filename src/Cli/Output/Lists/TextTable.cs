namespace MiniDock.Cli.Output.Lists;

/// <summary>Prints a table with docker's spacing: columns at least ten wide, three spaces apart, nothing behind the last.</summary>
internal static class TextTable
{
    private const int Gap = 3;
    private const int Least = 10;

    /// <summary>Prints headings and rows.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="headers">The headings.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="least">Least width of a column.</param>
    public static void Write(TextWriter output, string[] headers, IEnumerable<string[]> rows, int least = Least)
    {
        string[][] all = [headers, .. rows];
        var columns = all.Max(r => r.Length);
        var widths = new int[columns];
        foreach (var row in all)
        {
            // The last cell of a row is not padded, so it does not make its column wider.
            for (var i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], Math.Max(row[i].Length + Gap, least));
            }
        }

        foreach (var row in all)
        {
            for (var i = 0; i < row.Length - 1; i++)
            {
                output.Write(row[i].PadRight(widths[i]));
            }

            output.WriteLine(row.Length > 0 ? row[^1] : "");
        }
    }
}
