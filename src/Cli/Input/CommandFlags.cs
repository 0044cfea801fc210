using System.CommandLine;

namespace MiniDock.Cli.Input;

/// <summary>The options of a System.CommandLine command as the reader's flags.</summary>
internal sealed class CommandFlags(Command command) : IFlagSet
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => command.Options.Select(o => o.Name);

    /// <inheritdoc/>
    public Flag? Find(string spelling)
    {
        foreach (var option in command.Options)
        {
            if (option.Name == spelling || option.Aliases.Contains(spelling))
            {
                return new Flag(option.Name, KindOf(option));
            }
        }

        return null;
    }

    /// <summary>How an option takes its value.</summary>
    public static FlagKind KindOf(Option option) =>
        option.ValueType == typeof(bool) ? FlagKind.Switch
        : option.Arity is { MinimumNumberOfValues: 0, MaximumNumberOfValues: 1 } ? FlagKind.OptionalValue
        : FlagKind.Value;

    /// <summary>Writes a reading back as arguments that System.CommandLine can only understand in one way.</summary>
    public static string[] Canonical(FlagReading reading)
    {
        var arguments = new List<string>();
        foreach (var (flag, value) in reading.Flags)
        {
            arguments.Add(flag.Kind == FlagKind.OptionalValue && value.Length == 0 ? flag.Name : $"{flag.Name}={value}");
        }

        arguments.Add("--");
        arguments.AddRange(reading.Positionals);
        return [.. arguments];
    }
}
