namespace MiniDock.Abstractions.Model;

/// <summary>A device given to a container (<c>--device SRC[:DST[:rwm]]</c>).</summary>
/// <param name="Source">Node on the host.</param>
/// <param name="Target">Path in the container.</param>
/// <param name="Access">Of <c>rwm</c>.</param>
public sealed record DeviceSpec(string Source, string Target, string Access = "rwm");
