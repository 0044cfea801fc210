namespace MiniDock.Abstractions.Model;

/// <summary>Where the output of a container is kept.</summary>
/// <param name="Driver"><c>json-file</c> or <c>none</c>.</param>
/// <param name="MaxSizeBytes">Size at which the file is rotated.</param>
/// <param name="MaxFiles">How many files are kept, the current one among them.</param>
public sealed record LogSpec(string Driver = LogSpec.JsonFile, long MaxSizeBytes = 10_000_000, int MaxFiles = 3)
{
    /// <summary>Docker's json-file format.</summary>
    public const string JsonFile = "json-file";

    /// <summary>Nothing is kept.</summary>
    public const string None = "none";
}
