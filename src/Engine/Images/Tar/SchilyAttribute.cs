namespace MiniDock.Engine.Images.Tar;

/// <summary>An extended attribute's name as a part of a pax key, which an equals sign would end: GNU tar writes that, and what stands for it, as in a URL.</summary>
internal static class SchilyAttribute
{
    public static string Encode(string name) =>
        name.Replace("%", "%25", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal);

    public static string Decode(string name) =>
        name.Replace("%3D", "=", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
