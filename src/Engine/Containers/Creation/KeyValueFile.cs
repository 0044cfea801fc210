namespace MiniDock.Engine.Containers.Creation;

/// <summary>Files of <c>--env-file</c> and <c>--label-file</c>: a <c>name=value</c> a line, <c>#</c> starts a comment line, nothing is quoted.</summary>
internal static class KeyValueFile
{
    private const char ByteOrderMark = '\ufeff';

    /// <summary>The lines that say something, with their numbers; a file that cannot be read is a problem.</summary>
    public static IEnumerable<(string Line, int Number)> Lines(ICreationSources sources, Findings findings, string flag, string path)
    {
        string text;
        try
        {
            text = sources.ReadFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Invalid(flag, path, e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : "the file cannot be read");
            return [];
        }

        return text.TrimStart(ByteOrderMark).Split('\n')
            .Select((line, index) => (line.TrimStart(' ', '\t', '\r').TrimEnd('\r'), index + 1))
            .Where(l => l.Item1.Length > 0 && l.Item1[0] != '#');
    }
}
