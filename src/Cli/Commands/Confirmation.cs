namespace MiniDock.Cli.Commands;

/// <summary>Asks before something is lost.</summary>
internal static class Confirmation
{
    /// <summary>Warns and asks; what is not a yes, the end of the input too, is a no.</summary>
    public static bool Ask(CliContext context, string warning)
    {
        context.Error.WriteLine($"WARNING! {warning}");
        context.Error.Write("Are you sure you want to continue? [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
